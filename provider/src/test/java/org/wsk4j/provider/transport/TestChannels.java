package org.wsk4j.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.kqueue.KQueueDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Channels of one transport and family for a test, all closed at its end. */
final class TestChannels implements AutoCloseable {
  private static final int SECONDS = 10;

  private final Transport transport;
  private final StandardProtocolFamily family;
  private final EventLoop loop;

  /** Guarded by itself. */
  private final List<Channel> open = new ArrayList<>();

  /** What channels reported as exceptions, in order. */
  final BlockingQueue<Throwable> reported = new LinkedBlockingQueue<>();

  TestChannels(Transport transport, StandardProtocolFamily family, WskEventLoopGroup loops) {
    this.transport = transport;
    this.family = family;
    this.loop = loops.next();
  }

  InetSocketAddress loopback(int port) {
    return address(family == StandardProtocolFamily.INET ? "127.0.0.1" : "::1", port);
  }

  InetSocketAddress any(int port) {
    return address(family == StandardProtocolFamily.INET ? "0.0.0.0" : "::", port);
  }

  /** An address for documentation, which no machine has. */
  InetSocketAddress foreign(int port) {
    return address(family == StandardProtocolFamily.INET ? "192.0.2.1" : "2001:db8::1", port);
  }

  static InetSocketAddress address(String host, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A listener on the loopback address; what it accepts is not read. */
  ServerSocketChannel listener() throws Exception {
    return listener(loopback(0), listener -> {});
  }

  ServerSocketChannel listener(InetSocketAddress address, Consumer<ServerSocketChannel> preparation)
      throws Exception {
    ServerSocketChannel listener = unboundListener(preparation);
    wait(listener.bind(address));
    return listener;
  }

  ServerSocketChannel unboundListener(Consumer<ServerSocketChannel> preparation) throws Exception {
    ServerSocketChannel listener = transport.openListener(family);
    track(listener);
    transport.prepareListener(listener, 16);
    preparation.accept(listener);
    listener.pipeline().addLast(reporter());
    wait(loop.register(listener));
    return listener;
  }

  /** A connection that is registered and not connected, and reads only when told to. */
  SocketChannel connection() throws Exception {
    SocketChannel connection = transport.openConnection(family);
    track(connection);
    connection.config().setAutoRead(false);
    connection.pipeline().addLast(reporter());
    wait(loop.register(connection));
    return connection;
  }

  /** A datagram socket that is bound to the loopback address, or to any. */
  DatagramChannel datagrams(InetSocketAddress address) throws Exception {
    SocketProtocolFamily chosen = SocketProtocolFamily.of(family);
    DatagramChannel channel =
        switch (transport.name()) {
          case "epoll" -> new EpollDatagramChannel(chosen);
          case "io_uring" -> new IoUringDatagramChannel(chosen);
          case "kqueue" -> new KQueueDatagramChannel(chosen);
          default -> new NioDatagramChannel(chosen);
        };
    track(channel);
    channel.pipeline().addLast(reporter());
    wait(loop.register(channel));
    wait(channel.bind(address));
    return channel;
  }

  SocketChannel connected(InetSocketAddress remote) throws Exception {
    SocketChannel connection = connection();
    wait(connection.connect(remote));
    return connection;
  }

  private void track(Channel channel) {
    synchronized (open) {
      open.add(channel);
    }
  }

  private ChannelHandler reporter() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Channel accepted) {
          accepted.config().setAutoRead(false);
          loop.register(accepted);
          track(accepted);
        } else {
          ReferenceCountUtil.release(message);
        }
      }

      @Override
      public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        reported.add(cause);
      }
    };
  }

  Throwable nextReported() throws InterruptedException {
    Throwable failure = reported.poll(SECONDS, TimeUnit.SECONDS);
    assertThat(failure).as("a failure that the channel reports").isNotNull();
    return failure;
  }

  /** A plain socket of the other side. */
  static Socket peer(InetSocketAddress remote) throws IOException {
    Socket socket = new Socket();
    socket.connect(remote, SECONDS * 1000);
    return socket;
  }

  static Throwable failure(ChannelFuture future) throws InterruptedException {
    assertThat(future.await(SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
    assertThat(future.isSuccess()).as("failed").isFalse();
    return future.cause();
  }

  static void wait(Future<?> future) throws InterruptedException {
    assertThat(future.await(SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
    assertThat(future.cause()).isNull();
  }

  /** Closes the listeners first, so that nothing is accepted any more. */
  @Override
  public void close() {
    closeAll(ServerSocketChannel.class);
    closeAll(Channel.class);
  }

  private void closeAll(Class<? extends Channel> type) {
    List<Channel> all;
    synchronized (open) {
      all = open.stream().filter(type::isInstance).toList();
    }
    CountDownLatch left = new CountDownLatch(all.size());
    all.forEach(channel -> Closing.close(channel, left::countDown));
    try {
      assertThat(left.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
