package org.wsk4j.provider.core;

/**
 * Where a socket stands in its life.
 *
 * <pre>
 *   CREATED ► BINDING ► BOUND ► CONNECTING ► CONNECTED ► SILENT
 *      ▲_________│                  │
 *                ▼                  ▼
 *            LISTENING            FAILED
 *
 *   a stream socket, once bound:
 *
 *   LISTENING ◄ OPENING ◄ BOUND ► CONNECTING ► CONNECTED ► SILENT
 *                  │______▲ ▲_________│
 *
 *   any of these ► DEAD          (the transport failed under us)
 *   any of these ► CLOSING ► CLOSED
 * </pre>
 */
public enum SocketPhase {
  /** Made, without an address. */
  CREATED,
  /** A bind is under way. */
  BINDING,
  /** It has a local address. */
  BOUND,
  /** A listen is under way. */
  OPENING,
  /** It waits for connections. */
  LISTENING,
  /** A connect is under way. */
  CONNECTING,
  /** It is one end of a connection, perhaps an ended one. */
  CONNECTED,
  /** A connect has failed; only the address queries and close are left. */
  FAILED,
  /** It is one end of a connection that it takes no part in any more; only close is left. */
  SILENT,
  /** The transport failed; only close is left. */
  DEAD,
  /** A close is under way. */
  CLOSING,
  /** It is gone. */
  CLOSED
}
