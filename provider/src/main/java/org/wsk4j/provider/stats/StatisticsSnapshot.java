package org.wsk4j.provider.stats;

import java.util.Map;
import org.wsk4j.socket.WskSocketCategory;

/**
 * The numbers of a provider at about one moment. While it works, the numbers may be of slightly
 * different moments; when nothing moves they are exact.
 *
 * @param openSockets how many sockets of each category exist; every category is there
 * @param traffic what the event loops have done
 * @param requestsInFlight requests of clients that have not completed
 * @param retainedBytes bytes of indications that clients keep
 * @param clientFaults exceptions that clients let escape from callbacks and completion routines
 */
public record StatisticsSnapshot(
    Map<WskSocketCategory, Long> openSockets,
    Traffic traffic,
    long requestsInFlight,
    long retainedBytes,
    long clientFaults) {

  /** {@return whether no socket, no request and no retained byte is left} */
  public boolean nothingOutstanding() {
    return requestsInFlight == 0
        && retainedBytes == 0
        && openSockets.values().stream().allMatch(count -> count == 0);
  }
}
