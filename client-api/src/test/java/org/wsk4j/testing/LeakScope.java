package org.wsk4j.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Opens a scope around every test, and fails a test that leaves something behind: what it asked
 * {@link TestScope} to watch, threads, descriptors, and whatever the {@link LeakCheck checks} of
 * other modules look for. What is about to go is waited for; a test that failed already is not
 * checked, since a test cut short leaves things behind.
 *
 * <p>JUnit finds it as a service, so that no test has to name it.
 */
public final class LeakScope implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(LeakScope.class);

  /** How long to wait for what is about to go, as a parameter of JUnit and by default. */
  static final String PATIENCE = "org.wsk4j.testing.patience";

  private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);

  private record Opened(TestScope scope, List<LeakCheck.Probe> probes) {
    List<String> survivors() {
      List<String> all = new ArrayList<>(scope.survivors());
      probes.forEach(probe -> all.addAll(probe.survivors()));
      return all;
    }
  }

  private static final class Checks {
    static final List<LeakCheck> ALL = load();

    private static List<LeakCheck> load() {
      List<LeakCheck> found =
          ServiceLoader.load(LeakCheck.class).stream().map(ServiceLoader.Provider::get).toList();
      List<String> lasting = found.stream().flatMap(one -> one.lastingThreads().stream()).toList();
      return Stream.concat(
              Stream.of(new ThreadLeaks(lasting), new DescriptorLeaks()), found.stream())
          .toList();
    }
  }

  /** Made by JUnit. */
  public LeakScope() {}

  @Override
  public void beforeEach(ExtensionContext context) {
    opened(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Opened opened = opened(context);
    List<Throwable> faults = opened.scope.close();
    if (context.getExecutionException().isPresent()) {
      faults.forEach(context.getExecutionException().get()::addSuppressed);
      return;
    }
    List<String> survivors = waitUntilQuiet(opened, patience(context));
    if (!survivors.isEmpty() || !faults.isEmpty()) {
      AssertionError failure =
          new AssertionError("the test left behind: " + String.join("; ", survivors));
      faults.forEach(failure::addSuppressed);
      throw failure;
    }
  }

  private static List<String> waitUntilQuiet(Opened opened, Duration patience) {
    long begin = System.nanoTime();
    List<String> survivors = opened.survivors();
    while (!survivors.isEmpty() && System.nanoTime() - begin < patience.toNanos()) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      survivors = opened.survivors();
    }
    return survivors;
  }

  private static Duration patience(ExtensionContext context) {
    return context.getConfigurationParameter(PATIENCE, Duration::parse).orElse(DEFAULT_PATIENCE);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestScope.class
        && context.getTestMethod().isPresent();
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return opened(context).scope;
  }

  private static Opened opened(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            context.getUniqueId(),
            id -> new Opened(new TestScope(), Checks.ALL.stream().map(LeakCheck::open).toList()),
            Opened.class);
  }
}
