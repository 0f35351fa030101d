package org.wsk4j.provider.core;

import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.completion.IrpQueue;

/**
 * Brings connections to the requests that wait for them, oldest to oldest, and what no request
 * takes to the accept event.
 *
 * <p>As with received bytes, {@link #pump} alone does it, goes on while it makes progress, and
 * never nests. Connections that nobody takes wait here up to a bound; beyond it they wait in the
 * system. When the socket has begun to close, which shuts the gate, nothing is given out any more:
 * a request that still waits then is cancelled (IRP-49).
 *
 * <p>Threads: owned by the event loop of the listener.
 */
public final class AcceptQueue extends PumpedQueue {
  private static final int CONNECTION_EVENTS =
      WskEventCallbackControl.RECEIVE
          | WskEventCallbackControl.DISCONNECT
          | WskEventCallbackControl.SEND_BACKLOG;

  private final EventGate gate;
  private final Arrivals client;
  private final int mostWaiting;
  private final IrpQueue requests = new IrpQueue();
  private final ArrayDeque<Arrival> waiting = new ArrayDeque<>();
  private boolean dead;
  private boolean deathTold;

  /**
   * Makes an empty queue.
   *
   * @param gate which events may be called
   * @param client makes sockets and calls the accept event
   * @param mostWaiting how many connections are taken from the system while nobody accepts them
   * @param pumpLater has {@link #pump} called on the event loop, when what runs now has returned
   */
  public AcceptQueue(EventGate gate, Arrivals client, int mostWaiting, Runnable pumpLater) {
    super(pumpLater);
    this.gate = gate;
    this.client = client;
    this.mostWaiting = mostWaiting;
  }

  /** {@return whether more connections should be taken from the system now} */
  public boolean wantsArrivals() {
    return !requests.isEmpty()
        || gate.isOpen(WskEventCallbackControl.ACCEPT)
        || waiting.size() < mostWaiting;
  }

  /**
   * Takes a connection; {@link #pump} has to follow.
   *
   * @param arrival the connection
   */
  public void arrived(Arrival arrival) {
    waiting.add(arrival);
  }

  /** {@return how many connections wait} */
  int waiting() {
    return waiting.size();
  }

  /** Takes a connection back that is gone. */
  void remove(Arrival arrival) {
    waiting.remove(arrival);
  }

  /**
   * Takes a request made on the loop, and completes it inline if a connection waits.
   *
   * @param irp the request, with its {@link AcceptRequest} as the target, not marked pending
   * @return what the call has to return
   */
  public NtStatus acceptInline(Irp irp) {
    boolean inline = !isPumping() && requests.isEmpty() && !waiting.isEmpty() && !gate.isShut();
    if (inline && !Completions.isTooDeep()) {
      AcceptedSocket socket = serve(irp);
      if (socket != null) {
        NtStatus answer = Completions.finish(irp, NtStatus.SUCCESS, 0, socket.socket());
        socket.open();
        return answer;
      }
    }
    irp.markPending();
    requests.add(irp);
    if (inline) {
      pumpLater();
    }
    return NtStatus.PENDING;
  }

  /**
   * Takes a request that came from another thread; {@link #pump} has to follow.
   *
   * @param irp the request, with its {@link AcceptRequest} as the target, marked pending
   */
  public void accept(Irp irp) {
    requests.add(irp);
  }

  /**
   * Cancels a request.
   *
   * @param irp the request
   * @return whether it waited here
   */
  public boolean cancel(Irp irp) {
    if (!requests.remove(irp)) {
      return false;
    }
    irp.complete(NtStatus.CANCELLED);
    return true;
  }

  /**
   * Ends everything: requests end, waiting connections are reset.
   *
   * @param status what the requests are answered
   */
  public void close(NtStatus status) {
    for (Arrival arrival = waiting.poll(); arrival != null; arrival = waiting.poll()) {
      arrival.refuse();
    }
    for (Irp irp = requests.poll(); irp != null; irp = requests.poll()) {
      irp.complete(status);
    }
  }

  /**
   * Notes that the listener no longer functions: requests end, waiting connections are reset, and
   * the client is told through the accept event, if it is enabled; {@link #pump} has to follow.
   */
  public void die() {
    dead = true;
    close(NtStatus.FILE_FORCED_CLOSED);
  }

  @Override
  boolean step() {
    if (gate.isShut()) {
      return false;
    }
    return dead ? tellDeath() : !waiting.isEmpty() && (serveOldest() || indicate());
  }

  /** Once, if the accept event is enabled (ACC-55). */
  private boolean tellDeath() {
    if (deathTold || !gate.enter(WskEventCallbackControl.ACCEPT)) {
      return false;
    }
    deathTold = true;
    client.acceptDead();
    gate.leave(WskEventCallbackControl.ACCEPT);
    return true;
  }

  private boolean serveOldest() {
    Irp irp = requests.peek();
    if (irp == null) {
      return false;
    }
    AcceptedSocket socket = serve(irp);
    if (socket != null) {
      requests.poll();
      irp.complete(NtStatus.SUCCESS, 0, socket.socket());
      socket.open();
    }
    return true;
  }

  /** Makes the oldest connection the socket of a request; {@code null} if none could be made. */
  private @Nullable AcceptedSocket serve(Irp irp) {
    AcceptRequest request = (AcceptRequest) Objects.requireNonNull(irp.context().target);
    Arrival arrival = waiting.remove();
    AcceptedSocket socket = make(arrival);
    if (socket != null) {
      request.tell(arrival);
      socket.adopt(request.context(), request.dispatch());
    }
    return socket;
  }

  private boolean indicate() {
    if (!gate.enter(WskEventCallbackControl.ACCEPT)) {
      return false;
    }
    Arrival arrival = waiting.remove();
    AcceptedSocket socket = make(arrival);
    if (socket == null) {
      gate.leave(WskEventCallbackControl.ACCEPT);
    } else {
      offer(arrival, socket);
    }
    return true;
  }

  private @Nullable AcceptedSocket make(Arrival arrival) {
    AcceptedSocket socket = client.make(arrival);
    if (socket == null) {
      arrival.refuse();
    }
    return socket;
  }

  /** What follows the callback is not part of it: requests held back until then may complete. */
  private void offer(Arrival arrival, AcceptedSocket socket) {
    Out<Object> context = new Out<>();
    Out<WskClientConnectionDispatch> dispatch = new Out<>();
    int inherited = gate.enabled() & CONNECTION_EVENTS;
    socket.offered(dispatch, inherited);
    NtStatus answer = client.accept(arrival, socket, context, dispatch);
    gate.leave(WskEventCallbackControl.ACCEPT);
    if (answer == NtStatus.SUCCESS) {
      socket.adopt(context.get(), dispatch.get());
      socket.open();
    } else {
      socket.discard();
    }
  }
}
