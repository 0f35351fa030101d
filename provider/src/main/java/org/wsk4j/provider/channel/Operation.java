package org.wsk4j.provider.channel;

import org.wsk4j.irp.Irp;

/**
 * What a request asks of its channel: the number in its context.
 *
 * <p>The requests of one channel are told apart by it when they reach the event loop.
 */
public enum Operation {
  /** Take a local address; the target is the address. */
  BIND,
  /** Listen at the address that is reserved; the target is that address. */
  LISTEN,
  /** Connect; the target is the address of the peer. */
  CONNECT,
  /** Bind, then connect; the target is a {@link ConnectTarget}. */
  SOCKET_CONNECT,
  /** Send the region. */
  SEND,
  /** Receive into the region. */
  RECEIVE,
  /** Send the region, if any, then end the sending side. */
  DISCONNECT,
  /** Reset the connection. */
  ABORT,
  /** Begin TLS; the target is the {@link TlsOwner}. */
  SECURE,
  /** Accept a connection; the target is the request. */
  ACCEPT,
  /** Decide about a pended connection; the target is the decision. */
  INSPECT_COMPLETE,
  /** Send one datagram, the region, or a list of them, the argument; the target is the remote. */
  SEND_TO,
  /** Receive a datagram into the region; the target says where its other outputs go. */
  RECEIVE_FROM;

  private static final Operation[] ALL = values();

  /**
   * Marks a request.
   *
   * @param irp the request
   */
  public void mark(Irp irp) {
    irp.context().operation = ordinal();
  }

  /**
   * {@return what a request asks for}
   *
   * @param irp the request
   */
  public static Operation of(Irp irp) {
    return ALL[irp.context().operation];
  }
}
