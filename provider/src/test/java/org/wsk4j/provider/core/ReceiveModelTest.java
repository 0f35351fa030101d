package org.wsk4j.provider.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.memory.DataIndication;
import org.wsk4j.socket.WskFlags;

/**
 * The receive queue under random operations, also from inside callbacks and completion routines,
 * against a model that knows the stream, how much of it was given out, and what waits.
 */
@Timeout(600)
class ReceiveModelTest {
  private static final int RECEIVE = WskEventCallbackControl.RECEIVE;
  private static final int DISCONNECT = WskEventCallbackControl.DISCONNECT;
  private static final long READ_AHEAD = 40;

  @Test
  @Rule({"RCV-06", "RCV-08", "RCV-50", "RCV-73"})
  void shouldGiveOutEachByteOnceAndInOrderAndCompleteEachRequestOnce() {
    ModelRun.run("Receive model", Episode::new);
  }

  private static final class Episode implements ModelRun.Episode {
    private final Random random;
    private final ReceivingClient client = new ReceivingClient(READ_AHEAD, 1000, 1000);
    private final ReceiveQueue queue = client.queue;
    private final int mostOperations;
    private int operations;
    private int nested;
    private @Nullable Throwable fault;

    // The stream: what has arrived, and how much of it was given out or dropped.
    private final StringBuilder stream = new StringBuilder();
    private int consumed;
    private boolean ended;
    private @Nullable NtStatus failure;
    private boolean resetByPeer;
    private boolean closed;

    // The requests.
    private final List<Receive> all = new ArrayList<>();
    private final Deque<Receive> waiting = new ArrayDeque<>();
    private @Nullable Receive cancelled;

    // The events.
    private int enabled;
    private int draining;
    private int running;
    private boolean suspended;
    private int gracefulReports;
    private int abortiveReports;

    Episode(Random random) {
      this.random = random;
      mostOperations = 20 + random.nextInt(150);
      client.onReceive = this::indicated;
      client.onDisconnect = this::disconnected;
    }

    @Override
    public int run() {
      while (operations < mostOperations && !closed) {
        operate(true);
        settle();
        checkRest();
      }
      close();
      settle();
      client.close();
      assertThat(waiting).isEmpty();
      assertThat(all).allSatisfy(request -> assertThat(request.completions).isOne());
      return operations;
    }

    private void settle() {
      while (client.hasWorkForLater()) {
        client.runLater();
      }
      client.log.clear();
      if (fault != null) {
        throw new AssertionError(fault);
      }
    }

    /** What a completion routine throws goes no further than its request. */
    private void guarded(Runnable work) {
      try {
        work.run();
      } catch (RuntimeException | AssertionError e) {
        fault = fault == null ? e : fault;
      }
    }

    // ---- Operations

    private void operate(boolean topmost) {
      operations++;
      int dice = random.nextInt(100);
      if (closed) {
        releaseSome();
      } else if (dice < 30) {
        arrive();
      } else if (dice < 62) {
        post();
      } else if (dice < 70) {
        enable();
      } else if (dice < 78) {
        disable();
      } else if (dice < 90) {
        cancelOrRelease(topmost);
      } else if (dice == 95) {
        end();
      } else if (dice == 96 && operations > 20) {
        fail();
      } else if (dice == 97 && operations > 40) {
        close();
      }
    }

    private void nestedOperations() {
      nested++;
      if (nested < 40) {
        int chance = nested == 1 ? 3 : 2;
        while (random.nextInt(4) < chance && operations < 2 * mostOperations) {
          operate(false);
          chance--;
        }
      }
      nested--;
    }

    private void arrive() {
      for (int pieces = random.nextInt(4); pieces > 0; pieces--) {
        String text = more(random.nextInt(12));
        queue.received(client.element(text));
        if (!ended && failure == null) {
          stream.append(text);
        }
      }
      queue.pump();
    }

    private String more(int count) {
      StringBuilder text = new StringBuilder();
      for (int i = stream.length(); i < stream.length() + count; i++) {
        text.append((char) ('!' + (i * 7 + i / 90) % 90));
      }
      return text.toString();
    }

    private void post() {
      Receive request = request();
      all.add(request);
      waiting.add(request);
      request.whenDone(() -> guarded(() -> completed(request)));
      request.then(() -> guarded(this::nestedOperations));
      if (random.nextInt(4) == 0) {
        request.irp.markPending();
        request.answer = NtStatus.PENDING;
        queue.receive(request.irp);
        queue.pump();
        return;
      }
      NtStatus answer = queue.receiveInline(request.irp);
      request.answer = answer;
      if (request.completions > 0) {
        assertThat(request.pendingReturned).isEqualTo(answer == NtStatus.PENDING);
      } else {
        assertThat(answer).isSameAs(NtStatus.PENDING);
      }
    }

