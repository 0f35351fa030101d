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
import org.wsk4j.nt.NtStatus;

/**
 * The send queue under random operations, also from inside completion routines, against a model
 * that knows what was asked for and what the wire has to show.
 */
@Timeout(600)
class SendModelTest {
  @Test
  @Rule({"SND-04", "SND-08", "SND-10", "DSC-24"})
  void shouldPutRequestsOnTheWireAndCompleteThemInTheOrderOfTheCalls() {
    ModelRun.run("Send model", Episode::new);
  }

  private static final class Episode implements ModelRun.Episode {
    private final Random random;
    private final SendingSystem system = new SendingSystem();
    private final int mostOperations;
    private int operations;
    private int nested;
    private @Nullable Throwable fault;

    private final List<Send> all = new ArrayList<>();

    /**
     * What was asked for and has not completed; for a cancelled disconnect only its data, if that
     * has begun to go out.
     */
    private final Deque<Object> waiting = new ArrayDeque<>();

    private final StringBuilder expectedWire = new StringBuilder();
    private @Nullable Send cancelled;

    /** Whether the data of the request that is cancelled goes out all the same. */
    private boolean goesOn;

    private @Nullable NtStatus failure;
    private boolean ended;

    Episode(Random random) {
      this.random = random;
      mostOperations = 20 + random.nextInt(100);
    }

    @Override
    public int run() {
      while (operations < mostOperations) {
        operate(true);
        checkRest();
      }
      if (random.nextBoolean()) {
        breakOff();
      }
      system.queue.flush();
      while (system.isBusy()) {
        system.proceed();
        system.queue.flush();
      }
      checkRest();
      assertThat(waiting).isEmpty();
      assertThat(system.queue.outstandingBytes()).isZero();
      assertThat(all).allSatisfy(request -> assertThat(request.completions).isOne());
      return operations;
    }

    private void operate(boolean topmost) {
      operations++;
      int dice = random.nextInt(100);
      if (dice < 50) {
        post();
      } else if (dice < 60) {
        system.queue.flush();
      } else if (dice < 66) {
        system.inline = random.nextBoolean();
      } else if (dice < 90 && topmost) {
        if (system.isBusy()) {
          system.proceed();
        }
      } else if (dice < 97 && topmost) {
        cancel();
      } else if (dice == 98 && operations > 30 && topmost) {
        breakOff();
      } else if (dice == 99 && operations > 30) {
        fail();
      }
    }

    private void post() {
      String name = "r" + all.size();
      String text = "abcdefghijkl".substring(random.nextInt(13));
      boolean end = operations > 10 && random.nextInt(40) == 0;
      Send request =
          end ? Send.disconnect(name, random.nextBoolean() ? text : "") : Send.of(name, text);
      all.add(request);
      waiting.add(request);
      request.whenDone(() -> guarded(() -> completed(request)));
      request.then(() -> guarded(this::nestedOperations));
      system.queue.add(request.irp);
      if (random.nextInt(3) > 0) {
        system.queue.flush();
      }
    }

    private void guarded(Runnable work) {
      try {
        work.run();
      } catch (RuntimeException | AssertionError e) {
        fault = fault == null ? e : fault;
      }
    }

    private void nestedOperations() {
      nested++;
      if (nested < 30) {
        while (random.nextInt(3) == 0 && operations < 2 * mostOperations) {
          operate(false);
        }
      }
      nested--;
    }

    private void cancel() {
      List<Object> candidates = new ArrayList<>(waiting);
      if (candidates.isEmpty()
          || !(candidates.get(random.nextInt(candidates.size())) instanceof Send request)) {
        return;
      }
      boolean lastGoesOut = system.isSendingLast(request);
      goesOn = lastGoesOut || system.isEndingOutput() && waiting.peek() == request;
      cancelled = request;
      boolean done = system.queue.cancel(request.irp);
      assertThat(done).isEqualTo(request.completions == 1);
      assertThat(done).isEqualTo(cancelled == null);
      cancelled = null;
    }

    private void fail() {
      failure = failure == null ? NtStatus.CANCELLED : failure;
      system.queue.fail(NtStatus.CANCELLED);
    }

    private void breakOff() {
      failure = failure == null ? NtStatus.CONNECTION_RESET : failure;
      system.breakOff(failure);
      assertThat(system.isBusy()).isFalse();
    }

    private void completed(Send request) {
      assertThat(request.completions).isOne();
      assertThat(request.irp.pendingReturned()).isTrue();
      NtStatus status = request.irp.status();
      if (request == cancelled) {
        cancelled = null;
        assertThat(status).isSameAs(NtStatus.CANCELLED);
        assertThat(request.irp.information()).isZero();
        replaceCancelled(request);
        return;
      }
      passCancelledDisconnects();
      assertThat(waiting.poll()).isSameAs(request);
      boolean counts = status == NtStatus.SUCCESS && !request.disconnect;
      assertThat(request.irp.information()).isEqualTo(counts ? request.text.length() : 0);
      if (status == NtStatus.SUCCESS) {
        sent(request);
      } else if (ended && failure == null) {
        assertThat(status).isSameAs(NtStatus.INVALID_DEVICE_STATE);
        assertThat(!request.disconnect || !request.text.isEmpty()).isTrue();
      } else {
        assertThat(status).isSameAs(failure);
      }
    }

    /** A cancelled disconnect still ends the stream, where it stood. */
    private void replaceCancelled(Send request) {
      int count = waiting.size();
      for (int left = count; left > 0; left--) {
        Object each = waiting.remove();
        if (each != request) {
          waiting.add(each);
        } else if (request.disconnect) {
          waiting.add(goesOn ? request.text : "");
        }
      }
    }

    private void passCancelledDisconnects() {
      while (waiting.peek() instanceof String lastText) {
        waiting.poll();
        end(lastText);
      }
    }

    private void end(String lastText) {
      if (!ended && failure == null) {
        expectedWire.append(lastText).append('|');
        ended = true;
      }
    }

    private void sent(Send request) {
      if (ended) {
        assertThat(request.disconnect).isTrue();
        assertThat(request.text).isEmpty();
        return;
      }
      if (request.disconnect) {
        end(request.text);
      } else {
        expectedWire.append(request.text);
      }
    }

    private void checkRest() {
      if (fault != null) {
        throw new AssertionError(fault);
      }
      if (!system.isBusy() && waiting.stream().allMatch(each -> each instanceof String)) {
        passCancelledDisconnects();
      }
      if (failure == null) {
        String wire = system.wire.toString();
        // The data of a disconnect is on the wire a moment before it completes.
        assertThat(wire).startsWith(expectedWire);
        boolean closing = !waiting.isEmpty() && system.isBusy();
        assertThat(closing || wire.length() == expectedWire.length()).isTrue();
        assertThat(wire.chars().filter(each -> each == '|').count()).isLessThanOrEqualTo(1);
      }
      long outstanding =
          waiting.stream()
              .mapToLong(each -> each instanceof Send request ? request.text.length() : 0)
              .sum();
      assertThat(system.queue.outstandingBytes()).isEqualTo(outstanding);
      assertThat(system.queue.isBusy()).isEqualTo(system.isBusy());
    }
  }
}
