package org.wsk4j.provider.transport;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The transports there are, and the choice among them.
 *
 * <p>Threads: may be used from any thread. Asking whether a transport is available loads its native
 * code the first time.
 */
public final class Transports {
  /** The name that leaves the choice to {@link #choose}. */
  public static final String AUTO = "auto";

  /**
   * In order of preference. On Linux epoll comes first: with small messages io_uring is hardly
   * faster, and with large ones and few connections it is slower.
   */
  private static final List<Transport> ALL =
      List.of(
          new EpollTransport(), new IoUringTransport(), new KQueueTransport(), new NioTransport());

  private Transports() {}

  /** {@return all transports, whether available or not, the preferred one first} */
  public static List<Transport> all() {
    return ALL;
  }

  /** {@return the transports that this system can run, the preferred one first; never empty} */
  public static List<Transport> available() {
    return ALL.stream().filter(Transport::isAvailable).toList();
  }

  /**
   * Chooses a transport.
   *
   * @param wanted the name of one, in any case, or {@value #AUTO} for the best available
   * @return the choice, with a line for the log
   * @throws TransportUnavailableException if there is no such transport or this system cannot run
   *     it; the message says which, why and what to do
   */
  public static TransportChoice choose(String wanted) {
    String name = wanted.strip().toLowerCase(Locale.ROOT);
    if (name.equals(AUTO)) {
      return new TransportChoice(available().get(0), true);
    }
    Transport transport = byName(name);
    if (!transport.isAvailable()) {
      throw new TransportUnavailableException(
          "Transport "
              + name
              + " was asked for, but is not available here: "
              + reason(transport)
              + ". Choose one of "
              + names(available())
              + ", or "
              + AUTO
              + " for the best of them.",
          transport.unavailabilityCause());
    }
    return new TransportChoice(transport, false);
  }

  private static Transport byName(String name) {
    for (Transport transport : ALL) {
      if (transport.name().equals(name)) {
        return transport;
      }
    }
    throw new TransportUnavailableException(
        "There is no transport called \""
            + name
            + "\". Choose one of "
            + names(ALL)
            + ", or "
            + AUTO
            + " for the best that is available.",
        null);
  }

  /** {@return why a transport is not available, as far down as the cause goes, in one line} */
  static String reason(Transport transport) {
    Throwable cause = transport.unavailabilityCause();
    if (cause == null) {
      return "no reason is known";
    }
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").strip();
  }

  private static String names(List<Transport> transports) {
    return transports.stream().map(Transport::name).collect(Collectors.joining(", "));
  }
}
