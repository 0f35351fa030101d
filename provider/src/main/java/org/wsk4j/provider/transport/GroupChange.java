package org.wsk4j.provider.transport;

/** What can be done about the multicast groups of a UDP socket. */
public enum GroupChange {
  /** Hears a group, whoever sends to it. */
  JOIN(42),
  /** Hears a group no more. */
  LEAVE(45),
  /** Hears one sender of a joined group no more. */
  BLOCK(43),
  /** Hears a sender again that was blocked. */
  UNBLOCK(44),
  /** Hears a group, from one sender; several may be joined one by one. */
  JOIN_SOURCE(46),
  /** Hears a sender no more that was joined by itself. */
  LEAVE_SOURCE(47);

  /** The option that does it, on Linux. */
  final int linuxNumber;

  GroupChange(int linuxNumber) {
    this.linuxNumber = linuxNumber;
  }

  /** {@return whether it begins to hear something} */
  public boolean isJoin() {
    return this == JOIN || this == JOIN_SOURCE;
  }

  /** {@return whether it concerns one sender} */
  public boolean needsSource() {
    return this != JOIN && this != LEAVE;
  }
}
