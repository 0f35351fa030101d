package org.wsk4j.provider.channel;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.net.ControlMessage;
import org.wsk4j.net.ControlType;
import org.wsk4j.net.Protocol;
import org.wsk4j.provider.control.SocketOptions;
import org.wsk4j.provider.core.DatagramReceiveQueue;
import org.wsk4j.provider.stats.DropEvent;
import org.wsk4j.provider.transport.IncomingDatagrams;

/**
 * Received datagrams on their way from the UDP socket to the queue: those that the socket takes,
 * and joined ones in runs that are not longer than the client wants.
 *
 * <p>Threads: on the event loop of the socket.
 */
final class DatagramArrivals {
  private final DatagramOwner owner;
  private final SocketOptions options;
  private final LoopMeters meters;
  private @Nullable InetSocketAddress localAddress;
  private int arrivalFlags;

  DatagramArrivals(DatagramOwner owner, SocketOptions options, LoopMeters meters) {
    this.owner = owner;
    this.options = options;
    this.meters = meters;
  }

  /** The socket has an address, and what comes to that was sent in this way at least. */
  void bound(InetSocketAddress address, int flags) {
    localAddress = address;
    arrivalFlags = flags;
  }

  /** Takes one of those that were received together. */
  void take(IncomingDatagrams incoming, int index, DatagramReceiveQueue queue) {
    int flags = incoming.flags(index) | arrivalFlags;
    SocketAddress sender = owner.admitted(incoming.sender(index), flags);
    if (sender == null) {
      return;
    }
    ByteBuffer data = incoming.data(index);
    ControlInfo control = incoming.control(index);
    meters.counters().received(data.remaining());
    int joined = incoming.joined(index);
    int most = joined > 0 ? Math.max(1, options.mostCoalesced() / joined) * joined : 0;
    if (most == 0 || data.remaining() <= most) {
      queue.arrived(data, sender, flags, control);
      return;
    }
    int end = data.limit();
    for (int at = data.position(); at < end; at += most) {
      data.limit(Math.min(end, at + most)).position(at);
      queue.arrived(data, sender, flags, data.remaining() > joined ? control : alone(control));
    }
  }

  /** What is told of a datagram that is not joined to others any more. */
  private static @Nullable ControlInfo alone(@Nullable ControlInfo control) {
    if (control == null) {
      return null;
    }
    List<ControlMessage> others =
        control.messages().stream()
            .filter(it -> it.level() != Protocol.UDP || it.type() != ControlType.UDP_COALESCED_INFO)
            .toList();
    return others.isEmpty() ? null : ControlInfo.of(others);
  }

  /** A datagram found no room. */
  void dropped(int bytes) {
    meters.counters().dropped();
    DropEvent.emit("receive buffer full", localAddress, null, bytes);
  }
}
