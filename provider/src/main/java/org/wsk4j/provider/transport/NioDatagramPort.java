package org.wsk4j.provider.transport;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.nio.NioIoEvent;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoOps;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The JDK's datagram channel, in the selector of a Netty loop. */
final class NioDatagramPort implements DatagramPort, NioIoHandle {
  private static final Logger LOG = LoggerFactory.getLogger(NioDatagramPort.class);

  /** One value for both families of a socket; an interface has no number here. */
  static final Map<SystemOption, SocketOption<?>> OPTIONS =
      Map.of(
          SystemOption.TOS, StandardSocketOptions.IP_TOS,
          SystemOption.TRAFFIC_CLASS, StandardSocketOptions.IP_TOS,
          SystemOption.GROUP_TTL, StandardSocketOptions.IP_MULTICAST_TTL,
          SystemOption.GROUP_HOPS, StandardSocketOptions.IP_MULTICAST_TTL,
          SystemOption.GROUP_INTERFACE, StandardSocketOptions.IP_MULTICAST_IF,
          SystemOption.GROUP_INTERFACE6, StandardSocketOptions.IP_MULTICAST_IF);

  private final DatagramChannel channel;
  private final NioGroups groups;
  private @Nullable IoEventLoop loop;
  private @Nullable Listener listener;
  private @Nullable IoRegistration registration;

  NioDatagramPort(StandardProtocolFamily family) throws IOException {
    channel = DatagramChannel.open(family);
    channel.configureBlocking(false);
    groups = new NioGroups(channel);
  }

  // ---- Set up

  @Override
  public boolean setIpv6Only(boolean only) {
    return false;
  }

  @Override
  public boolean setReusePort(boolean on) throws IOException {
    if (!channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
      return false;
    }
    channel.setOption(StandardSocketOptions.SO_REUSEPORT, on);
    return true;
  }

  @Override
  public void setBroadcast(boolean on) throws IOException {
    channel.setOption(StandardSocketOptions.SO_BROADCAST, on);
  }

  @Override
  public void setReceiveBuffer(int bytes) throws IOException {
    channel.setOption(StandardSocketOptions.SO_RCVBUF, bytes);
  }

  @Override
  @SuppressWarnings("unchecked") // the type goes with the option
  public void setOption(SystemOption option, int value) throws IOException {
    SocketOption<?> known = OPTIONS.get(option);
    if (StandardSocketOptions.IP_MULTICAST_IF.equals(known)) {
      groups.setInterface(value);
    } else if (known != null) {
      channel.setOption((SocketOption<Integer>) known, value);
    }
  }

  @Override
  public void change(GroupChange change, GroupMembership membership) throws IOException {
    groups.change(change, membership);
  }

  @Override
  public void bind(InetSocketAddress address) throws IOException {
    channel.bind(address);
  }

  @Override
  public InetSocketAddress localAddress() throws IOException {
    return (InetSocketAddress) channel.getLocalAddress();
  }

  @Override
  public void register(IoEventLoop home, Listener told) throws IOException {
    loop = home;
    listener = told;
    Future<IoRegistration> registered = home.register(this);
    if (!registered.isSuccess()) {
      throw new IOException("the event loop does not take the socket", registered.cause());
    }
    registration = registered.getNow();
    watch(NioIoOps.READ);
  }

  private void watch(NioIoOps interest) {
    IoRegistration current = registration;
    if (current != null && current.isValid()) {
      current.submit(interest);
    }
  }

  // ---- Transfer

  @Override
  public void describe(DatagramDetails details) {}

  @Override
  public void optionsChanged() {}

  @Override
  public boolean isSegmenting() {
    return false;
  }

  /**
   * The JDK does not tell that there was no room for a datagram without data, which then is lost,
   * as datagrams may be.
   */
  @Override
  public int send(OutgoingDatagrams batch, int from) throws IOException {
    ByteBuffer data = batch.data(from);
    int length = data.remaining();
    return channel.send(data, batch.remote(from)) == length ? 1 : 0;
  }

  @Override
  public void awaitRoom() {
    watch(NioIoOps.READ_AND_WRITE);
  }

  @Override
  public int receive(IncomingDatagrams into) throws IOException {
    return into.singleFrom((InetSocketAddress) channel.receive(into.single()));
  }

  // ---- As the loop sees it

  @Override
  public SelectableChannel selectableChannel() {
    return channel;
  }

  @Override
  public void handle(IoRegistration source, IoEvent event) {
    NioIoOps ready = ((NioIoEvent) event).ops();
    Listener told = listener;
    if (told == null) {
      return;
    }
    if (ready.contains(NioIoOps.WRITE)) {
      watch(NioIoOps.READ);
      told.writable();
    }
    if (ready.contains(NioIoOps.READ) && isOpen()) {
      told.readable();
    }
  }

  @Override
  public void close() {
    abandon();
  }

  // ---- End

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  /** The JDK lets go of the socket in the next selection. */
  @Override
  public void close(Runnable whenReleased) {
    IoRegistration current = registration;
    IoEventLoop home = loop;
    if (current != null) {
      current.cancel();
    }
    abandon();
    if (current != null && home != null) {
      Closing.afterNextTurn((SingleThreadEventLoop) home, whenReleased);
    } else {
      whenReleased.run();
    }
  }

  @Override
  public void abandon() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("{} cannot be closed", channel, e);
    }
  }

  @Override
  public String toString() {
    return channel.toString();
  }
}
