package org.wsk4j.provider.transport;

import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.net.ControlMessage;
import org.wsk4j.net.In6PktInfo;
import org.wsk4j.net.InPktInfo;
import org.wsk4j.provider.natives.MessageVector;
import org.wsk4j.provider.natives.NativeSockets;

/**
 * Many datagrams with one call, and with each what travels beside its data.
 *
 * <p>Errors that the network reports are kept apart from calls: if they are wanted they come as
 * datagrams, and a call that only tells of one is made again.
 */
final class BatchCalls implements DatagramCalls {
  private static final Logger LOG = LoggerFactory.getLogger(BatchCalls.class);
  private static final int ERRORS =
      DatagramInfo.ERRORS.bit() | DatagramInfo.ERRORS6.bit() | DatagramInfo.REFUSALS.bit();

  private final Socket socket;
  private final int family;
  private final ControlReader reader = new ControlReader();
  private final ControlWriter writer = new ControlWriter();
  private DatagramDetails details = DatagramDetails.NONE;

  /** The system is left to cut buffers into datagrams, until it refuses that once. */
  private boolean segmenting;

  BatchCalls(Socket socket, int family) {
    this.socket = socket;
    this.family = family;
    segmenting = option(Linux.SOL_UDP, Linux.UDP_SEGMENT) >= 0;
    // How a datagram was sent is told always.
    set(Linux.SOL_IP, Linux.IP_PKTINFO, 1);
    setIpv6(Linux.IPV6_RECVPKTINFO, 1);
  }

  // ---- What it is to do

  @Override
  public void describe(DatagramDetails wanted) {
    if (details != wanted) {
      details = wanted;
      setDetails();
    }
  }

  @Override
  public void optionsChanged() {
    writer.setDefaults(
        Math.max(0, option(Linux.SOL_IP, Linux.IP_TOS)),
        Math.max(0, option(Linux.SOL_IPV6, Linux.IPV6_TCLASS)));
  }

  private void setDetails() {
    reader.setWanted(details.wanted());
    set(Linux.SOL_IP, Linux.IP_RECVTTL, flag(DatagramInfo.TTL));
    set(Linux.SOL_IP, Linux.IP_RECVTOS, flag(DatagramInfo.TOS) | flag(DatagramInfo.ECN));
    set(Linux.SOL_IP, Linux.IP_RECVERR, flag(DatagramInfo.ERRORS) | flag(DatagramInfo.REFUSALS));
    setIpv6(Linux.IPV6_RECVHOPLIMIT, flag(DatagramInfo.HOP_LIMIT));
    setIpv6(Linux.IPV6_RECVTCLASS, flag(DatagramInfo.TRAFFIC_CLASS) | flag(DatagramInfo.ECN6));
    setIpv6(Linux.IPV6_RECVERR, flag(DatagramInfo.ERRORS6) | flag(DatagramInfo.REFUSALS));
    set(Linux.SOL_UDP, Linux.UDP_GRO, details.coalescing() ? 1 : 0);
  }

  private int flag(DatagramInfo kind) {
    return kind.isIn(details.wanted()) ? 1 : 0;
  }

  private void setIpv6(int name, int value) {
    if (family == NativeSockets.AF_INET6) {
      set(Linux.SOL_IPV6, name, value);
    }
  }

  private void set(int level, int name, int value) {
    int answer = NativeSockets.setOption(socket.intValue(), level, name, value);
    if (answer < 0) {
      LOG.debug("{} does not take option {}/{}: error {}", socket, level, name, -answer);
    }
  }

  private int option(int level, int name) {
    byte[] value = new byte[Integer.BYTES];
    int answer = NativeSockets.getOption(socket.intValue(), level, name, value);
    return answer < 0 ? answer : ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getInt();
  }

  // ---- Receive

  @Override
  public int receive(IncomingDatagrams into) throws IOException {
    MessageVector vector = into.vector();
    boolean errors = (details.wanted() & ERRORS) != 0;
    int count = NativeSockets.receive(socket.intValue(), vector, IncomingDatagrams.MOST);
    if (count < 0 && count != NativeSockets.EAGAIN && errors) {
      count = NativeSockets.receive(socket.intValue(), vector, IncomingDatagrams.MOST);
    }
    if (count == NativeSockets.EAGAIN && errors) {
      return receiveError(into, vector);
    }
    if (count == NativeSockets.EAGAIN) {
      return 0;
    }
    if (count < 0) {
      throw Errors.newIOException("recvmmsg", count);
    }
    for (int each = 0; each < count; each++) {
      take(into, vector, each, vector.length(each));
    }
    into.setMayBeMore(errors || count == IncomingDatagrams.MOST);
    return count;
  }

