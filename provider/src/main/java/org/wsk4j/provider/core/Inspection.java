package org.wsk4j.provider.core;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.WskInspectId;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskInspectAction;

/**
 * A connection under conditional accept, from its arrival until it is a socket or gone.
 *
 * <pre>
 *   ARRIVED ► ASKED ► PENDED ► ACCEPTED ► OVER      (a socket, aborted, rejected or closed)
 *               │________________▲
 *   from any of these to OVER
 * </pre>
 *
 * <p>Threads: owned by the event loop of the listener.
 */
final class Inspection implements Arrival {
  /** How far it has come. */
  enum Phase {
    /** The client has not heard of it. */
    ARRIVED,
    /** The inspect event runs. */
    ASKED,
    /** The client will decide later. */
    PENDED,
    /** It waits to become a socket. */
    ACCEPTED,
    /** It has become a socket, or was dropped. */
    OVER
  }

  private final WatchableArrival network;
  private final WskInspectId id;
  private final Runnable lost;
  private boolean watched;
  private @Nullable InspectDecision early;
  private @Nullable Irp earlyRequest;

  Phase phase = Phase.ARRIVED;

  /**
   * Makes one of a connection that has arrived.
   *
   * @param network the connection
   * @param id its identifier
   * @param inspections where it belongs
   */
  Inspection(WatchableArrival network, WskInspectId id, InspectQueue inspections) {
    this.network = network;
    this.id = id;
    this.lost = () -> inspections.dropped(this);
  }

  /** Watches for the peer going away, if that was not begun before. */
  void watch() {
    if (!watched) {
      watched = true;
      network.watch(lost);
    }
  }

  /** Drops the connection, and tells nobody. */
  void drop() {
    phase = Phase.OVER;
    network.refuse();
  }

  // ---- A decision that comes while the inspect event still runs

  boolean isDecided() {
    return early != null;
  }

  void decideEarly(InspectDecision decision, Irp request) {
    early = decision;
    earlyRequest = request;
  }

  /** {@return what a pend amounts to: the decision that was made already, if there is one} */
  WskInspectAction pended() {
    return early != null ? early.action() : WskInspectAction.PEND;
  }

  /** {@return the request that made the early decision, if any; it has to be completed} */
  @Nullable Irp earlyRequest() {
    return earlyRequest;
  }

  // ---- As the accept queue sees it

  @Override
  public SocketAddress localAddress() {
    return network.localAddress();
  }

  @Override
  public SocketAddress remoteAddress() {
    return network.remoteAddress();
  }

  @Override
  public WskInspectId inspectId() {
    return id;
  }

  @Override
  public Arrival take() {
    phase = Phase.OVER;
    return network.take();
  }

  /** No socket could be made of it: the client has accepted it, so it hears that it is gone. */
  @Override
  public void refuse() {
    lost.run();
  }

  @Override
  public String toString() {
    return network.toString();
  }
}
