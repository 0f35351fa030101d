package org.wsk4j.client;

import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/**
 * Called for events of a client as a whole (WskClientEvent). No such events are defined, so it is
 * never called (CLI-85). It must not wait.
 */
@FunctionalInterface
public interface WskClientEvent {
  /**
   * Takes note of an event.
   *
   * @param clientContext the context given with the registration
   * @param eventType which event
   * @param information what comes with it, or {@code null}; to be read during the call only
   * @param informationLength its length in bytes, or 0
   * @return NOT_IMPLEMENTED for events that it does not know
   */
  NtStatus onClientEvent(
      @Nullable Object clientContext,
      int eventType,
      @Nullable Object information,
      long informationLength);
}
