package org.wsk4j.provider.core;

import org.jspecify.annotations.Nullable;
import org.wsk4j.provider.memory.DataIndication;

/**
 * Received bytes that wait to be taken, in the order of the stream.
 *
 * <p>Threads: owned by one event loop.
 */
final class DataQueue {
  private @Nullable DataIndication head;
  private @Nullable DataIndication tail;
  private long bytes;
  private boolean shut;

  /** An element that is free, for the next data. */
  private @Nullable DataIndication spare;

  long bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return head == null;
  }

  @Nullable DataIndication head() {
    return head;
  }

  /** Puts data at the end; once the queue is shut, frees it. */
  void add(DataIndication data) {
    data.setFollowing(null);
    if (shut) {
      data.freeBuffered();
      return;
    }
    DataIndication last = tail;
    if (last == null) {
      head = data;
    } else {
      last.setFollowing(data);
    }
    tail = data;
    bytes += data.length();
  }

  /** Puts all of another queue in front; the other one is empty then. */
  void addFirst(DataQueue front) {
    DataIndication last = front.tail;
    if (last == null) {
      return;
    }
    last.setFollowing(head);
    if (head == null) {
      tail = last;
    }
    bytes += front.bytes;
    head = front.takeAll();
  }

  /** Takes bytes off the front element, which goes when it is used up. */
  void consumed(DataIndication first, int count) {
    bytes -= count;
    if (first.length() == 0) {
      removeFirst();
      first.freeBuffered();
      spare(first);
    }
  }

  /** Keeps an element that is free and that nobody knows. */
  void spare(DataIndication free) {
    free.setFollowing(null);
    spare = free;
  }

  /** {@return an element that is free, which leaves the queue; {@code null} if there is none} */
  @Nullable DataIndication takeSpare() {
    DataIndication free = spare;
    spare = null;
    return free;
  }

  /** Takes everything out, linked in order. */
  @Nullable DataIndication takeAll() {
    DataIndication all = head;
    head = null;
    tail = null;
    bytes = 0;
    return all;
  }

  /** Frees everything, and all that will come. */
  void shut() {
    shut = true;
    freeAll();
  }

  void freeAll() {
    for (DataIndication data = takeAll(); data != null; ) {
      DataIndication following = data.following();
      data.freeBuffered();
      data = following;
    }
  }

  private void removeFirst() {
    DataIndication first = head;
    if (first != null) {
      head = first.following();
      if (head == null) {
        tail = null;
      }
    }
  }
}
