package org.wsk4j.provider.transport;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.provider.natives.NativeSockets;

/**
 * A socket for datagrams through Netty's native code. How it is told what the socket is ready for
 * is the transport's business.
 */
abstract class NativeDatagramPort implements DatagramPort, IoHandle {
  private static final Logger LOG = LoggerFactory.getLogger(NativeDatagramPort.class);

  private static final int IPPROTO_IP = 0;
  private static final int IP_MULTICAST_ALL = 49;
  private static final int IPV6_MULTICAST_ALL = 29;

  private final DescriptorSocket socket;
  private final DatagramCalls calls;
  private @Nullable Listener listener;
  private @Nullable IoRegistration registration;
  private @Nullable Runnable whenReleased;

  NativeDatagramPort(StandardProtocolFamily family, DescriptorSocket socket) throws IOException {
    this.socket = socket;
    calls =
        NativeSockets.isAvailable()
            ? new BatchCalls(socket, DescriptorSocket.number(family))
            : new SingleCalls(socket);
    try {
      hearOnlyJoined(family);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Linux brings what any socket of this host has joined, unless it is told otherwise. */
  private void hearOnlyJoined(StandardProtocolFamily family) throws IOException {
    if (SystemKind.current() != SystemKind.LINUX) {
      return;
    }
    if (!socket.isRaw() || family == StandardProtocolFamily.INET) {
      socket.setIntOpt(IPPROTO_IP, IP_MULTICAST_ALL, 0);
    }
    if (family == StandardProtocolFamily.INET6) {
      try {
        socket.setIntOpt(SystemKind.current().ipv6Level, IPV6_MULTICAST_ALL, 0);
      } catch (IOException olderThanLinux4_20) {
        LOG.debug("IPV6_MULTICAST_ALL cannot be set", olderThanLinux4_20);
      }
    }
  }

  // ---- Set up

  @Override
  public final boolean setIpv6Only(boolean only) throws IOException {
    SystemKind system = SystemKind.current();
    socket.setIntOpt(system.ipv6Level, system.ipv6Only, only ? 1 : 0);
    return true;
  }

  @Override
  public final boolean setReusePort(boolean on) throws IOException {
    socket.setReusePort(on);
    return true;
  }

  @Override
  public final void setBroadcast(boolean on) throws IOException {
    socket.setBroadcast(on);
  }

  @Override
  public final void setReceiveBuffer(int bytes) throws IOException {
    socket.setReceiveBufferSize(bytes);
  }

  @Override
  public final void setOption(SystemOption option, int value) throws IOException {
    IntegerUnixChannelOption numbered = SystemOptions.numbered().get(option);
    if (option == SystemOption.GROUP_INTERFACE) {
      LinuxGroups.setInterface(socket, value);
    } else if (numbered != null) {
      int mapped = SystemOptions.toSystem(option, value);
      socket.setIntOpt(numbered.level(), numbered.optname(), mapped);
    }
  }

  @Override
  public final void change(GroupChange change, GroupMembership membership) throws IOException {
    if (SystemKind.current() != SystemKind.LINUX) {
      throw new UnsupportedOperationException(change + " is known on Linux alone");
    }
    LinuxGroups.change(socket, change, membership);
  }

  @Override
  public final void describe(DatagramDetails details) throws IOException {
    calls.describe(details);
  }

  @Override
  public final void optionsChanged() {
    calls.optionsChanged();
  }

  @Override
  public final boolean isSegmenting() {
    return calls.isSegmenting();
  }

  @Override
  public final void bind(InetSocketAddress address) throws IOException {
    socket.bind(address);
    socket.dropEarlier();
  }

  @Override
  public final void setRaw(boolean headerIncluded, int checksumOffset) throws IOException {
    socket.setRaw(headerIncluded, checksumOffset);
  }

  @Override
  public final InetSocketAddress localAddress() throws IOException {
    InetSocketAddress address = socket.localAddress();
    if (address == null) {
      throw new ClosedChannelException();
    }
    return address;
  }

  @Override
  public final void register(IoEventLoop loop, Listener told) throws IOException {
    listener = told;
    Future<IoRegistration> registered = loop.register(this);
    if (!registered.isSuccess()) {
      throw new IOException("the event loop does not take the socket", registered.cause());
    }
    registration = registered.getNow();
    watch(registration, false);
  }

  // ---- Transfer

  @Override
  public final int send(OutgoingDatagrams batch, int from) throws IOException {
    return calls.send(batch, from);
  }

  @Override
  public final void awaitRoom() {
    IoRegistration current = registration;
    if (current != null && current.isValid()) {
      watch(current, true);
    }
  }

  @Override
  public final int receive(IncomingDatagrams into) throws IOException {
    return calls.receive(into);
  }

  // ---- As the loop sees it

  final Socket socket() {
    return socket;
  }

  /** Asks to be told when there is something to receive, and, if wanted, room to send. */
  abstract void watch(IoRegistration loop, boolean forRoom);

  /** Tells what the socket is ready for. */
  final void ready(boolean toReceive, boolean toSend) {
    Listener told = listener;
    if (told != null && toSend && isOpen()) {
      told.writable();
    }
    if (told != null && toReceive && isOpen()) {
      told.readable();
    }
  }

  @Override
  public final void close() {
    abandon();
  }

  @Override
  public final void unregistered() {
    registration = null;
    abandon();
    Runnable waiting = whenReleased;
    if (waiting != null) {
      whenReleased = null;
      waiting.run();
    }
  }

  // ---- End

  @Override
  public final boolean isOpen() {
    return socket.isOpen() && whenReleased == null;
  }

  @Override
  public final void close(Runnable then) {
    IoRegistration current = registration;
    if (current == null || !current.isValid()) {
      abandon();
      then.run();
      return;
    }
    whenReleased = then;
    stop(current);
    current.cancel();
  }

  /** Takes back what was asked of the system, before the registration is cancelled. */
  void stop(IoRegistration loop) {}

  @Override
  public final void abandon() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.warn("{} cannot be closed", socket, e);
    }
  }

  @Override
  public final String toString() {
    return socket.toString();
  }
}
