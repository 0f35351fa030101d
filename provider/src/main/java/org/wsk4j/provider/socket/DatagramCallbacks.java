package org.wsk4j.provider.socket;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.datagram.WskClientDatagramDispatch;
import org.wsk4j.datagram.WskReceiveFromEvent;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.MessageFlags;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.channel.DatagramOwner;
import org.wsk4j.provider.control.LocalInterfaces;
import org.wsk4j.provider.control.SocketOptions;
import org.wsk4j.provider.core.FixedAddresses;
import org.wsk4j.provider.memory.DatagramIndication;

/**
 * What a datagram socket knows and calls: its context, its callback and the addresses that are
 * fixed on it.
 *
 * <p>Threads: callbacks on the event loop; the rest from any thread.
 */
final class DatagramCallbacks implements DatagramOwner {
  static final int EVENTS = WskEventCallbackControl.RECEIVE_FROM;

  private final DatagramSocket socket;
  private final FixedAddresses fixed = new FixedAddresses();
  private volatile @Nullable Object context;
  private volatile @Nullable WskReceiveFromEvent callback;

  DatagramCallbacks(
      DatagramSocket socket,
      @Nullable Object context,
      @Nullable WskClientDatagramDispatch dispatch) {
    this.socket = socket;
    this.context = context;
    callback = dispatch != null ? dispatch.receiveFromEvent() : null;
  }

  /** The addresses that are fixed on the socket. */
  FixedAddresses fixed() {
    return fixed;
  }

  /** The events for which there is a callback. */
  int implemented() {
    return callback != null ? EVENTS : 0;
  }

  // ---- What the network end reports

  @Override
  public int rawProtocol() {
    return socket.rawProtocol();
  }

  /** The system has the protocol of a raw socket where its port would be. */
  @Override
  public void bound(SocketAddress reported) {
    boolean portless = socket.isRaw() && reported instanceof InetSocketAddress;
    socket.bound(portless ? Addresses.withoutPort((InetSocketAddress) reported) : reported);
  }

  @Override
  public @Nullable SocketAddress admitted(InetSocketAddress sender, int flags) {
    int family = socket.addressFamily();
    boolean dualStack = family == AddressFamily.INET6 && !socket.options().ipv6Only();
    if (!dualStack && !Addresses.serves(sender, family)) {
      return null;
    }
    if ((flags & MessageFlags.MCAST) != 0 && !hears(SocketAddresses.unmap(sender.getAddress()))) {
      return null;
    }
    SocketAddress address = Addresses.inFamily(sender, family);
    return fixed.admits(address) ? address : null;
  }

  /** Whether the multicasts of a sender are wanted: those of this machine may not be (OPT-85). */
  private boolean hears(InetAddress sender) {
    SocketOptions options = socket.options();
    boolean own =
        sender instanceof Inet4Address ? options.multicastLoop() : options.multicastLoop6();
    return own || !LocalInterfaces.recent(socket.changes()).have(sender);
  }

  @Override
  public NtStatus receiveFrom(DatagramIndication first, int flags) {
    return call(first, flags);
  }

  @Override
  public void dead(int flags) {
    call(null, flags);
  }

  /** Without a datagram it tells that the socket is dead (DGR-77). */
  private NtStatus call(@Nullable DatagramIndication first, int flags) {
    WskReceiveFromEvent event = callback;
    if (event == null) {
      return NtStatus.DATA_NOT_ACCEPTED;
    }
    NtStatus answer =
        Callbacks.call(
            socket, "WskReceiveFromEvent", () -> event.onReceiveFrom(context, flags, first));
    return answer != null ? answer : NtStatus.DATA_NOT_ACCEPTED;
  }

  @Override
  public void closed(@Nullable Irp closeRequest) {
    // What belongs to the client is not used, and not kept from being collected, any more.
    context = null;
    callback = null;
    socket.finishClose(closeRequest);
  }
}
