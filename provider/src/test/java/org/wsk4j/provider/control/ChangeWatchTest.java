package org.wsk4j.provider.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

/** The watch alone, with a subject that the test changes. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ChangeWatchTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AtomicInteger value = new AtomicInteger();
  private final AtomicInteger other = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final Supplier<Integer> subject = value::get;
  private final Supplier<Integer> otherSubject = other::get;
  private final ChangeWatch watch = new ChangeWatch(Runnable::run, LONG);

  private Irp wait(Object owner, Supplier<?> what) {
    Irp irp = Irp.allocate();
    assertThat(irp.begin(null)).isEqualTo(NtStatus.SUCCESS);
    assertThat(watch.await(owner, irp, what, ended::incrementAndGet)).isEqualTo(NtStatus.PENDING);
    return irp;
  }

  /** The thread may not have begun to wait when it is told of a change, so it is told again. */
  private NtStatus status(Irp irp) throws InterruptedException {
    while (!irp.await(Duration.ofMillis(1))) {
      watch.changed();
    }
    return irp.status();
  }

  @Test
  void shouldCompleteAllThatWaitForTheSame() throws Exception {
    Irp one = wait(this, subject);
    Irp two = wait(new Object(), subject);
    Irp three = wait(this, otherSubject);
    value.incrementAndGet();
    watch.changed();
    assertThat(status(one)).isEqualTo(NtStatus.SUCCESS);
    assertThat(status(two)).isEqualTo(NtStatus.SUCCESS);
    assertThat(one.pendingReturned()).isTrue();
    assertThat(three.isCompleted()).isFalse();
    watch.cancel(this);
    assertThat(three.isCompleted()).isTrue();
    assertThat(three.status()).isEqualTo(NtStatus.CANCELLED);
    // Told behind the completion, by the thread that looks.
    await().until(() -> ended.get() == 3);
  }

  @Test
  void shouldLookByItself() throws Exception {
    ChangeWatch often = new ChangeWatch(Runnable::run, Duration.ofMillis(1));
    Irp irp = Irp.allocate();
    irp.begin(null);
    often.await(this, irp, subject, () -> {});
    value.incrementAndGet();
    assertThat(status(irp)).isEqualTo(NtStatus.SUCCESS);
  }

  @Test
  void shouldNotTellOfWhatWasBefore() throws Exception {
    Irp first = wait(this, subject);
    value.incrementAndGet();
    Irp second = wait(this, subject);
    watch.changed();
    assertThat(status(first)).isEqualTo(NtStatus.SUCCESS);
    assertThat(second.isCompleted()).isFalse();
    assertThat(second.cancel()).isTrue();
    assertThat(status(second)).isEqualTo(NtStatus.CANCELLED);
  }

  @Test
  void shouldNotBeginWhatIsCancelled() throws Exception {
    Irp irp = Irp.allocate();
    irp.begin(null);
    irp.cancel();
    assertThat(watch.await(this, irp, subject, ended::incrementAndGet)).isEqualTo(NtStatus.PENDING);
    assertThat(status(irp)).isEqualTo(NtStatus.CANCELLED);
    assertThat(ended).hasValue(1);
    assertThat(watch).hasToString("watch for changes, 0 waiting");
  }

  @Test
  void shouldCompleteWhereTheExecutorHasEnded() throws Exception {
    ChangeWatch orphan =
        new ChangeWatch(
            work -> {
              throw new RejectedExecutionException();
            },
            Duration.ofMillis(1));
    Irp irp = Irp.allocate();
    irp.begin(null);
    orphan.await(this, irp, subject, () -> {});
    value.incrementAndGet();
    assertThat(status(irp)).isEqualTo(NtStatus.SUCCESS);
  }

  @Test
  void shouldEndItsThreadWithTheLastRequest() throws Exception {
    CountDownLatch looked = new CountDownLatch(1);
    List<Thread> seen = new ArrayList<>();
    Supplier<Integer> telling =
        () -> {
          if (Thread.currentThread().getName().equals("wsk4j-changes")) {
            seen.add(Thread.currentThread());
            looked.countDown();
          }
          return 0;
        };
    Irp irp = wait(this, telling);
    watch.changed();
    while (!looked.await(1, TimeUnit.MILLISECONDS)) {
      watch.changed(); // the thread may not have been waiting yet
    }
    assertThat(irp.cancel()).isTrue();
    seen.get(0).join(PATIENCE.toMillis());
    assertThat(seen.get(0).isAlive()).isFalse();
    // And another one begins with the next.
    Irp next = wait(this, subject);
    value.incrementAndGet();
    while (!next.await(Duration.ofMillis(1))) {
      watch.changed();
    }
    assertThat(next.status()).isEqualTo(NtStatus.SUCCESS);
  }
}
