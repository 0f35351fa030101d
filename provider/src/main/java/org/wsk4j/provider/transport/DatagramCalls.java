package org.wsk4j.provider.transport;

import java.io.IOException;

/** How the datagrams of one socket go through the system. */
interface DatagramCalls {
  /** As {@link DatagramPort#receive}. */
  int receive(IncomingDatagrams into) throws IOException;

  /** As {@link DatagramPort#send}. */
  int send(OutgoingDatagrams batch, int from) throws IOException;

  /** As {@link DatagramPort#describe}. */
  default void describe(DatagramDetails details) throws IOException {}

  /** As {@link DatagramPort#optionsChanged}. */
  default void optionsChanged() {}

  /** As {@link DatagramPort#isSegmenting}. */
  default boolean isSegmenting() {
    return false;
  }
}
