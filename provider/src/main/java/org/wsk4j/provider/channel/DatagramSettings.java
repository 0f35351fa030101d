package org.wsk4j.provider.channel;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.provider.control.SocketOptions;
import org.wsk4j.provider.transport.DatagramPort;
import org.wsk4j.provider.transport.SystemOption;

/**
 * Carries the options of a socket over to its UDP socket.
 *
 * <p>The receive buffer of the client bounds what we keep (OPT-28). The system's own is only where
 * a datagram passes through, and is made larger with it, never smaller: a datagram has to fit.
 *
 * <p>Threads: on the event loop of the socket.
 */
final class DatagramSettings {
  private static final Logger LOG = LoggerFactory.getLogger(DatagramSettings.class);

  private DatagramSettings() {}

  /** What may change at any time. */
  static void apply(DatagramPort port, SocketOptions options) throws IOException {
    port.setBroadcast(options.broadcast());
    port.describe(options.datagramDetails());
    port.setRaw(options.headerIncluded(), options.checksumOffset());
    if (options.requestedReceiveBuffer() > SocketOptions.DEFAULT_RECEIVE_BUFFER) {
      port.setReceiveBuffer(options.requestedReceiveBuffer());
    }
    options.system().forEach((option, value) -> set(port, option, value));
    port.optionsChanged();
  }

  /** What the system does not take now, such as an interface that has gone, ends nothing. */
  private static void set(DatagramPort port, SystemOption option, int value) {
    try {
      port.setOption(option, value);
    } catch (IOException | RuntimeException refused) {
      LOG.debug("{} = {} on {}", option, value, port, refused);
    }
  }
}
