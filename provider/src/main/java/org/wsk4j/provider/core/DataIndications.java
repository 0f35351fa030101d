package org.wsk4j.provider.core;

import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.memory.DataIndication;
import org.wsk4j.provider.memory.RetainAccount;
import org.wsk4j.socket.WskFlags;

/**
 * Shows buffered bytes to the client through its receive event, and does with them what the answer
 * says.
 *
 * <p>When the client does not take all of it, indications are suspended until a receive has
 * completed (OPB-26). When the client keeps too much, they wait until it has released some of it
 * (OPB-28).
 *
 * <p>Threads: owned by the event loop of the socket.
 */
final class DataIndications {
  private final EventGate gate;
  private final Indications client;
  private final RetainAccount retained;
  private final DataQueue data;
  private final Runnable whenLower;
  private final LongOut accepted = new LongOut();

  private boolean suspended;

  /**
   * Makes one that is not suspended.
   *
   * @param gate which events may be called
   * @param client the callbacks
   * @param retained counts what the client keeps
   * @param data what is buffered
   * @param whenLower runs when the client kept too much and has released some of it
   */
  DataIndications(
      EventGate gate,
      Indications client,
      RetainAccount retained,
      DataQueue data,
      Runnable whenLower) {
    this.gate = gate;
    this.client = client;
    this.retained = retained;
    this.data = data;
    this.whenLower = whenLower;
  }

  /** A receive has completed: what is buffered may be shown again. */
  void resume() {
    suspended = false;
  }

  /** Whether data could be shown now if there were some. */
  boolean isOpen() {
    return !suspended && gate.isOpen(event());
  }

  /** The callback that stands in for the receive event, where one is set, replaces it (OPB-45). */
  private int event() {
    return gate.receiveEvent();
  }

  /** Whether the client keeps so much that nothing is shown until it has released some of it. */
  boolean isFull() {
    return retained.isFull(whenLower);
  }

  /** Shows what is buffered; {@return whether the client was called} */
  boolean indicate() {
    DataIndication list = data.head();
    int event = event();
    if (list == null || !isOpen() || isFull() || !gate.enter(event)) {
      return false;
    }
    long bytes = data.bytes();
    data.takeAll();
    for (DataIndication each = list; each != null; each = each.following()) {
      each.indicate();
    }
    accepted.set(bytes);
    NtStatus answer = client.receive(event, list, bytes, accepted, flags());
    gate.leave(event);
    settle(list, bytes, answer);
    return true;
  }

  private int flags() {
    return retained.isHigh()
        ? WskFlags.AT_DISPATCH_LEVEL | WskFlags.RELEASE_ASAP
        : WskFlags.AT_DISPATCH_LEVEL;
  }

  private void settle(DataIndication list, long bytes, NtStatus answer) {
    if (answer == NtStatus.PENDING) {
      keep(list);
      return;
    }
    long taken = answer == NtStatus.SUCCESS ? Math.max(0, Math.min(accepted.get(), bytes)) : 0;
    suspended = taken < bytes;
    giveBack(list, taken);
  }

  private static void keep(DataIndication list) {
    for (DataIndication each = list; each != null; ) {
      DataIndication following = each.following();
      each.setFollowing(null);
      each.keep();
      each = following;
    }
  }

  /** Frees the accepted prefix and buffers the rest again, ahead of what came meanwhile. */
  private void giveBack(DataIndication list, long taken) {
    DataIndication newer = data.takeAll();
    long left = taken;
    for (DataIndication each = list; each != null; ) {
      DataIndication following = each.following();
      int length = each.indicatedBytes();
      if (left >= length) {
        if (each.freeIndicated()) {
          data.spare(each);
        }
      } else if (each.takeBack()) {
        each.skip((int) left);
        data.add(each);
      }
      left = Math.max(0, left - length);
      each = following;
    }
    addAll(newer);
  }

  private void addAll(@Nullable DataIndication list) {
    for (DataIndication each = list; each != null; ) {
      DataIndication following = each.following();
      data.add(each);
      each = following;
    }
  }
}
