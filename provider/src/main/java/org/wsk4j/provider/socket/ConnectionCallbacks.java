package org.wsk4j.provider.socket;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskDisconnectEvent;
import org.wsk4j.connection.WskReceiveEvent;
import org.wsk4j.connection.WskReceiveExEvent;
import org.wsk4j.connection.WskSendBacklogEvent;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskInspectId;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.channel.ConnectionOwner;
import org.wsk4j.provider.core.Arrival;
import org.wsk4j.provider.core.EventGate;
import org.wsk4j.provider.memory.DataIndication;
import org.wsk4j.provider.stats.SlowCallbackEvent;

/**
 * What a connection-oriented socket knows and calls: the peer, its context and its callbacks, and
 * the time between its arrival and the moment it is the client's.
 *
 * <p>Threads: callbacks on the event loop; the rest from any thread.
 */
final class ConnectionCallbacks implements ConnectionOwner {
  private static final int SEND_BACKLOG = WskEventCallbackControl.SEND_BACKLOG;

  private static final String RECEIVE_EVENT = "WskReceiveEvent";

  static final int EVENTS =
      WskEventCallbackControl.RECEIVE
          | WskEventCallbackControl.DISCONNECT
          | WskEventCallbackControl.SEND_BACKLOG;

  private final ConnectionSocket socket;

  /** The ideal send backlog that the client was told of last. Owned by the loop. */
  private long toldBacklog = -1;

  // Written before the socket is anybody's, or by the accept callback's end, before the gate opens.
  private volatile @Nullable Object context;
  private volatile @Nullable WskClientConnectionDispatch dispatch;
  private volatile @Nullable WskReceiveExEvent receiveExEvent;

  private volatile @Nullable SocketAddress remoteAddress;
  private volatile @Nullable WskInspectId inspectId;

  /**
   * The thread that runs the accept callback offering this socket, and where it leaves the table.
   */
  private volatile @Nullable Thread offering;

  private volatile @Nullable Out<WskClientConnectionDispatch> offeredDispatch;

  /** What waits for the end of the offer. Guarded by itself. */
  private final List<Runnable> afterOffer = new ArrayList<>(0);

  ConnectionCallbacks(ConnectionSocket socket) {
    this.socket = socket;
  }

  // ---- Knowledge

  void set(@Nullable Object newContext, @Nullable WskClientConnectionDispatch newDispatch) {
    context = newContext;
    dispatch = newDispatch;
  }

  void setReceiveExEvent(WskReceiveExEvent callback) {
    receiveExEvent = callback;
    socket.gate().enable(EventGate.RECEIVE_EX);
    socket.eventsChanged();
  }

  void accepted(Arrival arrival) {
    socket.localAddressIs(arrival.localAddress());
    remoteAddress = arrival.remoteAddress();
    inspectId = arrival.inspectId();
  }

  @Nullable SocketAddress remoteAddress() {
    return remoteAddress;
  }

  /** Under which identifier the connection was inspected, if it was. */
  @Nullable WskInspectId inspectId() {
    return inspectId;
  }

  /** The events for which there is a callback, judged inside an accept callback by what it set. */
  int implemented() {
    Out<WskClientConnectionDispatch> offered = offeredDispatch;
    return implemented(offered != null ? offered.get() : dispatch);
  }

  private static int implemented(@Nullable WskClientConnectionDispatch table) {
    if (table == null) {
      return 0;
    }
    return (table.receiveEvent() != null ? WskEventCallbackControl.RECEIVE : 0)
        | (table.disconnectEvent() != null ? WskEventCallbackControl.DISCONNECT : 0)
        | (table.sendBacklogEvent() != null ? WskEventCallbackControl.SEND_BACKLOG : 0);
  }

  // ---- The offer

  boolean isOfferedElsewhere() {
    Thread thread = offering;
    return thread != null && thread != Thread.currentThread();
  }

