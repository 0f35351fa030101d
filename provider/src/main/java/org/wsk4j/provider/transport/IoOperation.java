package org.wsk4j.provider.transport;

/** What was being done when the system reported an error: some errors mean different things. */
public enum IoOperation {
  /** Making a socket. */
  OPEN,
  /** Giving it its local address. */
  BIND,
  /** Listening for connections, and taking them. */
  ACCEPT,
  /** Making a connection. */
  CONNECT,
  /** Sending on a connection. */
  SEND,
  /** Receiving on a connection. */
  RECEIVE,
  /** Ending a connection, or one direction of it. */
  DISCONNECT,
  /** Sending a datagram. */
  SEND_TO,
  /** Receiving a datagram. */
  RECEIVE_FROM,
  /** Options and all other controls. */
  CONTROL;

  /** {@return whether it is done on a connection, which exists until something ends it} */
  boolean needsConnection() {
    return this == SEND || this == RECEIVE || this == DISCONNECT;
  }

  /** {@return whether it moves a datagram} */
  boolean movesDatagram() {
    return this == SEND_TO || this == RECEIVE_FROM;
  }
}
