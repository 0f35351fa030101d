package org.wsk4j.contract;

import static java.util.Objects.requireNonNullElse;

import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a test says about the rules that it claims.
 *
 * @param outcome how the run ended
 * @param test class and method
 * @param run the display name of this run of the test
 * @param transport the transport it ran on, or empty
 * @param rules the IDs claimed
 */
record Claim(Outcome outcome, String test, String run, String transport, List<String> rules) {
  /** How a run ended. */
  enum Outcome {
    PASSED,
    FAILED,
    /** Aborted, disabled or skipped: proves nothing. */
    NOT_RUN
  }

  Claim {
    rules = List.copyOf(rules);
  }

  /** {@return the IDs that {@code method} claims when it runs as a test of {@code type}} */
  static List<String> rulesOf(Class<?> type, @Nullable Method method) {
    Set<String> rules = new LinkedHashSet<>();
    add(rules, type.getAnnotation(Rule.class));
    if (method != null) {
      add(rules, method.getAnnotation(Rule.class));
    }
    return List.copyOf(rules);
  }

  private static void add(Set<String> rules, @Nullable Rule rule) {
    if (rule != null) {
      rules.addAll(List.of(rule.value()));
    }
  }

  String toLine() {
    return String.join(
        "\t",
        outcome.name(),
        oneCell(test),
        oneCell(run),
        oneCell(transport),
        oneCell(String.join(",", rules)));
  }

  static Claim fromLine(String line) {
    String[] cells = line.split("\t", -1);
    if (cells.length != 5) {
      throw new IllegalArgumentException("not a claim: " + line);
    }
    return new Claim(
        Outcome.valueOf(cells[0]), cells[1], cells[2], cells[3], List.of(cells[4].split(",")));
  }

  private static String oneCell(@Nullable String text) {
    return requireNonNullElse(text, "").replaceAll("\\s+", " ");
  }
}