  void offer(Out<WskClientConnectionDispatch> place) {
    offeredDispatch = place;
    offering = Thread.currentThread();
  }

  /** Runs work when the offer has ended, or now if it has. */
  void afterOffer(Runnable work) {
    synchronized (afterOffer) {
      if (offering != null) {
        afterOffer.add(work);
        return;
      }
    }
    work.run();
  }

  /** The offer has ended, one way or the other. */
  void endOffer() {
    List<Runnable> waiting;
    synchronized (afterOffer) {
      offering = null;
      offeredDispatch = null;
      waiting = List.copyOf(afterOffer);
      afterOffer.clear();
    }
    waiting.forEach(Runnable::run);
  }

  // ---- What the network end reports

  @Override
  public void bound(SocketAddress reported) {
    socket.bound(reported);
  }

  @Override
  public void connected(SocketAddress local, SocketAddress remote) {
    socket.localAddressIs(Addresses.inFamily(local, socket.addressFamily()));
    remoteAddress = Addresses.inFamily(remote, socket.addressFamily());
    socket.enableStaticEvents();
  }

  @Override
  public void opened() {
    socket.requestEnded();
    socket.gate().letGo();
  }

  @Override
  public NtStatus receive(
      int event, DataIndication first, long bytes, LongOut accepted, int flags) {
    return callReceive(event, first, bytes, accepted, flags);
  }

  @Override
  public void dead(int event, int flags) {
    callReceive(event, null, 0, new LongOut(), flags);
  }

  private NtStatus callReceive(
      int event, @Nullable DataIndication first, long bytes, LongOut accepted, int flags) {
    SlowCallbackEvent timed = Callbacks.enter();
    NtStatus answer = null;
    try {
      answer = receiveNow(event, first, bytes, accepted, flags);
    } catch (RuntimeException | Error fault) {
      Callbacks.failed(socket, RECEIVE_EVENT, fault);
    } finally {
      Callbacks.leave(timed, RECEIVE_EVENT, socket);
    }
    return answer != null ? answer : NtStatus.DATA_NOT_ACCEPTED;
  }

  private @Nullable NtStatus receiveNow(
      int event, @Nullable DataIndication first, long bytes, LongOut accepted, int flags) {
    WskReceiveExEvent standIn = receiveExEvent;
    WskClientConnectionDispatch table = dispatch;
    WskReceiveEvent callback = table != null ? table.receiveEvent() : null;
    if (event == EventGate.RECEIVE_EX && standIn != null) {
      return standIn.onReceive(context, flags, first, bytes, null, accepted);
    }
    return callback != null ? callback.onReceive(context, flags, first, bytes, accepted) : null;
  }

  @Override
  public void disconnect(int flags) {
    WskClientConnectionDispatch table = dispatch;
    WskDisconnectEvent callback = table != null ? table.disconnectEvent() : null;
    if (callback != null) {
      Callbacks.call(socket, "WskDisconnectEvent", () -> callback.onDisconnect(context, flags));
    }
  }

  /** Tells the client of another ideal send backlog, if it wants to know and does not know. */
  @Override
  public void backlogChanged(long ideal) {
    WskClientConnectionDispatch table = dispatch;
    WskSendBacklogEvent callback = table != null ? table.sendBacklogEvent() : null;
    if (ideal == toldBacklog || callback == null || !socket.gate().enter(SEND_BACKLOG)) {
      return;
    }
    toldBacklog = ideal;
    Callbacks.call(socket, "WskSendBacklogEvent", () -> callback.onSendBacklog(context, ideal));
    socket.gate().leave(SEND_BACKLOG);
  }

  @Override
  public void neverMade() {
    socket.forget();
  }

  @Override
  public void closed(@Nullable Irp closeRequest) {
    // What belongs to the client is not used, and not kept from being collected, any more (CLS-14).
    set(null, null);
    receiveExEvent = null;
    socket.finishClose(closeRequest);
  }
}
