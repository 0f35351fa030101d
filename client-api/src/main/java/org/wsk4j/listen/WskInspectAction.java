package org.wsk4j.listen;

/**
 * What to do with a request for a connection (WSK_INSPECT_ACTION). The ordinal is the C value
 * (INS-26).
 */
public enum WskInspectAction {
  /** Drop it. */
  REJECT,
  /** Let it proceed. */
  ACCEPT,
  /** Decide later, with {@code inspectComplete}. */
  PEND
}