  /** The datagram that the error is about has been sent and comes to nobody; what is told is. */
  private int receiveError(IncomingDatagrams into, MessageVector vector) throws IOException {
    int count = NativeSockets.receiveError(socket.intValue(), vector);
    if (count <= 0) {
      return 0;
    }
    take(into, vector, 0, 0);
    if (into.control(0) == null) {
      // It is not wanted as a datagram.
      return refused(into);
    }
    into.setMayBeMore(true);
    return 1;
  }

  private int refused(IncomingDatagrams into) throws IOException {
    into.setMayBeMore(true);
    if (reader.isRefusal() && DatagramInfo.REFUSALS.isIn(details.wanted())) {
      throw new PortUnreachableException("nobody is at the port of " + into.sender(0));
    }
    return 0;
  }

  private void take(IncomingDatagrams into, MessageVector vector, int index, int length) {
    reader.read(vector, index);
    into.length(index, length);
    into.note(index, vector.remote(index), reader.flags(), reader.info());
    into.noteJoined(index, reader.joined());
    vector.expect(index, true);
  }

  // ---- Send

  @Override
  public boolean isSegmenting() {
    return segmenting;
  }

  @Override
  public int send(OutgoingDatagrams batch, int from) throws IOException {
    MessageVector vector = batch.vector();
    if (from == 0) {
      prepare(batch, vector);
    }
    int left = batch.count() - from;
    int count = NativeSockets.send(socket.intValue(), vector, from, left);
    if (count < 0 && (details.wanted() & ERRORS) != 0 && count != NativeSockets.EAGAIN) {
      // What the network reports of an earlier one is told once, to whoever comes next.
      count = NativeSockets.send(socket.intValue(), vector, from, left);
    }
    if (count >= 0 || count == NativeSockets.EAGAIN) {
      return Math.max(count, 0);
    }
    if (batch.segment(from) > 0 && segmenting && isAboutSegments(count)) {
      segmenting = false;
      return DatagramPort.FILL_AGAIN;
    }
    throw Errors.newIOException("sendmmsg", meaning(count, batch.control(from)));
  }

  private void prepare(OutgoingDatagrams batch, MessageVector vector) {
    for (int each = 0; each < batch.count(); each++) {
      vector.setData(each, batch.address(each), batch.length(each));
      vector.setRemote(each, family, batch.remote(each));
      ControlInfo control = batch.control(each);
      int segment = batch.segment(each);
      int length =
          control == null && segment == 0
              ? 0
              : writer.write(vector.memory(), vector.control(each), control, segment);
      vector.setControlLength(each, length);
    }
  }

  private static boolean isAboutSegments(int error) {
    return error == Linux.EINVAL || error == Linux.EMSGSIZE || error == Linux.EIO;
  }

  /**
   * An argument that is not valid can only be the packet info, the others have been judged; and a
   * source that is not local may look as if there were no way.
   */
  private static int meaning(int error, @Nullable ControlInfo control) {
    InetAddress source = control != null ? source(control.messages()) : null;
    if (source == null) {
      return error;
    }
    boolean address =
        switch (error) {
          case Linux.EINVAL, Linux.ENODEV, Linux.ENXIO -> true;
          case Linux.ENETUNREACH -> !isLocal(source);
          default -> false;
        };
    return address ? Linux.EADDRNOTAVAIL : error;
  }

  /** The address of the packet info, or {@code null} if there is none. */
  private static @Nullable InetAddress source(List<ControlMessage> messages) {
    for (ControlMessage message : messages) {
      if (message instanceof InPktInfo info) {
        return info.address();
      }
      if (message instanceof In6PktInfo info) {
        return info.address();
      }
    }
    return null;
  }

  /** A socket can be bound to what is local. */
  private static boolean isLocal(InetAddress address) {
    try {
      Socket probe =
          DescriptorSocket.udp(
              address instanceof Inet4Address
                  ? StandardProtocolFamily.INET
                  : StandardProtocolFamily.INET6);
      try {
        probe.bind(new InetSocketAddress(address, 0));
        return true;
      } finally {
        probe.close();
      }
    } catch (IOException no) {
      return false;
    }
  }
}
