package org.wsk4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class ClaimListenerTest {
  @TempDir private Path directory;

  @Test
  void shouldWriteEachRunOfEachTestThatClaims() throws IOException {
    String test = Sample.class.getName();

    assertThat(run(Sample.class))
        .containsExactlyInAnyOrder(
            new Claim(
                Claim.Outcome.PASSED, test + ".passes", "passes()", "", ids("REG-01", "REG-02")),
            new Claim(Claim.Outcome.PASSED, test + ".bare", "bare()", "", ids("REG-01")),
            new Claim(
                Claim.Outcome.FAILED, test + ".fails", "fails()", "", ids("REG-01", "REG-03")),
            new Claim(
                Claim.Outcome.NOT_RUN, test + ".aborts", "aborts()", "", ids("REG-01", "REG-04")),
            new Claim(Claim.Outcome.NOT_RUN, test + ".off", "off()", "", ids("REG-01", "REG-05")),
            new Claim(
                Claim.Outcome.PASSED, test + ".named", "[epoll]", "epoll", ids("REG-01", "REG-06")),
            new Claim(
                Claim.Outcome.FAILED,
                test + ".named",
                "[io_uring]",
                "io_uring",
                ids("REG-01", "REG-06")),
            new Claim(
                Claim.Outcome.PASSED,
                test + ".reports",
                "reports(TestReporter)",
                "kqueue",
                ids("REG-01", "REG-07")),
            new Claim(Claim.Outcome.PASSED, test + ".makes", "made", "", ids("REG-01", "REG-08")),
            new Claim(
                Claim.Outcome.FAILED,
                test + ".starves",
                "starves(String)",
                "",
                ids("REG-01", "REG-10")));
  }

  @Test
  void shouldTakeTheClaimsOfTheClassAboveAndNameTheClassThatRan() throws IOException {
    assertThat(run(Below.class))
        .extracting(Claim::test)
        .allMatch(test -> test.startsWith(Below.class.getName()));
    assertThat(run(Below.class)).allMatch(claim -> claim.rules().contains("REG-01"));
  }

  @Test
  void shouldFailATestWhoseClaimsAreWrong() throws IOException {
    assertThat(run(Wrong.class)).extracting(Claim::outcome).containsOnly(Claim.Outcome.FAILED);
    assertThat(run(Wrong.class)).hasSize(3);
  }

  @Test
  void shouldReadBackWhatItWrote() {
    Claim claim = new Claim(Claim.Outcome.PASSED, "T.t", "a\tb\nc", "nio", ids("REG-01", "REG-02"));

    assertThat(Claim.fromLine(claim.toLine()))
        .isEqualTo(new Claim(Claim.Outcome.PASSED, "T.t", "a b c", "nio", ids("REG-01", "REG-02")));
  }

  private List<Claim> run(Class<?> tests) throws IOException {
    Path file = directory.resolve("contract").resolve("claims-1.tsv");
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build();
    LauncherConfig config =
        LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build();
    LauncherFactory.create(config).execute(request, new ClaimListener(file));
    return Files.readAllLines(file).stream().map(Claim::fromLine).toList();
  }

  private static List<String> ids(String... ids) {
    return List.of(ids);
  }

  /** Run by the tests above alone: some of its tests fail on purpose. */
  @Rule("REG-01")
  static class Sample {
    @Test
    @Rule("REG-02")
    void passes() {}

    @Test
    void bare() {}

    @Test
    @Rule("REG-03")
    void fails() {
      fail("on purpose");
    }

    @Test
    @Rule("REG-04")
    void aborts() {
      assumeTrue(false);
    }

    @Test
    @Disabled
    @Rule("REG-05")
    void off() {}

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"epoll", "io_uring"})
    @Rule("REG-06")
    void named(String transport) {
      assertThat(transport).isEqualTo("epoll");
    }

    @Test
    @Rule("REG-07")
    void reports(TestReporter reporter) {
      reporter.publishEntry("transport", "kqueue");
    }

    @TestFactory
    @Rule("REG-08")
    Stream<DynamicTest> makes() {
      return Stream.of(dynamicTest("made", () -> {}));
    }

    @ParameterizedTest
    @MethodSource("nothing")
    @Rule("REG-10")
    void starves(String argument) {
      fail("never called with " + argument);
    }

    static Stream<String> nothing() {
      throw new IllegalStateException("on purpose");
    }
  }

  static class Below extends Sample {}

  /** Run by the tests above alone: all of its tests fail on purpose. */
  static class Wrong {
    @Test
    @Rule("REG-999")
    void unknown() {}

    @Test
    @Rule({"REG-01", "REG-02", "REG-03", "REG-04", "REG-05", "REG-06"})
    void tooMany() {}

    @Test
    @Rule("OPC-07")
    void openPoint() {}
  }
}
