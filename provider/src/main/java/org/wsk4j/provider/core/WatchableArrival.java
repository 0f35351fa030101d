package org.wsk4j.provider.core;

/**
 * A connection that can be kept from the client for as long as it takes to decide about it.
 *
 * <p>Threads: used on the event loop of the listener.
 */
public interface WatchableArrival extends Arrival {
  /**
   * Begins to watch whether the peer is still there; at most once. What the peer sends meanwhile is
   * kept for the socket.
   *
   * @param whenGone runs once, on the event loop of the listener but not inside this call, if the
   *     peer has gone away; it may still come when the connection has been taken or refused
   */
  void watch(Runnable whenGone);
}
