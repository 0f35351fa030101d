package org.wsk4j.provider.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.channel.uring.IoUringTcpInfo;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Linux, operations queued to the kernel and completed by it (io_uring).
 *
 * <p>Netty lets nobody choose the family of these channels: where the system has IPv6 they are all
 * of that family, and an IPv4 address is used in its mapped form. A listener at {@code 0.0.0.0} is
 * really one at {@code [::]}.
 *
 * <p>Unless its properties are set, Netty is told to ask the system anew for each read:
 *
 * <ul>
 *   <li>whether there is something to read ({@value #POLL_MULTISHOT}): a standing question is
 *       answered only when something changes, and a reset that came together with data changes
 *       nothing after the data was read; the connection would stay silent for ever
 *   <li>for a connection ({@value #ACCEPT_MULTISHOT}): a standing request takes all connections
 *       that wait, however few a listener wants, and cannot tell the address of a peer that has
 *       gone away since
 * </ul>
 */
final class IoUringTransport extends NativeTransport {
  private static final Set<TransportFeature> POSSIBLE = allBut(TransportFeature.FAMILY_CHOICE);

  private static final String POLL_MULTISHOT = "io.netty.iouring.pollAddMultishotEnabled";

  private static final String ACCEPT_MULTISHOT = "io.netty.iouring.acceptMultiShotEnabled";

  static {
    askAnew(POLL_MULTISHOT);
    askAnew(ACCEPT_MULTISHOT);
  }

  private static void askAnew(String property) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, "false");
    }
  }

  @Override
  public String name() {
    return "io_uring";
  }

  @Override
  public boolean isAvailable() {
    return IoUring.isAvailable();
  }

  @Override
  public @Nullable Throwable unavailabilityCause() {
    return IoUring.unavailabilityCause();
  }

  @Override
  public IoHandlerFactory ioHandlerFactory() {
    return HalfClosedUringHandler.newFactory();
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
    return new IoUringServerSocketChannel();
  }

  @Override
  public SocketChannel openConnection(StandardProtocolFamily family) {
    return new IoUringSocketChannel();
  }

  @Override
  public DatagramPort openDatagram(StandardProtocolFamily family) throws IOException {
    return new IoUringDatagramPort(family, DescriptorSocket.udp(family));
  }

  @Override
  public DatagramPort openRaw(StandardProtocolFamily family, int protocol) throws IOException {
    return new IoUringDatagramPort(family, DescriptorSocket.raw(family, protocol));
  }

  @Override
  public TcpInfo tcpInfo(SocketChannel connection) {
    IoUringTcpInfo info = ((IoUringSocketChannel) connection).tcpInfo();
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
        found(POSSIBLE, IoUring.isTcpFastOpenClientSideAvailable());
  }
}
