package org.wsk4j.provider.socket;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.provider.stats.ProviderStatistics;

/**
 * Where faults of clients go: a callback that throws is logged once with its socket and counted,
 * and the event loop goes on.
 *
 * <p>Threads: any.
 */
final class ClientFaults {
  private static final Logger LOG = LoggerFactory.getLogger(ClientFaults.class);

  private ClientFaults() {}

  static void report(
      ProviderStatistics statistics, AbstractSocket socket, String callback, Throwable fault) {
    statistics.clientFault();
    if (socket.firstFault()) {
      LOG.error(
          "{} of {} threw; further faults of this socket are only counted",
          callback,
          socket,
          fault);
    }
  }
}
