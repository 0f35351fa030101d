package org.wsk4j.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lets threads meet on fresh objects again and again, and looks at each object afterwards. The
 * threads go through long rows of objects side by side, each waiting a moment for the others at
 * every object; only a moment, so that it also works where processors are few.
 *
 * @param <S> what they meet on
 */
public final class Race<S> {
  private static final int ROW = 512;
  private static final int A_MOMENT = 200;
  private static final long PATIENCE_SECONDS = 60;

  private final Supplier<S> fresh;
  private final List<Consumer<S>> actors = new ArrayList<>();
  private final AtomicReference<Throwable> fault = new AtomicReference<>();
  private final AtomicInteger arrivals = new AtomicInteger();
  private volatile List<S> row = List.of();
  private volatile boolean over;

  private Race(Supplier<S> fresh) {
    this.fresh = fresh;
  }

  /**
   * Prepares a race.
   *
   * @param <S> what threads meet on
   * @param fresh makes one
   * @return the race
   */
  public static <S> Race<S> on(Supplier<S> fresh) {
    return new Race<>(fresh);
  }

  /** Adds a thread that does this with each object. */
  public Race<S> actor(Consumer<S> actor) {
    actors.add(actor);
    return this;
  }

  /**
   * Runs the race. The first fault of an actor or a check ends it and is thrown.
   *
   * @param howLong for how long
   * @param check looks at each object when all actors are done with it
   */
  public void run(Duration howLong, Consumer<S> check) throws InterruptedException {
    CyclicBarrier gate = new CyclicBarrier(actors.size() + 1);
    List<Thread> threads = new ArrayList<>();
    for (Consumer<S> actor : actors) {
      Thread thread = new Thread(() -> act(gate, actor), "racer-" + threads.size());
      thread.start();
      threads.add(thread);
    }
    long begin = System.nanoTime();
    while (fault.get() == null && System.nanoTime() - begin < howLong.toNanos()) {
      arrivals.set(0);
      row = Stream.generate(fresh).limit(ROW).toList();
      meet(gate);
      meet(gate);
      guarded(index -> {}, check);
    }
    over = true;
    meet(gate);
    for (Thread thread : threads) {
      thread.join();
    }
    if (fault.get() != null) {
      throw new AssertionError(fault.get());
    }
  }

  private void act(CyclicBarrier gate, Consumer<S> actor) {
    meet(gate);
    while (!over) {
      guarded(this::meet, actor);
      meet(gate);
      meet(gate);
    }
  }

  private void guarded(IntConsumer before, Consumer<S> work) {
    List<S> objects = row;
    try {
      for (int i = 0; i < objects.size(); i++) {
        before.accept(i);
        work.accept(objects.get(i));
      }
    } catch (RuntimeException | Error e) {
      fault.compareAndSet(null, e);
    }
  }

  /** Waits a moment until all have arrived at an object. */
  private void meet(int index) {
    arrivals.incrementAndGet();
    int all = (index + 1) * actors.size();
    for (int spins = 0; arrivals.get() < all && spins < A_MOMENT; spins++) {
      Thread.onSpinWait();
    }
  }

  private void meet(CyclicBarrier gate) {
    try {
      gate.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      over = true;
      fault.compareAndSet(null, e);
    }
  }
}
