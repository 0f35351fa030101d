package org.wsk4j.provider.transport;

import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.StandardProtocolFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.AllDescriptors;
import org.wsk4j.provider.testing.TransportMatrix;

/**
 * Runs where few descriptors may be open, takes them all, and writes one line for each transport
 * and operation that needs one: these and the status.
 */
final class DescriptorShortage {
  private DescriptorShortage() {}

  /** One line of the output. */
  static String line(Transport transport, IoOperation tried, NtStatus is) {
    return String.join(" ", transport.name(), tried.name(), is.name());
  }

  public static void main(String[] arguments) throws Exception {
    for (Transport transport : TransportMatrix.transports()) {
      WskEventLoopGroup loops = TransportMatrix.loops(transport);
      TestChannels channels = new TestChannels(transport, StandardProtocolFamily.INET, loops);
      // All classes are loaded by the first time, so that nothing else needs a descriptor later.
      channels.connected(channels.listener().localAddress());
      ServerSocketChannel listener = channels.listener();
      SocketChannel connection = channels.connection();
      AllDescriptors taken = AllDescriptors.take();
      Throwable ofOpen;
      Throwable ofAccept;
      try {
        ofOpen = failureOfOpen(transport);
        connection.connect(listener.localAddress());
        ofAccept = channels.nextReported();
      } finally {
        taken.close();
      }
      print(transport, IoOperation.OPEN, ofOpen);
      print(transport, IoOperation.ACCEPT, ofAccept);
      channels.close();
    }
  }

  private static void print(Transport transport, IoOperation tried, Throwable failure) {
    System.out.println(line(transport, tried, Statuses.of(failure, tried)));
  }

  private static Throwable failureOfOpen(Transport transport) {
    try {
      transport.openConnection(StandardProtocolFamily.INET);
    } catch (RuntimeException e) {
      return e;
    }
    throw new AssertionError("a socket was opened without a descriptor");
  }
}
