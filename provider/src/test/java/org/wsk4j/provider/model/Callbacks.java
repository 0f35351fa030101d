package org.wsk4j.provider.model;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.model.SocketModel.Fact;
import org.wsk4j.socket.WskFlags;

/**
 * The callbacks of a WSK end: whether they may come, and what they answer.
 *
 * <p>Threads: the event loop.
 */
final class Callbacks {
  static final int RECEIVE = WskEventCallbackControl.RECEIVE;
  static final int DISCONNECT = WskEventCallbackControl.DISCONNECT;
  static final int BACKLOG = WskEventCallbackControl.SEND_BACKLOG;

  private static final int RECEIVE_FLAGS =
      WskFlags.RELEASE_ASAP | WskFlags.ENTIRE_MESSAGE | WskFlags.AT_DISPATCH_LEVEL;

  private final WskEnd end;
  private final Journal journal;
  private final EventWatch receive;
  private final EventWatch disconnect;
  private final EventWatch backlog;
  private final @Nullable WskClientConnectionDispatch dispatch;

  private int receiveEvents;
  private boolean endTold;
  private boolean breakTold;
  private long lastBacklog;

  Callbacks(WskEnd end) {
    this.end = end;
    journal = end.journal();
    receive = new EventWatch(end.name() + " receive event", journal);
    disconnect = new EventWatch(end.name() + " disconnect event", journal);
    backlog = new EventWatch(end.name() + " backlog event", journal);
    WskClientConnectionDispatch table =
        WskClientConnectionDispatch.builder()
            .onReceive(this::onReceive)
            .onDisconnect(this::onDisconnect)
            .onSendBacklog(this::onBacklog)
            .build();
    dispatch = end.dice(6).oneIn(8) ? null : table;
  }

  @Nullable WskClientConnectionDispatch dispatch() {
    return dispatch;
  }

  /** {@return what watches an event} */
  EventWatch watch(int event) {
    return event == RECEIVE ? receive : event == DISCONNECT ? disconnect : backlog;
  }

  /** Events are about to be enabled. */
  void enabling(int events) {
    watched(events, EventWatch::enabling);
  }

  /** Events have been enabled. */
  void enabled(int events) {
    watched(events, EventWatch::enabled);
  }

  private void watched(int events, Consumer<EventWatch> what) {
    for (int event : new int[] {RECEIVE, DISCONNECT, BACKLOG}) {
      if ((events & event) != 0 && dispatch != null) {
        what.accept(watch(event));
      }
    }
  }

  /** Close has completed. */
  void closed() {
    receive.closed();
    disconnect.closed();
    backlog.closed();
  }

  // ---- The receive event

  private NtStatus onReceive(
      @Nullable Object context,
      int flags,
      @Nullable WskDataIndication first,
      long bytes,
      LongOut accepted) {
    receive.begins();
    NtStatus[] answer = {NtStatus.DATA_NOT_ACCEPTED};
    journal.guarded(
        () -> {
          journal.require(context == end, end + ": the receive event has a foreign context");
          journal.require((flags & ~RECEIVE_FLAGS) == 0, end + ": receive event flags " + flags);
          journal.require(!end.receives().isSuspended(), end + ": the receive event is suspended");
          journal.require(!endTold && !breakTold, end + ": data after the disconnect event");
          if (first == null) {
            journal.violation(end + " is dead");
          } else {
            answer[0] = indicated(first, bytes, accepted);
          }
        });
    receive.ends();
    return answer[0];
  }

  private NtStatus indicated(WskDataIndication first, long bytes, LongOut accepted) {
    byte[] data = Retained.bytesOf(first);
    journal.note(end + " is indicated " + bytes);
    journal.require(bytes == data.length && bytes > 0, end + ": the list has " + data.length);
    Dice dice = end.dice(7, ++receiveEvents);
    NtStatus answer = answer(dice, data.length, accepted);
    int taken = answer == NtStatus.SUCCESS ? data.length : 0;
    if (answer == NtStatus.PENDING) {
      taken = data.length;
      end.retained().keep(first, data);
    } else if (answer == NtStatus.SUCCESS) {
      taken = (int) Math.min(data.length, accepted.get());
    }
    end.in().take(data, taken);
    end.nest(dice);
    if (taken < data.length) {
      end.receives().suspend();
    }
    return answer;
  }

  private NtStatus answer(Dice dice, int bytes, LongOut accepted) {
    int kind = dice.below(20);
    if (kind < 5) {
      return NtStatus.PENDING;
    }
    if (end.isWinding()) {
      return NtStatus.SUCCESS;
    }
    switch (kind) {
      case 5, 6 -> accepted.set(dice.below(bytes + 2));
      case 7, 8 -> {
        return NtStatus.DATA_NOT_ACCEPTED;
      }
      case 9 -> {
        return NtStatus.INVALID_PARAMETER;
      }
      default -> {}
    }
    return NtStatus.SUCCESS;
  }

  // ---- The other events

  private NtStatus onDisconnect(@Nullable Object context, int flags) {
    disconnect.begins();
    journal.guarded(
        () -> {
          journal.note(end + " is told of the end, flags " + flags);
          boolean known = (flags & ~(WskFlags.ABORTIVE | WskFlags.AT_DISPATCH_LEVEL)) == 0;
          journal.require(context == end && known, end + ": disconnect event flags " + flags);
          if ((flags & WskFlags.ABORTIVE) != 0) {
            broken();
          } else {
            ended();
          }
          end.nest(end.dice(8, flags));
        });
    disconnect.ends();
    return NtStatus.SUCCESS;
  }

  private void ended() {
    boolean first = !endTold && !breakTold;
    journal.require(first && end.model().mayFarHaveEnded(), end + " must not be told of the end");
    endTold = true;
    end.in().end();
  }

  private void broken() {
    boolean first = !breakTold;
    journal.require(first && end.model().mayFarHaveBroken(), end + " must not be told of a break");
    breakTold = true;
    end.model().surely(Fact.BREAK_SEEN);
  }

  private NtStatus onBacklog(@Nullable Object context, long ideal) {
    backlog.begins();
    journal.guarded(
        () -> {
          journal.note(end + " is told of the ideal backlog " + ideal);
          boolean news = context == end && ideal > 0 && ideal != lastBacklog;
          journal.require(news, end + " must not be told of the backlog " + ideal);
          lastBacklog = ideal;
          end.nest(end.dice(9, ideal));
        });
    backlog.ends();
    return NtStatus.SUCCESS;
  }
}
