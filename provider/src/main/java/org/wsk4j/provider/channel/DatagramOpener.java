package org.wsk4j.provider.channel;

import java.io.IOException;
import org.wsk4j.provider.transport.DatagramPort;

/** Opens a UDP socket of the right kind, with the options that the client wants. */
@FunctionalInterface
interface DatagramOpener {
  /**
   * Opens a UDP socket; it is neither registered nor bound.
   *
   * @return the socket
   * @throws IOException what the system said
   */
  DatagramPort open() throws IOException;
}
