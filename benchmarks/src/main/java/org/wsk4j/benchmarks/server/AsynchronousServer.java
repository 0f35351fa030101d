package org.wsk4j.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** {@link AsynchronousSocketChannel}, with one thread: read, answer, read. */
final class AsynchronousServer implements BenchmarkServer {
  @Override
  public int start(ServerWork work, int loops) throws IOException {
    AsynchronousChannelGroup group =
        AsynchronousChannelGroup.withFixedThreadPool(loops, Executors.defaultThreadFactory());
    AsynchronousServerSocketChannel listener =
        AsynchronousServerSocketChannel.open(group)
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
    listener.accept(
        null,
        new CompletionHandler<AsynchronousSocketChannel, @Nullable Object>() {
          @Override
          public void completed(AsynchronousSocketChannel channel, @Nullable Object nothing) {
            listener.accept(null, this);
            serve(channel, work);
          }

          @Override
          public void failed(Throwable cause, @Nullable Object nothing) {
            listener.accept(null, this);
          }
        });
    return ((InetSocketAddress) listener.getLocalAddress()).getPort();
  }

  private static void serve(AsynchronousSocketChannel channel, ServerWork work) {
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      new Connection(channel, work).read();
    } catch (IOException gone) {
      close(channel);
    }
  }

  private static void close(AsynchronousSocketChannel channel) {
    try {
      channel.close();
    } catch (IOException nothingLeftToClose) {
      // it is gone
    }
  }

  /** Reads and writes in turn. */
  private static final class Connection
      implements CompletionHandler<Integer, @Nullable ByteBuffer> {
    private final AsynchronousSocketChannel channel;
    private final Answerer answerer;

    Connection(AsynchronousSocketChannel channel, ServerWork work) {
      this.channel = channel;
      answerer = new Answerer(work);
    }

    void read() {
      channel.read(answerer.room(), null, this);
    }

    /** The buffer is the one that is being written, or none after a read. */
    @Override
    public void completed(Integer count, @Nullable ByteBuffer writing) {
      if (count < 0) {
        close(channel);
        return;
      }
      ByteBuffer answer = writing != null ? writing : answerer.answer();
      if (answer.hasRemaining()) {
        channel.write(answer, answer, this);
      } else {
        read();
      }
    }

    @Override
    public void failed(Throwable cause, @Nullable ByteBuffer writing) {
      close(channel);
    }
  }
}
