package org.wsk4j.connection;

import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/**
 * Called when the ideal send backlog of a connection has changed (WskSendBacklogEvent): how many
 * bytes should be outstanding to keep the connection busy. Advice only (SND-55). It must not wait.
 */
@FunctionalInterface
public interface WskSendBacklogEvent {
  /**
   * Takes note of a new ideal.
   *
   * @param socketContext the context given with the socket
   * @param idealBacklogSize the new ideal, in bytes; different from the one told before
   * @return SUCCESS; the value has no effect (SND-54)
   */
  NtStatus onSendBacklog(@Nullable Object socketContext, long idealBacklogSize);
}
