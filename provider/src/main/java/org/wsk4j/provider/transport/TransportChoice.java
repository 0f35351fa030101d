package org.wsk4j.provider.transport;

import java.util.stream.Collectors;

/**
 * The transport that was chosen, and how.
 *
 * @param transport the transport
 * @param automatic whether it was chosen as the best available, not by its name
 */
public record TransportChoice(Transport transport, boolean automatic) {

  /**
   * Describes the choice in one line, for the log: what was chosen and how, what it can do, and
   * what else there is or why not.
   *
   * @return the line
   */
  public String describe() {
    String others =
        Transports.all().stream()
            .filter(other -> other != transport)
            .map(TransportChoice::state)
            .collect(Collectors.joining("; "));
    String features =
        transport.features().stream().sorted().map(Enum::name).collect(Collectors.joining(" "));
    return "transport "
        + transport.name()
        + (automatic ? ", the preferred one here" : ", as asked for")
        + " ["
        + features
        + "]; "
        + others;
  }

  private static String state(Transport other) {
    return other.name()
        + (other.isAvailable()
            ? " is available too"
            : " is not available: " + Transports.reason(other));
  }
}
