package org.wsk4j.provider.socket;

import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.net.WskTransport;
import org.wsk4j.provider.channel.RawSockets;
import org.wsk4j.provider.control.LocalAddresses;

/**
 * The combinations of which sockets can be made now, in the families of which this machine has
 * addresses. So a family comes and goes with its addresses, and raw sockets with the privilege: one
 * entry, with IPPROTO_RAW, stands for all their protocols.
 *
 * <p>Threads: any; each question asks the system.
 */
final class TransportList implements Supplier<List<WskTransport>> {
  private static final UUID PROVIDER = UUID.fromString("0c4b7a52-93f1-4f0e-8d8a-6a1b1f3a7e21");
  private static final int VERSION = 1;

  private final RawSockets rawSockets;

  TransportList(RawSockets rawSockets) {
    this.rawSockets = rawSockets;
  }

  /** What there is now. */
  @Override
  public List<WskTransport> get() {
    return IntStream.of(AddressFamily.INET, AddressFamily.INET6)
        .filter(family -> !LocalAddresses.of(family).get().isEmpty())
        .boxed()
        .flatMap(this::of)
        .toList();
  }

  private Stream<WskTransport> of(int family) {
    Stream<WskTransport> always =
        Stream.of(
            entry(family, SocketType.STREAM, Protocol.TCP),
            entry(family, SocketType.DGRAM, Protocol.UDP));
    return rawSockets.areOffered(family)
        ? Stream.concat(always, Stream.of(entry(family, SocketType.RAW, Protocol.RAW)))
        : always;
  }

  private static WskTransport entry(int family, int type, int protocol) {
    return new WskTransport(VERSION, type, protocol, family, PROVIDER);
  }
}
