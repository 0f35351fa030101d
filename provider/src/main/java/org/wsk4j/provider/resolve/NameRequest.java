package org.wsk4j.provider.resolve;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.completion.Completions;

/**
 * A request for names. It ends once, with its answer, its time or its cancellation, whichever comes
 * first; the places of the caller are written only if it was an answer.
 *
 * <p>Threads: ends on any thread; the {@link Work} belongs to the thread of names.
 */
final class NameRequest<T> {
  private final Irp irp;
  private final Search<T> search;
  private final Consumer<T> places;
  private final Runnable ended;
  private final AtomicBoolean over = new AtomicBoolean();
  private final Work work = new Work();

  /**
   * Makes a request.
   *
   * @param irp the request of the caller, begun
   * @param search finds the answer
   * @param places stores it for the caller
   * @param ended runs when the request was completed, after its routine
   */
  NameRequest(Irp irp, Search<T> search, Consumer<T> places, Runnable ended) {
    this.irp = irp;
    this.search = search;
    this.places = places;
    this.ended = ended;
  }

  Irp irp() {
    return irp;
  }

  Work work() {
    return work;
  }

  boolean isOver() {
    return over.get();
  }

  /** {@return the answer that needs no look-up, or {@code null}} */
  @Nullable Answer<T> atOnce() {
    return search.atOnce();
  }

  /** Searches; {@code done} runs when nothing is under way any more. */
  void begin(Sources sources, Runnable done) {
    search.begin(
        sources,
        work,
        answer -> {
          end(answer);
          done.run();
        });
  }

  /** Ends the request, if it has not ended, with what can be said now. */
  void expire(Sources sources) {
    if (!isOver()) {
      end(search.late(sources));
    }
  }

  /** Ends the request without an answer, if it has not ended. */
  void fail(NtStatus status) {
    end(Answer.failed(status));
  }

  /** Ends the request inside its call; {@return what the call has to return} */
  NtStatus endInCall(Answer<T> answer) {
    boolean deferred = Completions.isTooDeep();
    if (deferred) {
      irp.markPending();
    }
    end(answer);
    return deferred ? NtStatus.PENDING : answer.status();
  }

  private void end(Answer<T> answer) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    T value = answer.value();
    if (value != null) {
      places.accept(value);
    }
    if (Completions.isTooDeep()) {
      DispatchLevel.current().defer(() -> complete(answer.status()));
    } else {
      complete(answer.status());
    }
  }

  private void complete(NtStatus status) {
    irp.complete(status);
    ended.run();
  }
}
