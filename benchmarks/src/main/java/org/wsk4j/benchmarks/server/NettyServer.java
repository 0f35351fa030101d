package org.wsk4j.benchmarks.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Netty tuned by hand: one handler in the pipeline, one flush at the end of what was read, void
 * promises, the pooled allocator, receive buffers that fit the work, several datagrams per call
 * where the transport can.
 */
final class NettyServer implements BenchmarkServer {
  private static final int DATAGRAM_BYTES = 2048;
  private static final int DATAGRAMS_PER_CALL = 32;

  private final String transport;

  NettyServer(String transport) {
    this.transport = transport;
  }

  @Override
  public int start(ServerWork work, int loops) throws InterruptedException {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(loops, handlers());
    InetSocketAddress where = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Channel channel =
        work == ServerWork.UDP
            ? datagrams(group).bind(where).sync().channel()
            : streams(group, work).bind(where).sync().channel();
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  private ServerBootstrap streams(EventLoopGroup group, ServerWork work) {
    ExecutorService elsewhere =
        work == ServerWork.PING_CROSS ? Executors.newSingleThreadExecutor() : null;
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(listeningType())
            .option(ChannelOption.SO_BACKLOG, 4096)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(NettyHandlers.of(work, elsewhere));
                  }
                });
    if (work == ServerWork.ECHO) {
      bootstrap.childOption(
          ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(64, 2048, 262_144));
    }
    return bootstrap;
  }

  private Bootstrap datagrams(EventLoopGroup group) {
    boolean several = transport.equals("epoll");
    ChannelHandler handler = new NettyHandlers.Datagrams();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channel(datagramType())
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .option(ChannelOption.SO_RCVBUF, 4 << 20)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(
                    several ? DATAGRAMS_PER_CALL * DATAGRAM_BYTES : DATAGRAM_BYTES))
            .handler(handler);
    return several
        ? bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_BYTES)
        : bootstrap;
  }

  private IoHandlerFactory handlers() {
    return switch (transport) {
      case "io_uring" -> IoUringIoHandler.newFactory();
      case "epoll" -> EpollIoHandler.newFactory();
      default -> NioIoHandler.newFactory();
    };
  }

  private Class<? extends ServerSocketChannel> listeningType() {
    return switch (transport) {
      case "io_uring" -> IoUringServerSocketChannel.class;
      case "epoll" -> EpollServerSocketChannel.class;
      default -> NioServerSocketChannel.class;
    };
  }

  private Class<? extends DatagramChannel> datagramType() {
    return switch (transport) {
      case "io_uring" -> IoUringDatagramChannel.class;
      case "epoll" -> EpollDatagramChannel.class;
      default -> NioDatagramChannel.class;
    };
  }
}
