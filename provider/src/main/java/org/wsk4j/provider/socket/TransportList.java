package org.wsk4j.provider.socket;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.net.WskTransport;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.control.LocalAddresses;
import org.wsk4j.socket.WskSocketCategory;

/**
 * The combinations of which sockets can be made now: those that the provider makes, in the families
 * of which this machine has addresses. So a family comes and goes with its addresses.
 *
 * <p>Threads: any; each question asks the system.
 */
final class TransportList {
  private static final UUID PROVIDER = UUID.fromString("0c4b7a52-93f1-4f0e-8d8a-6a1b1f3a7e21");
  private static final int VERSION = 1;

  private static final List<Combination> COMBINATIONS =
      List.of(
          new Combination(SocketType.STREAM, Protocol.TCP, WskSocketCategory.CONNECTION),
          new Combination(SocketType.DGRAM, Protocol.UDP, WskSocketCategory.DATAGRAM));

  private TransportList() {}

  /** What goes together, and the category that carries data over it. */
  private record Combination(int type, int protocol, WskSocketCategory category) {
    Stream<WskTransport> in(int family) {
      boolean made =
          SocketRules.check(category, family, type, protocol, null, true) == NtStatus.SUCCESS;
      return made
          ? Stream.of(new WskTransport(VERSION, type, protocol, family, PROVIDER))
          : Stream.empty();
    }
  }

  static List<WskTransport> current() {
    return IntStream.of(AddressFamily.INET, AddressFamily.INET6)
        .filter(family -> !LocalAddresses.of(family).get().isEmpty())
        .boxed()
        .flatMap(family -> COMBINATIONS.stream().flatMap(one -> one.in(family)))
        .toList();
  }
}
