package org.wsk4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

@Timeout(30)
class LeakScopeTest {
  private static final List<AutoCloseable> LEFT = new ArrayList<>();

  @AfterEach
  void closeWhatWasLeft() throws Exception {
    for (AutoCloseable one : LEFT) {
      one.close();
    }
    LEFT.clear();
  }

  @Test
  void shouldPassATestThatLeavesNothing() {
    assertThat(run("leavesNothing")).isEmpty();
  }

  @Test
  void shouldFailATestThatLeavesARequestInFlight() {
    assertThat(run("leavesARequest")).singleElement().asString().contains("Irp@", "in flight");
  }

  @Test
  void shouldFailATestThatLeavesAThread() {
    assertThat(run("leavesAThread")).singleElement().asString().contains("thread abandoned");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldFailATestThatLeavesASocket() {
    assertThat(run("leavesASocket")).singleElement().asString().contains("socket:[");
    assertThat(run("leavesAChannel")).singleElement().asString().contains("socket:[");
  }

  @Test
  void shouldFailATestWhoseWatchedThingDoesNotEnd() {
    assertThat(run("leavesTheWatched")).singleElement().asString().contains("the watched thing");
  }

  @Test
  void shouldWaitForWhatIsAboutToGo() {
    assertThat(run("leavesWhatEndsLater")).isEmpty();
  }

  @Test
  void shouldCloseWhatWasGivenEvenIfTheTestFails() {
    assertThat(run("failsWithSomethingToClose")).singleElement().asString().contains("on purpose");
    assertThat(Sample.CLOSED).isTrue();
  }

  @Test
  void shouldReportWhatCannotBeClosed() {
    assertThat(run("cannotClose").get(0).getSuppressed()).hasSize(1);
  }

  private static List<Throwable> run(String method) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectMethod(Sample.class.getName() + "#" + method + Sample.PARAMETERS))
            .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
            .configurationParameter(LeakScope.PATIENCE, "PT0.1S")
            .build();
    List<Throwable> failures = new ArrayList<>();
    LauncherFactory.create(
            LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build())
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(failures::add);
              }
            });
    return failures;
  }

  /** Run by the tests above alone. */
  static class Sample {
    static final String PARAMETERS = "(org.wsk4j.testing.TestScope)";
    static final AtomicBoolean CLOSED = new AtomicBoolean();

    @Test
    void leavesNothing(TestScope scope) throws Exception {
      Irp irp = scope.irp();
      irp.begin(null);
      irp.complete(NtStatus.SUCCESS);
      scope.thread("one").submit(() -> {}).get();
      new ServerSocket(0).close();
    }

    @Test
    void leavesARequest(TestScope scope) {
      scope.irp(2).begin(null);
    }

    @Test
    void leavesAThread(TestScope scope) {
      CountDownLatch end = new CountDownLatch(1);
      LEFT.add(end::countDown);
      Thread thread =
          new Thread(
              () -> {
                try {
                  end.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "abandoned");
      thread.start();
    }

    @Test
    void leavesASocket(TestScope scope) throws IOException {
      LEFT.add(new ServerSocket(0));
    }

    @Test
    void leavesAChannel(TestScope scope) throws IOException {
      LEFT.add(SocketChannel.open());
    }

    @Test
    void leavesTheWatched(TestScope scope) {
      scope.mustEnd(() -> "the watched thing", () -> false);
    }

    @Test
    void leavesWhatEndsLater(TestScope scope) {
      int[] looks = new int[1];
      scope.mustEnd(() -> "the slow thing", () -> ++looks[0] > 5);
    }

    @Test
    void failsWithSomethingToClose(TestScope scope) {
      CLOSED.set(false);
      scope.closing(() -> CLOSED.set(true));
      scope.irp().begin(null);
      throw new AssertionError("on purpose");
    }

    @Test
    void cannotClose(TestScope scope) {
      scope.closing(
          () -> {
            throw new IOException("on purpose");
          });
    }
  }
}
