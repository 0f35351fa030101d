package org.wsk4j.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.IoCompletionRoutine;
import org.wsk4j.irp.IoStatusBlock;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

/**
 * A completion routine that writes down its calls, with all that it could see.
 *
 * <p>Threads: any.
 */
public final class RecordingRoutine implements IoCompletionRoutine {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** One call. */
  public record Call(
      Irp irp,
      @Nullable Object context,
      IoStatusBlock result,
      boolean pendingReturned,
      boolean cancelRequested,
      Thread thread) {}

  private final NtStatus answer;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Semaphore unseen = new Semaphore(0);

  /** Makes a routine that keeps the IRP. */
  public RecordingRoutine() {
    this(NtStatus.MORE_PROCESSING_REQUIRED);
  }

  /** Makes a routine with another answer. */
  public RecordingRoutine(NtStatus answer) {
    this.answer = answer;
  }

  @Override
  public NtStatus complete(Irp irp, @Nullable Object context) {
    calls.add(
        new Call(
            irp,
            context,
            irp.ioStatus(),
            irp.pendingReturned(),
            irp.isCancelRequested(),
            Thread.currentThread()));
    unseen.release();
    return answer;
  }

  /** {@return how often it was called} */
  public int count() {
    return calls.size();
  }

  /** {@return its calls so far} */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** {@return the latest call} */
  public Call last() {
    return calls.get(calls.size() - 1);
  }

  /** Waits for one more call than were waited for before, and returns the latest. */
  public Call next() throws InterruptedException {
    if (!unseen.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the routine was not called");
    }
    return last();
  }
}
