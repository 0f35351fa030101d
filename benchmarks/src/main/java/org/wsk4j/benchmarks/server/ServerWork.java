package org.wsk4j.benchmarks.server;

import java.util.Locale;

/** What a server does with what it receives. */
public enum ServerWork {
  /** Answers all PINGs that have arrived together with one send. */
  PING,
  /** As {@link #PING}, but asks for what it receives, where a library knows that. */
  PING_POSTED,
  /** Answers each PING with a call of its own. */
  PING_EACH,
  /** Answers all PINGs that have arrived together with one send, from another thread. */
  PING_CROSS,
  /** Sends back what it receives. */
  ECHO,
  /** Sends back each datagram. */
  UDP;

  /** {@return the name on the command line of a server} */
  public String argument() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ServerWork of(String argument) {
    return valueOf(argument.toUpperCase(Locale.ROOT));
  }

  boolean isPing() {
    return this != ECHO && this != UDP;
  }
}
