package org.wsk4j.contract.raw;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.datagram.WskClientDatagramDispatch;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

/**
 * Raw sockets of a test client, all of one family.
 *
 * @param client the client
 * @param family the family
 */
record RawClient(TestClient client, int family) {
  static final int UDP = 17;
  static final int UDP_HEADER = 8;
  static final int IPV4_HEADER = 20;

  /** An address of this machine that no other test sends to, where there are many. */
  private static final byte[] LONELY = {127, 0, 7, 7};

  /** One packet as WskReceiveFrom tells of it. */
  record Packet(byte[] bytes, SocketAddress from) {}

  /** {@return sockets of a transport that has them} */
  static RawClient on(Transport transport, int family, TestScope scope) {
    assumeTrue(
        transport.can(TransportFeature.RAW_SOCKETS), () -> transport + " has no raw sockets");
    return new RawClient(TestClient.on(transport, scope), family);
  }

  /** {@return the request that makes a socket} */
  NtStatus make(int protocol, int flags, @Nullable WskClientDatagramDispatch dispatch, Irp irp) {
    return client
        .functions()
        .socket(
            client.client(),
            family,
            SocketType.RAW,
            protocol,
            flags,
            null,
            dispatch,
            null,
            null,
            null,
            irp);
  }

  /** {@return a socket that is not bound} */
  WskDatagramSocket socket(int protocol, @Nullable WskClientDatagramDispatch dispatch)
      throws InterruptedException {
    Irp made = client.succeed(irp -> make(protocol, WskFlags.DATAGRAM_SOCKET, dispatch, irp));
    return client.watch(made.object(WskDatagramSocket.class));
  }

  /** {@return a socket bound to {@link #here}} */
  WskDatagramSocket bound(int protocol) throws InterruptedException {
    WskDatagramSocket socket = socket(protocol, null);
    client.succeed(irp -> socket.bind(here(), 0, irp));
    return socket;
  }

  /** {@return where sockets are bound} */
  InetSocketAddress here() {
    return family == AddressFamily.INET6
        ? TestClient.loopback(family, 0)
        : TestClient.address(LONELY, 0);
  }

  boolean isV6() {
    return family == AddressFamily.INET6;
  }

  /** How a packet of the family begins as a raw socket receives it: with its header, or not. */
  int header() {
    return isV6() ? 0 : IPV4_HEADER;
  }

  NtStatus send(WskDatagramSocket socket, @Nullable SocketAddress to, byte... bytes)
      throws InterruptedException {
    return client.result(irp -> socket.sendTo(WskBuf.of(bytes), 0, to, null, irp));
  }

  /** Receives the next packet; {@return it} */
  Packet receive(WskDatagramSocket socket) throws InterruptedException {
    byte[] memory = new byte[65_536];
    Out<SocketAddress> from = new Out<>();
    Irp irp =
        client.succeed(
            one -> socket.receiveFrom(WskBuf.of(memory), 0, from, null, null, null, one));
    return new Packet(Arrays.copyOf(memory, (int) irp.information()), from.require());
  }

  /** Receives until a packet is the one that is wanted; {@return it} */
  Packet receive(WskDatagramSocket socket, Predicate<byte[]> wanted) throws InterruptedException {
    Packet packet = receive(socket);
    while (!wanted.test(packet.bytes())) {
      packet = receive(socket);
    }
    return packet;
  }

  /** {@return the local address of a socket} */
  InetSocketAddress local(WskDatagramSocket socket) throws InterruptedException {
    Out<SocketAddress> place = new Out<>();
    client.succeed(irp -> socket.getLocalAddress(place, irp));
    return (InetSocketAddress) place.require();
  }

  // ---- UDP by hand

  /** {@return a UDP header with data behind it; its checksum is missing, as IPv4 permits} */
  static byte[] udp(int from, int to, byte... data) {
    byte[] bytes = Arrays.copyOf(new byte[UDP_HEADER], UDP_HEADER + data.length);
    short16(bytes, 0, from);
    short16(bytes, 2, to);
    short16(bytes, 4, bytes.length);
    System.arraycopy(data, 0, bytes, UDP_HEADER, data.length);
    return bytes;
  }

  /** {@return the port that a UDP datagram goes to, behind so many bytes of other headers} */
  static int destination(byte[] packet, int header) {
    return Byte.toUnsignedInt(packet[header + 2]) << 8 | Byte.toUnsignedInt(packet[header + 3]);
  }

  /** Puts a number of 16 bits into a header. */
  static void short16(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >>> 8);
    bytes[at + 1] = (byte) value;
  }
}
