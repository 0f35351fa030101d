package org.wsk4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleBookTest {
  @TempDir private Path pages;

  @BeforeEach
  void writePages() throws IOException {
    write(
        "1-first.md",
        "| ID | Rule | Source |",
        "|---|---|---|",
        "| REG-01 | Registers. | WskRegister |",
        "| REG-02 | Must be matched. (inferred) (caller duty) | WskRegister; wsk.h |",
        "Prose about REG-09 and (caller duty).",
        "| OP-01 | An open point | says | decided | REG-01 |");
    write("2-second.md", "| IRP-100 | Completes once. | H |", "| OPC-07 | A point | a | b | c |");
    write("0-decisions.md", "| 1 | decision (REG-03) | text |", "| REG-77 | no rule | here |");
  }

  @Test
  void shouldReadRowsOfNumberedPagesAndNoOpenPoints() {
    RuleBook book = RuleBook.read(pages);

    assertThat(book.rules())
        .containsExactly(
            new RuleBook.Entry("REG-01", "Registers.", false),
            new RuleBook.Entry("REG-02", "Must be matched. (inferred) (caller duty)", true),
            new RuleBook.Entry("IRP-100", "Completes once.", false));
    assertThat(book.groups()).containsExactly("REG", "IRP");
    assertThat(book.problems()).isEmpty();
  }

  @Test
  void shouldReportANumberUsedTwice() throws IOException {
    write("3-third.md", "| REG-01 | Again. | H |");

    assertThat(RuleBook.read(pages).problems()).containsExactly("REG-01 is numbered twice");
  }

  @Test
  void shouldReadUnobservableRulesWithTheirReasons() throws IOException {
    write("unobservable.md", "| ID | Reason |", "|---|---|", "| REG-01 | no kernel memory |");
    RuleBook book = RuleBook.read(pages);

    assertThat(book.problems()).isEmpty();
    assertThat(book.isUnobservable("REG-01")).isTrue();
    assertThat(book.isUnobservable("IRP-100")).isFalse();
  }

  @Test
  void shouldRefuseUnobservableRulesThatAreUnknownCallerDutiesOrWithoutReason() throws IOException {
    write("unobservable.md", "| REG-99 | why |", "| REG-02 | why |", "| IRP-100 | |");

    assertThat(RuleBook.read(pages).problems())
        .containsExactly(
            "unobservable.md names REG-99, which is no rule",
            "unobservable.md names REG-02, which is a caller duty",
            "unobservable.md gives no reason for IRP-100");
  }

  @Test
  void shouldLimitTheUnobservableRules() throws IOException {
    int tooMany = RuleBook.UNOBSERVABLE_LIMIT + 1;
    write("4-many.md", rows(tooMany, "| SND-%02d | A rule. | H |"));
    write("unobservable.md", rows(tooMany, "| SND-%02d | why |"));

    assertThat(RuleBook.read(pages).problems())
        .containsExactly("unobservable.md lists 41 rules, more than 40");
  }

  @Test
  void shouldJudgeTheClaimsOfATest() {
    RuleBook book = RuleBook.read(pages);

    assertThat(book.problemsOf("T.t", List.of("REG-01", "IRP-100"))).isEmpty();
    assertThat(book.problemsOf("T.t", List.of())).containsExactly("T.t claims no rule");
    assertThat(book.problemsOf("T.t", List.of("REG-77")))
        .containsExactly("T.t claims REG-77, which is no rule");
    assertThat(book.problemsOf("T.t", List.of("OPC-07")))
        .containsExactly("T.t claims OPC-07, which is no rule");
    assertThat(book.problemsOf("T.t", List.of("a", "b", "c", "d", "e", "f")))
        .contains("T.t claims 6 rules, more than 5");
  }

  @Test
  void shouldFindAndReadThePagesOfThisProject() {
    RuleBook book = RuleBook.read(RuleBook.find().orElseThrow());

    assertThat(book.problems()).isEmpty();
    assertThat(book.groups()).hasSize(27).contains("REG", "IRP", "LSN", "EVT", "DGB", "EXT");
    assertThat(book.rules()).hasSize(1672);
    assertThat(book.rules().stream().filter(RuleBook.Entry::callerDuty)).hasSize(28);
  }

  private static String[] rows(int count, String format) {
    return IntStream.rangeClosed(1, count).mapToObj(format::formatted).toArray(String[]::new);
  }

  private void write(String page, String... lines) throws IOException {
    Files.write(pages.resolve(page), List.of(lines));
  }
}
