package org.wsk4j.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** A virtual thread for each connection, which waits; only where the JDK has virtual threads. */
final class ThreadServer implements BenchmarkServer {
  @Override
  public int start(ServerWork work, int loops) throws IOException, ReflectiveOperationException {
    Executor threads =
        (Executor) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    ServerSocketChannel listener =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
    threads.execute(() -> accept(listener, threads, work));
    return ((InetSocketAddress) listener.getLocalAddress()).getPort();
  }

  private static void accept(ServerSocketChannel listener, Executor threads, ServerWork work) {
    while (listener.isOpen()) {
      try {
        SocketChannel channel = listener.accept();
        threads.execute(() -> serve(channel, work));
      } catch (IOException notThisOne) {
        // the next one may be well
      }
    }
  }

  private static void serve(SocketChannel accepted, ServerWork work) {
    Answerer answerer = new Answerer(work);
    try (SocketChannel channel = accepted) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      while (channel.read(answerer.room()) >= 0) {
        ByteBuffer answer = answerer.answer();
        while (answer.hasRemaining()) {
          channel.write(answer);
        }
      }
    } catch (IOException gone) {
      // the peer has reset it
    }
  }
}
