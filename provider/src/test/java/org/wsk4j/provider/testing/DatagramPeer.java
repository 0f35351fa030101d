package org.wsk4j.provider.testing;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.wsk4j.testing.TestScope;

/** A foreign end for datagrams: a plain blocking socket of the JDK. */
public final class DatagramPeer implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int LARGEST = 65_535;

  private final DatagramSocket socket;

  /** One datagram that came. */
  public record Datagram(byte[] bytes, InetSocketAddress from) {}

  private DatagramPeer(DatagramSocket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** {@return an end at an address} */
  public static DatagramPeer at(InetSocketAddress address, TestScope scope) throws IOException {
    DatagramPeer peer = new DatagramPeer(new DatagramSocket(address));
    scope.closing(peer);
    return peer;
  }

  /** {@return an end at the loopback address of a family} */
  public static DatagramPeer on(int family, TestScope scope) throws IOException {
    return at(TestClient.loopback(family, 0), scope);
  }

  /** {@return its address} */
  public InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /** Sends a datagram. */
  public void send(InetSocketAddress to, byte... bytes) throws IOException {
    socket.send(new DatagramPacket(bytes, bytes.length, to));
  }

  /** {@return the next datagram} */
  public Datagram next() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    socket.receive(packet);
    return new Datagram(
        Arrays.copyOf(packet.getData(), packet.getLength()),
        (InetSocketAddress) packet.getSocketAddress());
  }

  /** {@return the bytes of the next datagram} */
  public byte[] read() throws IOException {
    return next().bytes();
  }

  @Override
  public void close() {
    socket.close();
  }
}
