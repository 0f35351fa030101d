package org.wsk4j.provider.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.nt.NtStatus;

/**
 * The lists of data that one socket's client keeps: released whole or in parts, in any order, and
 * unchanged until then.
 *
 * <p>Threads: any.
 */
final class Retained {
  /** A list, and what it held when it came. */
  private record Kept(WskDataIndication first, byte[] bytes) {}

  private final String name;
  private final Journal journal;
  private final List<Kept> lists = new ArrayList<>();

  Retained(String name, Journal journal) {
    this.name = name;
    this.journal = journal;
  }

  /** Keeps a list. */
  synchronized void keep(WskDataIndication first, byte[] bytes) {
    lists.add(new Kept(first, bytes));
  }

  synchronized boolean isEmpty() {
    return lists.isEmpty();
  }

  /** Releases one list, or a part of it. */
  void releaseOne(WskConnectionSocket socket, Dice dice) {
    Kept kept = takeAny(dice);
    if (kept == null) {
      return;
    }
    journal.operation(name + " releases");
    if (dice.oneIn(3) && kept.first.next() != null) {
      keepRest(kept);
    }
    release(socket, kept.first);
    if (dice.oneIn(4)) {
      NtStatus again = socket.release(kept.first);
      journal.require(again == NtStatus.INVALID_PARAMETER, name + " released twice: " + again);
    }
  }

  /** Releases everything. */
  void releaseAll(WskConnectionSocket socket, Dice dice) {
    while (!isEmpty()) {
      releaseOne(socket, dice);
    }
  }

  /** Offers a list to a socket that it does not belong to. */
  synchronized void offerTo(WskConnectionSocket stranger) {
    if (!lists.isEmpty()) {
      journal.operation(name + " is released elsewhere");
      NtStatus answer = stranger.release(lists.get(0).first);
      journal.require(answer == NtStatus.INVALID_PARAMETER, name + " was released by a stranger");
    }
  }

  private synchronized @Nullable Kept takeAny(Dice dice) {
    if (lists.isEmpty()) {
      return null;
    }
    Kept kept = lists.remove(dice.below(lists.size()));
    byte[] now = bytesOf(kept.first);
    journal.require(Arrays.equals(now, kept.bytes), name + ": kept data has changed");
    return kept;
  }

  /** Cuts the list behind its first element. */
  private void keepRest(Kept kept) {
    WskDataIndication rest = kept.first.next();
    kept.first.setNext(null);
    if (rest != null) {
      keep(rest, bytesOf(rest));
    }
  }

  private void release(WskConnectionSocket socket, WskDataIndication first) {
    NtStatus answer = socket.release(first);
    journal.require(answer == NtStatus.SUCCESS, name + " cannot be released: " + answer);
  }

  /** {@return the bytes of a list} */
  static byte[] bytesOf(WskDataIndication first) {
    if (first.next() == null) {
      return first.buffer().toByteArray();
    }
    return org.wsk4j.provider.testing.Bytes.of(first);
  }
}
