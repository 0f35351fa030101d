package org.wsk4j.provider.core;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.completion.IrpQueue;
import org.wsk4j.provider.memory.DatagramCopies;
import org.wsk4j.provider.memory.DatagramIndication;
import org.wsk4j.provider.memory.RetainAccount;
import org.wsk4j.socket.WskFlags;

/**
 * Brings received datagrams to the requests that wait for them, and what no request takes to the
 * receive event.
 *
 * <p>A datagram goes into the oldest request; if none waits, it is buffered, and {@link #pump},
 * which follows when all that was there has been taken from the network, shows what is buffered to
 * the client as one list. If the event is not enabled either, datagrams are buffered up to the
 * receive buffer of the socket, and what comes beyond it is dropped and counted (DGR-40).
 *
 * <p>The pump goes on while it makes progress. A callback or completion routine that calls back in
 * here finds it running, leaves its request in the queue and returns. So nothing nests, requests
 * come before the event, and every datagram is given out once, in the order of arrival.
 *
 * <p>When the socket has begun to close, which shuts the gate, nothing is given out any more.
 *
 * <p>Threads: owned by the event loop of the socket.
 */
public final class DatagramReceiveQueue extends PumpedQueue {
  private static final int EVENT = WskEventCallbackControl.RECEIVE_FROM;

  private final EventGate gate;
  private final DatagramIndications client;
  private final DatagramCopies copies;
  private final LongSupplier mostBuffered;
  private final IntConsumer dropped;

  private final IrpQueue requests = new IrpQueue();
  private final Deque<DatagramIndication> data = new ArrayDeque<>(0);

  private long bytes;
  private boolean tellDeath;
  private @Nullable NtStatus failure;

  /** What the network has reported, for the request that comes when all data is taken. */
  private @Nullable NtStatus report;

  /**
   * Makes an empty queue.
   *
   * @param gate whether the event may be called
   * @param client the callback
   * @param retained counts what the client keeps
   * @param mostBuffered how many bytes are buffered while nobody takes them
   * @param dropped takes note of a datagram that found no room, given its length
   * @param pumpLater has {@link #pump} called on the event loop, when what runs now has returned
   */
  public DatagramReceiveQueue(
      EventGate gate,
      DatagramIndications client,
      RetainAccount retained,
      LongSupplier mostBuffered,
      IntConsumer dropped,
      Runnable pumpLater) {
    super(pumpLater);
    this.gate = gate;
    this.client = client;
    copies = new DatagramCopies(retained);
    this.mostBuffered = mostBuffered;
    this.dropped = dropped;
  }

  /** {@return how many received bytes nobody has taken yet} */
  public long backlog() {
    return bytes;
  }

  /**
   * Takes a request made on the loop, and completes it inline if it can.
   *
   * @param irp the request, begun and not marked pending
   * @return what the call has to return
   */
  public NtStatus receiveInline(Irp irp) {
    boolean now =
        !isPumping() && requests.isEmpty() && !gate.isShut() && (failure != null || hasNews());
    if (now && !Completions.isTooDeep()) {
      NtStatus status = serve(irp);
      return Completions.finish(irp, status, ReceiveFrom.stored(irp), null);
    }
    irp.markPending();
    requests.add(irp);
    if (now) {
      pumpLater();
    }
    return NtStatus.PENDING;
  }

  /**
   * Takes a request that came from another thread; {@link #pump} has to follow.
   *
   * @param irp the request, begun and marked pending
   */
  public void receive(Irp irp) {
    requests.add(irp);
  }

  /**
   * Says that datagrams have come together.
   *
   * @param total how many bytes they have
   */
  public void expect(long total) {
    copies.expect(total);
  }

  /**
   * Takes a received datagram; {@link #pump} has to follow, after further ones if there are some.
   *
   * @param datagram what remains of this buffer, which is free again when the call returns
   * @param sender where it came from
   * @param flags how it was sent: MSG_BCAST, MSG_MCAST or 0
   * @param control the control information that came with it, or {@code null}
   */
  public void arrived(
      ByteBuffer datagram, SocketAddress sender, int flags, @Nullable ControlInfo control) {
    if (failure != null || gate.isShut()) {
      return;
    }
    Irp irp = data.isEmpty() ? requests.poll() : null;
    if (irp != null) {
      copies.skip(datagram.remaining());
      NtStatus status = ReceiveFrom.store(irp, datagram, sender, flags, control);
      irp.complete(status, ReceiveFrom.stored(irp), null);
    } else if (gate.isOpen(EVENT) || bytes < mostBuffered.getAsLong()) {
      addLast(copies.copyOf(datagram, sender, flags, control));
    } else {
      dropped.accept(datagram.remaining());
    }
  }

  /**
   * Takes what the network has reported of a datagram that was sent: the request that is next fails
   * with it, and no other; {@link #pump} has to follow. A second report before that is the same.
   *
   * @param status what that request is answered
   */
  public void reported(NtStatus status) {
    report = status;
  }