    private Receive request() {
      String name = "r" + all.size();
      int dice = random.nextInt(12);
      if (dice == 0) {
        return Receive.of(name, WskFlags.DRAIN, 0);
      }
      int flags = dice < 5 ? WskFlags.WAITALL : 0;
      if (random.nextBoolean()) {
        return Receive.of(name, flags, random.nextInt(10));
      }
      int offset = random.nextInt(3);
      int first = 1 + random.nextInt(4);
      return Receive.chained(
          name, flags, offset, first, random.nextInt(3), random.nextInt(12), random.nextInt(3));
    }

    private void enable() {
      int events = random.nextInt(3) == 0 ? DISCONNECT : RECEIVE;
      client.gate.enable(events);
      enabled |= events;
      client.later(queue::pump);
    }

    private void disable() {
      int event = random.nextInt(3) == 0 ? DISCONNECT : RECEIVE;
      boolean drain = random.nextBoolean();
      NtStatus answer = client.gate.disable(event, drain);
      assertThat(answer).isSameAs(running == event ? NtStatus.PENDING : NtStatus.SUCCESS);
      enabled &= ~event;
      if (answer == NtStatus.PENDING && drain) {
        draining |= event;
        client.later(
            () -> {
              client.gate.drained();
              draining = 0;
              queue.pump();
            });
      }
    }

    private void cancelOrRelease(boolean topmost) {
      List<Receive> candidates = new ArrayList<>(waiting);
      if (!topmost || candidates.isEmpty() || random.nextInt(3) == 0) {
        releaseSome();
        return;
      }
      Receive request = candidates.get(random.nextInt(candidates.size()));
      cancelled = request;
      assertThat(queue.cancel(request.irp)).isTrue();
      assertThat(request.completions).isOne();
      assertThat(cancelled).isNull();
      assertThat(queue.cancel(request.irp)).isFalse();
    }

    private void releaseSome() {
      while (!client.retained.isEmpty() && random.nextBoolean()) {
        client.release(client.retained.get(random.nextInt(client.retained.size())));
      }
    }

    private void end() {
      ended = true;
      queue.endOfStream();
      queue.pump();
    }

    private void fail() {
      boolean byPeer = random.nextBoolean();
      NtStatus status = byPeer ? NtStatus.CONNECTION_RESET : NtStatus.CONNECTION_ABORTED;
      if (failure == null) {
        failure = status;
        resetByPeer = byPeer;
      }
      queue.fail(status, byPeer);
      queue.pump();
    }

    private void close() {
      closed = true;
      client.gate.shut();
      queue.close();
    }

    // ---- What the client sees

    private void completed(Receive request) {
      assertThat(request.completions).isOne();
      if (request.answer != null) {
        assertThat(request.pendingReturned).isTrue();
      }
      if (request == cancelled) {
        cancelled = null;
        waiting.remove(request);
        assertResult(request, NtStatus.CANCELLED);
        return;
      }
      assertThat(waiting.poll()).isSameAs(request);
      if (closed) {
        assertResult(request, NtStatus.CANCELLED);
        return;
      }
      suspended = false;
      if (failure != null) {
        assertResult(request, failure);
      } else {
        received(request);
      }
    }

    private static void assertResult(Receive request, NtStatus status) {
      assertThat(request.irp.status()).isSameAs(status);
      assertThat(request.irp.information()).isZero();
    }

    private void received(Receive request) {
      int available = stream.length() - consumed;
      assertThat(request.irp.status()).isSameAs(NtStatus.SUCCESS);
      assertThat(request.irp.information()).isLessThanOrEqualTo(request.length);
      if (isDrain(request)) {
        assertThat(ended).isTrue();
        assertThat(request.irp.information()).isZero();
        consumed = stream.length();
        return;
      }
      int count = Math.min(request.length, available);
      assertThat(request.irp.information()).isEqualTo(count);
      assertThat(request.data()).isEqualTo(stream.substring(consumed, consumed + count));
      assertThat(request.leftTheRestAlone()).isTrue();
      assertThat(count == request.length || ended || count > 0 && !waitsForAll(request)).isTrue();
      consumed += count;
    }

