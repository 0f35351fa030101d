package org.wsk4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageReportTest {
  @TempDir private Path root;

  @BeforeEach
  void writePages() throws IOException {
    write(
        "docs/contract/1-rules.md",
        "| REG-01 | One. | H |",
        "| REG-02 | Two. (caller duty) | H |",
        "| REG-03 | Three. | H |",
        "| SND-01 | Sends. | H |");
    write("docs/contract/unobservable.md", "| SND-01 | why |");
  }

  @Test
  void shouldMergeTheClaimsOfAllModules() throws IOException {
    write("a/target/contract/claims-1.tsv", "PASSED\tT.one\tone()\t\tREG-01");
    write(
        "b/target/contract/claims-1.tsv",
        "PASSED\tT.two\t[1]\tnio\tREG-01,REG-03",
        "PASSED\tT.two\t[2]\tepoll\tREG-01,REG-03");

    CoverageReport.write(root, false);

    assertThat(report("md"))
        .contains("| REG | 3 | 1 | 0 | 2 | 0 |\n")
        .contains("| SND | 1 | 0 | 1 | 0 | 0 |\n")
        .contains("| total | 4 | 1 | 1 | 2 | 0 |\n")
        .contains("| REG-01 | proved | `T.one`<br>`T.two` (epoll, nio) |\n")
        .contains("| REG-02 | caller duty |  |\n");
    assertThat(report("json"))
        .contains(
            "{\"name\": \"total\", \"rules\": 4, \"callerDuty\": 1, \"unobservable\": 1,"
                + " \"proved\": 2, \"missing\": 0}")
        .contains(
            "{\"id\": \"REG-03\", \"state\": \"proved\", \"tests\": [{\"test\": \"T.two\","
                + " \"transports\": [\"epoll\", \"nio\"]}]}");
  }

  @Test
  void shouldNotCountARuleOfWhichOneClaimFailed() throws IOException {
    write(
        "a/target/contract/claims-1.tsv",
        "PASSED\tT.two\t[1]\tnio\tREG-01",
        "FAILED\tT.two\t[2]\tepoll\tREG-01");

    CoverageReport.write(root, false);

    assertThat(report("md"))
        .contains("| REG-01 | failed | `T.two` (nio) |\n")
        .contains("- REG: REG-01 REG-03\n");
  }

  @Test
  void shouldNotCountWhatDidNotRun() throws IOException {
    write("a/target/contract/claims-1.tsv", "NOT_RUN\tT.two\t[1]\tnio\tREG-01");

    CoverageReport.write(root, false);

    assertThat(report("md"))
        .contains("| REG-01 | skipped |  |\n")
        .contains("- REG: REG-01 REG-03\n");
  }

  @Test
  void shouldRequireSkippedRulesOnlyIfEverythingIsAskedFor() throws IOException {
    write("docs/contract/required.properties", "required = REG", "except = REG-03");
    write("a/target/contract/claims-1.tsv", "NOT_RUN\tT.two\t[1]\tnio\tREG-01");

    assertThat(CoverageReport.write(root, false).problems()).isEmpty();
    assertThat(CoverageReport.write(root, true).problems())
        .containsExactly("REG-01 has no passing test, and its group is required");
  }

  @Test
  void shouldFailOnARequiredRuleWithoutATest() throws IOException {
    write("docs/contract/required.properties", "required = REG, SND", "except = REG-03");

    assertThatThrownBy(() -> CoverageReport.main(new String[] {root.toString()}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("kept:\n  REG-01 has no passing test, and its group is required");
    assertThat(report("md")).contains("## Problems\n\n- REG-01 has no passing test");
  }

  @Test
  void shouldFailOnRequirementsThatNameNothing() throws IOException {
    write("docs/contract/required.properties", "required = ABC", "except = REG-99");

    assertThat(CoverageReport.write(root, false).problems())
        .containsExactly(
            "required.properties excepts REG-99, which is no rule",
            "required.properties requires ABC: no group");
  }

  @Test
  void shouldFailOnUnknownAndTooManyRules() throws IOException {
    write(
        "a/target/contract/claims-1.tsv",
        "PASSED\tT.one\tone()\t\tREG-44",
        "PASSED\tT.six\tsix()\t\tREG-01,REG-02,REG-03,SND-01,REG-05,REG-06");

    assertThat(CoverageReport.write(root, false).problems())
        .contains("T.one claims REG-44, which is no rule", "T.six claims 6 rules, more than 5");
  }

  private String report(String kind) throws IOException {
    return Files.readString(root.resolve("target/contract-coverage." + kind));
  }

  private void write(String file, String... lines) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, List.of(lines));
  }
}
