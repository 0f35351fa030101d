package org.wsk4j.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes the claims of all tests that ran into the file that the property {@value #FILE_PROPERTY}
 * names; without the property it does nothing. The platform finds it by its service entry in every
 * module that has this class on its test class path.
 *
 * <p>Threads: tests may run in parallel; the listener's calls may come from any of their threads.
 */
public final class ClaimListener implements TestExecutionListener {
  /** Where the claims of this JVM go. */
  static final String FILE_PROPERTY = "wsk4j.contract.claims";

  /** The key of the report entry by which a test names its transport. */
  static final String TRANSPORT_KEY = "transport";

  private static final Pattern TRANSPORT_NAME = Pattern.compile("\\[(io_uring|epoll|kqueue|nio)]");

  private final @Nullable Path file;
  private final Map<String, String> transports = new ConcurrentHashMap<>();

  /** Claims of all plans of this JVM: failed tests may be run again in a plan of their own. */
  private final Queue<Claim> claims = new ConcurrentLinkedQueue<>();

  private volatile @Nullable TestPlan plan;

  /** Made by the platform. */
  public ClaimListener() {
    this(Optional.ofNullable(System.getProperty(FILE_PROPERTY)).map(Path::of).orElse(null));
  }

  ClaimListener(@Nullable Path file) {
    this.file = file;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = started;
  }

  @Override
  public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    String transport = entry.getKeyValuePairs().get(TRANSPORT_KEY);
    if (transport != null) {
      transports.put(test.getUniqueId(), transport);
    }
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    if (test.isTest()) {
      claim(test, Claim.Outcome.NOT_RUN);
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    switch (result.getStatus()) {
      case SUCCESSFUL -> {
        if (test.isTest()) {
          claim(test, Claim.Outcome.PASSED);
        }
      }
      case ABORTED -> {
        if (test.isTest()) {
          claim(test, Claim.Outcome.NOT_RUN);
        }
      }
      // Also of a container: arguments or dynamic tests that could not be made.
      case FAILED -> claim(test, Claim.Outcome.FAILED);
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan finished) {
    if (file == null) {
      return;
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, claims.stream().map(Claim::toLine).sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the claims to " + file, e);
    }
  }

  private void claim(TestIdentifier test, Claim.Outcome outcome) {
    List<TestIdentifier> path = pathOf(test);
    path.stream()
        .flatMap(step -> step.getSource().stream())
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast)
        .findFirst()
        .ifPresent(source -> claim(source, path, outcome));
  }

  private void claim(MethodSource source, List<TestIdentifier> path, Claim.Outcome outcome) {
    Class<?> type = source.getJavaClass();
    Method method = source.getJavaMethod();
    List<String> rules = Claim.rulesOf(type, method);
    if (!rules.isEmpty()) {
      String test = type.getName() + "." + method.getName();
      String run = path.get(0).getDisplayName();
      claims.add(new Claim(outcome, test, run, transportOf(path), rules));
    }
  }

  private String transportOf(List<TestIdentifier> path) {
    for (TestIdentifier step : path) {
      String reported = transports.get(step.getUniqueId());
      if (reported != null) {
        return reported;
      }
      Matcher named = TRANSPORT_NAME.matcher(step.getDisplayName());
      if (named.find()) {
        return named.group(1);
      }
    }
    return "";
  }

  /** {@return the test and what contains it, from the inside out} */
  private List<TestIdentifier> pathOf(TestIdentifier test) {
    List<TestIdentifier> path = new ArrayList<>();
    TestPlan running = plan;
    Optional<TestIdentifier> step = Optional.of(test);
    while (step.isPresent() && running != null) {
      path.add(step.get());
      step = running.getParent(step.get());
    }
    return path;
  }
}