    private static boolean isDrain(Receive request) {
      return (request.irpFlags() & WskFlags.DRAIN) != 0;
    }

    private static boolean waitsForAll(Receive request) {
      return (request.irpFlags() & WskFlags.WAITALL) != 0;
    }

    private void assertMayBeCalled(int event) {
      assertThat(closed).isFalse();
      assertThat(running).isZero();
      assertThat(enabled & event).isEqualTo(event);
      assertThat(draining & event).isZero();
      running = event;
    }

    private NtStatus indicated(DataIndication first, long bytes, LongOut accepted) {
      assertMayBeCalled(RECEIVE);
      assertThat(suspended).isFalse();
      assertThat(waiting).isEmpty();
      assertThat(failure).isNull();
      assertThat(client.data).isEqualTo(stream.substring(consumed));
      NtStatus answer = answer(bytes, accepted);
      if (answer == NtStatus.PENDING && random.nextInt(3) == 0) {
        client.releaseInside(first);
      }
      nestedOperations();
      int taken = answer == NtStatus.PENDING ? (int) bytes : 0;
      if (answer == NtStatus.SUCCESS) {
        taken = (int) Math.max(0, Math.min(bytes, accepted.get()));
      }
      suspended = taken < bytes;
      consumed += taken;
      running = 0;
      return answer;
    }

    private NtStatus answer(long bytes, LongOut accepted) {
      switch (random.nextInt(8)) {
        case 0 -> accepted.set(random.nextInt((int) bytes + 2));
        case 1 -> accepted.set(-1);
        case 2 -> {
          accepted.set(1);
          return NtStatus.PENDING;
        }
        case 3 -> {
          return NtStatus.PENDING;
        }
        case 4 -> {
          return NtStatus.DATA_NOT_ACCEPTED;
        }
        case 5 -> {
          return NtStatus.INVALID_PARAMETER;
        }
        default -> {}
      }
      return NtStatus.SUCCESS;
    }

    private void disconnected() {
      assertMayBeCalled(DISCONNECT);
      if ((client.flags & WskFlags.ABORTIVE) != 0) {
        abortiveReports++;
        assertThat(resetByPeer).isTrue();
        assertThat(abortiveReports).isOne();
      } else {
        gracefulReports++;
        assertThat(ended).isTrue();
        assertThat(failure).isNull();
        assertThat(consumed).isEqualTo(stream.length());
        assertThat(gracefulReports).isOne();
      }
      nestedOperations();
      running = 0;
    }

    // ---- At rest: nothing is left to do

    private void checkRest() {
      Receive oldest = waiting.peek();
      if (closed) {
        assertThat(oldest).isNull();
        return;
      }
      if (oldest != null && isDrain(oldest)) {
        consumed = stream.length();
      }
      if (failure != null) {
        consumed = stream.length();
      }
      int available = stream.length() - consumed;
      if (oldest != null) {
        checkStuck(oldest, available);
      } else {
        boolean mayIndicate = isOpen(RECEIVE) && !suspended;
        assertThat(available == 0 || !mayIndicate).isTrue();
        assertThat(queue.backlog()).isEqualTo(available);
      }
      checkEnds(available);
      checkReading(oldest);
      long kept = client.retained.stream().mapToLong(DataIndication::indicatedBytes).sum();
      assertThat(client.account.bytes()).isEqualTo(kept);
    }

    private void checkStuck(Receive oldest, int available) {
      assertThat(failure).isNull();
      assertThat(ended).isFalse();
      if (waitsForAll(oldest)) {
        assertThat(available).isLessThan(oldest.length);
        assertThat(queue.backlog()).isIn(0L, (long) available);
      } else {
        assertThat(available).isZero();
        assertThat(queue.backlog()).isZero();
        assertThat(oldest.length > 0 || isDrain(oldest)).isTrue();
      }
    }

    private void checkEnds(int available) {
      if (isOpen(DISCONNECT)) {
        boolean over = ended && failure == null && available == 0;
        assertThat(gracefulReports > 0 || !over).isTrue();
        assertThat(abortiveReports).isEqualTo(resetByPeer ? 1 : 0);
      }
    }

    private void checkReading(@Nullable Receive oldest) {
      boolean taken = oldest != null || isOpen(RECEIVE) && !suspended;
      boolean wanted = taken || queue.backlog() < READ_AHEAD;
      assertThat(queue.wantsData()).isEqualTo(!ended && failure == null && wanted);
    }

    private boolean isOpen(int event) {
      return (enabled & ~draining & event) != 0;
    }
  }
}
