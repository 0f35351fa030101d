package org.wsk4j.listen;

import org.jspecify.annotations.Nullable;
import org.wsk4j.control.WskInspectId;
import org.wsk4j.nt.NtStatus;

/**
 * Called when a request that was inspected, and accepted or pended, was dropped before it became a
 * socket (WskAbortEvent): at most once for each (INS-53). It must not wait.
 */
@FunctionalInterface
public interface WskAbortEvent {
  /**
   * Takes note that a request is gone.
   *
   * @param socketContext the context given with the listening socket
   * @param inspectId the request
   * @return SUCCESS; the value has no effect (INS-55)
   */
  NtStatus onAbort(@Nullable Object socketContext, WskInspectId inspectId);
}
