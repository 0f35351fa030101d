package org.wsk4j.provider.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Linux, readiness by epoll, system calls through Netty's native code. */
final class EpollTransport extends NativeTransport {
  private static final Set<TransportFeature> POSSIBLE = allBut();

  @Override
  public String name() {
    return "epoll";
  }

  @Override
  public boolean isAvailable() {
    return Epoll.isAvailable();
  }

  @Override
  public @Nullable Throwable unavailabilityCause() {
    return Epoll.unavailabilityCause();
  }

  @Override
  public IoHandlerFactory ioHandlerFactory() {
    return StandingEpollHandler.newFactory();
  }

  @Override
  public Set<TransportFeature> possible() {
    return POSSIBLE;
  }

  @Override
  public Set<TransportFeature> features() {
    return Features.ALL;
  }

  @Override
  public ServerSocketChannel openListener(StandardProtocolFamily family) {
    return new EpollServerSocketChannel(netty(family));
  }

  @Override
  public SocketChannel openConnection(StandardProtocolFamily family) {
    return new EpollSocketChannel(netty(family));
  }

  @Override
  public DatagramPort openDatagram(StandardProtocolFamily family) throws IOException {
    return new EpollDatagramPort(family, DescriptorSocket.udp(family));
  }

  @Override
  public DatagramPort openRaw(StandardProtocolFamily family, int protocol) throws IOException {
    return new EpollDatagramPort(family, DescriptorSocket.raw(family, protocol));
  }

  @Override
  public TcpInfo tcpInfo(SocketChannel connection) {
    EpollTcpInfo info = ((EpollSocketChannel) connection).tcpInfo();
    return new TcpInfo(
        info.state(),
        info.unacked(),
        info.retransmits(),
        info.totalRetrans(),
        info.rtt(),
        info.rttvar(),
        info.sndCwnd(),
        info.sndMss());
  }

  private static final class Features {
    static final Set<TransportFeature> ALL =
        found(POSSIBLE, Epoll.isTcpFastOpenClientSideAvailable());
  }
}
