package org.wsk4j.provider.transport;

/**
 * The memory through which datagrams pass: one for all sockets of an event loop, since it is empty
 * again whenever a call of the system has been dealt with.
 *
 * <p>Threads: its event loop alone.
 */
public final class DatagramMemory {
  private final IncomingDatagrams incoming = new IncomingDatagrams();
  private final OutgoingDatagrams outgoing = new OutgoingDatagrams();

  /** Makes it; most of it is allocated when it is first used. */
  public DatagramMemory() {}

  /** {@return for those that are received} */
  public IncomingDatagrams incoming() {
    return incoming;
  }

  /** {@return for those that are to be sent} */
  public OutgoingDatagrams outgoing() {
    return outgoing;
  }
}
