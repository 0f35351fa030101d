package org.wsk4j.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

/**
 * What belongs to one test and must end with it. A test method asks for it as a parameter; {@link
 * LeakScope} closes it when the test is over, and fails the test if something is left.
 */
public final class TestScope {
  private record Watched(Supplier<String> what, BooleanSupplier ended) {}

  private final List<Watched> watched = new ArrayList<>();
  private final Deque<AutoCloseable> closing = new ArrayDeque<>();

  TestScope() {}

  /** What is done in a scope. */
  @FunctionalInterface
  public interface Body {
    /** Does it. */
    void run(TestScope scope) throws Exception;
  }

  /** Opens a scope where no JUnit is, for what is done in it, and checks that nothing is left. */
  public static void during(Body body) throws Exception {
    TestScope scope = new TestScope();
    try {
      body.run(scope);
    } catch (Exception | AssertionError failure) {
      scope.close().forEach(failure::addSuppressed);
      throw failure;
    }
    for (Throwable fault : scope.close()) {
      throw new AssertionError("something does not close", fault);
    }
    List<String> survivors = scope.survivors();
    if (!survivors.isEmpty()) {
      throw new AssertionError("left behind: " + survivors);
    }
  }

  /** {@return a new IRP, which must not be in flight when the test ends} */
  public Irp irp() {
    return watch(Irp.allocate());
  }

  /**
   * Makes an IRP for several layers, which must not be in flight when the test ends.
   *
   * @param stackSize how many
   * @return the IRP
   */
  public Irp irp(int stackSize) {
    return watch(Irp.allocate(stackSize));
  }

  /**
   * Makes a thread that takes tasks; it is stopped after the test.
   *
   * @param name its name
   * @return where to put the tasks
   */
  public ExecutorService thread(String name) {
    ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, name));
    closing(thread::shutdownNow);
    return thread;
  }

  /**
   * Closes something after the test, the youngest first, before anything is checked.
   *
   * @param resource what
   */
  public synchronized void closing(AutoCloseable resource) {
    closing.push(resource);
  }

  /**
   * Watches something that must have ended when the test ends, or soon after.
   *
   * @param what what it is, asked only if it has not ended
   * @param ended whether it has
   */
  public synchronized void mustEnd(Supplier<String> what, BooleanSupplier ended) {
    watched.add(new Watched(what, ended));
  }

  private Irp watch(Irp irp) {
    mustEnd(() -> "the request " + irp, () -> irp.status() != NtStatus.PENDING);
    return irp;
  }

  synchronized List<Throwable> close() {
    List<Throwable> faults = new ArrayList<>();
    while (!closing.isEmpty()) {
      try {
        closing.pop().close();
      } catch (Exception e) {
        faults.add(e);
      }
    }
    return faults;
  }

  synchronized List<String> survivors() {
    return watched.stream()
        .filter(one -> !one.ended().getAsBoolean())
        .map(one -> one.what().get())
        .toList();
  }
}