  private boolean hasNews() {
    return report != null || !data.isEmpty();
  }

  /**
   * Notes that the socket no longer functions: what is buffered is lost, all requests fail, and the
   * client is told through the event, if it is enabled; {@link #pump} follows.
   */
  public void die() {
    failure = NtStatus.FILE_FORCED_CLOSED;
    tellDeath = true;
    freeAll();
  }

  /**
   * Cancels a request.
   *
   * @param irp the request
   * @return whether it was waiting here
   */
  public boolean cancel(Irp irp) {
    if (!requests.remove(irp)) {
      return false;
    }
    irp.complete(NtStatus.CANCELLED);
    return true;
  }

  /**
   * Ends everything because the socket closes: requests are cancelled, what is buffered is lost.
   */
  public void close() {
    failure = NtStatus.CANCELLED;
    tellDeath = false;
    freeAll();
    for (Irp irp = requests.poll(); irp != null; irp = requests.poll()) {
      irp.complete(NtStatus.CANCELLED);
    }
  }

  @Override
  boolean step() {
    copies.finish();
    return !gate.isShut() && (serveOldest() || indicate() || tellDeath());
  }

  // ---- Requests

  private boolean serveOldest() {
    if (failure == null && !hasNews()) {
      return false;
    }
    Irp irp = requests.poll();
    if (irp == null) {
      return false;
    }
    NtStatus status = serve(irp);
    irp.complete(status, ReceiveFrom.stored(irp), null);
    return true;
  }

  /** What a request is answered; the oldest datagram is in its memory. */
  private NtStatus serve(Irp irp) {
    NtStatus failed = failure;
    if (failed != null) {
      return failed;
    }
    DatagramIndication oldest = data.pollFirst();
    if (oldest == null) {
      NtStatus told = report;
      report = null;
      return told != null ? told : NtStatus.UNSUCCESSFUL;
    }
    bytes -= charge(oldest);
    NtStatus status =
        ReceiveFrom.store(
            irp, oldest.bytes(), oldest.remoteAddress(), oldest.flags(), oldest.controlInfo());
    oldest.freeBuffered();
    return status;
  }

  // ---- The event

  private boolean indicate() {
    if (data.isEmpty() || !gate.enter(EVENT)) {
      return false;
    }
    List<DatagramIndication> list = takeAlike();
    DatagramIndication following = null;
    for (int i = list.size() - 1; i >= 0; i--) {
      list.get(i).indicate(following);
      following = list.get(i);
    }
    DatagramIndication first = list.get(0);
    NtStatus answer = client.receiveFrom(first, first.flags() | WskFlags.AT_DISPATCH_LEVEL);
    gate.leave(EVENT);
    settle(list, answer);
    return true;
  }

  /** Those that were sent in the same way, and follow each other: they make one list (DGR-60). */
  private List<DatagramIndication> takeAlike() {
    List<DatagramIndication> list = new ArrayList<>(data.size());
    DatagramIndication next = data.peekFirst();
    int flags = next != null ? next.flags() : 0;
    while (next != null && next.flags() == flags) {
      data.pollFirst();
      bytes -= charge(next);
      list.add(next);
      next = data.peekFirst();
    }
    return list;
  }

  private void settle(List<DatagramIndication> list, NtStatus answer) {
    if (answer == NtStatus.PENDING) {
      list.forEach(DatagramIndication::keep);
    } else if (answer.isSuccess() || !disable()) {
      list.forEach(DatagramIndication::freeIndicated);
    } else {
      takeBack(list);
    }
  }

  /**
   * The client accepts nothing: the event is disabled, unless it was enabled statically; then it
   * stays, and what was refused is dropped (DGR-68, DGR-72, DGR-73).
   */
  private boolean disable() {
    return gate.disable(EVENT, false) != NtStatus.NOT_SUPPORTED;
  }

  /** Refused datagrams are the oldest ones again. */
  private void takeBack(List<DatagramIndication> list) {
    for (int i = list.size() - 1; i >= 0; i--) {
      DatagramIndication each = list.get(i);
      if (failure != null) {
        each.freeIndicated();
      } else if (each.takeBack()) {
        data.addFirst(each);
        bytes += charge(each);
      }
    }
  }

  private boolean tellDeath() {
    if (!tellDeath || !gate.enter(EVENT)) {
      return false;
    }
    tellDeath = false;
    client.dead(WskFlags.AT_DISPATCH_LEVEL);
    gate.leave(EVENT);
    return true;
  }

  // ---- What is buffered

  private void addLast(DatagramIndication datagram) {
    data.addLast(datagram);
    bytes += charge(datagram);
  }

  /** Datagrams without data take room too, or there would be no end of them. */
  private static long charge(DatagramIndication datagram) {
    return Math.max(1, datagram.length());
  }

  private void freeAll() {
    copies.finish();
    data.forEach(DatagramIndication::freeBuffered);
    data.clear();
    bytes = 0;
  }
}
