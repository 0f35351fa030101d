package org.wsk4j.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.wsk4j.irp.IoCompletionRoutine;
import org.wsk4j.irp.Irp;
import org.wsk4j.irp.IrpCancelRoutine;
import org.wsk4j.nt.NtStatus;

/**
 * What a request costs besides its work. The measure is {@link #twoCompareAndSets}: nothing that
 * refuses a second submission and a second completion can do with less.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class IrpBenchmark {
  private final AtomicLong word = new AtomicLong();
  private final Irp quiet = Irp.allocate();
  private final Irp irp = Irp.allocate();
  private final Irp again = Irp.allocate();
  private final IrpCancelRoutine handler = cancelled -> {};
  private final IoCompletionRoutine routine = this::complete;
  private long completions;

  /** Makes IRPs that call a routine, and one that does not. */
  public IrpBenchmark() {
    irp.setCompletionRoutine(routine, this);
  }

  private NtStatus complete(Irp completed, Object context) {
    completions += completed.information();
    return NtStatus.MORE_PROCESSING_REQUIRED;
  }

  /** The measure. */
  @Benchmark
  public long twoCompareAndSets() {
    long before = word.get();
    word.compareAndSet(before, before + 1);
    word.compareAndSet(before + 1, before + 2);
    return before;
  }

  /** A request without a routine, whose result is polled. */
  @Benchmark
  public boolean withoutRoutine() {
    quiet.begin(null);
    quiet.complete(NtStatus.SUCCESS, 1, null);
    return quiet.isCompleted();
  }

  /** A request that completes inline. */
  @Benchmark
  public long inline() {
    irp.begin(null);
    irp.complete(NtStatus.SUCCESS, 1, null);
    return completions;
  }

  /** A request that can be cancelled from its beginning on. */
  @Benchmark
  public long cancellable() {
    irp.begin(handler);
    irp.markPending();
    irp.complete(NtStatus.SUCCESS, 1, null);
    return completions;
  }

  /** A request that becomes cancellable after it was begun, as it must where handlers complete. */
  @Benchmark
  public long cancellableLater() {
    irp.begin(null);
    irp.markPending();
    irp.setCancelRoutine(handler);
    irp.complete(NtStatus.SUCCESS, 1, null);
    return completions;
  }

  /** A request with all that a program does for the next one. */
  @Benchmark
  public long reused() {
    again.reuse(NtStatus.SUCCESS).setCompletionRoutine(routine, this);
    again.begin(handler);
    again.markPending();
    again.complete(NtStatus.SUCCESS, 1, null);
    return completions;
  }
}
