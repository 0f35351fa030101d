package org.wsk4j.contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the claims of all tests say about all rules. */
final class Coverage {
  /** What stands behind a rule. */
  enum State {
    PROVED("proved"),
    FAILED("failed"),
    /** Its tests were skipped: something that they need is not on this machine. */
    SKIPPED("skipped"),
    MISSING("missing"),
    UNOBSERVABLE("unobservable"),
    CALLER_DUTY("caller duty");

    final String label;

    State(String label) {
      this.label = label;
    }
  }

  /**
   * A rule and its tests.
   *
   * @param rule the rule
   * @param state what stands behind it
   * @param tests the tests that passed, each with the transports it ran on
   */
  record Line(RuleBook.Entry rule, State state, Map<String, Set<String>> tests) {}

  /**
   * The sums of a group.
   *
   * @param name the group
   * @param rules all its rules
   * @param callerDuties those that bind the caller
   * @param unobservable those that cannot be shown
   * @param proved those among the others that a test proves
   * @param missing the rest
   */
  record Group(
      String name, int rules, int callerDuties, int unobservable, int proved, int missing) {
    Group plus(Group other) {
      return new Group(
          name,
          rules + other.rules,
          callerDuties + other.callerDuties,
          unobservable + other.unobservable,
          proved + other.proved,
          missing + other.missing);
    }
  }

  private final List<Line> lines = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * Judges the claims.
   *
   * @param book the rules
   * @param claims what the tests say
   * @param required the groups that have to be proved
   * @param everything whether a test that was skipped counts as missing in those groups
   */
  Coverage(RuleBook book, Collection<Claim> claims, Properties required, boolean everything) {
    problems.addAll(book.problems());
    Map<String, Map<String, Set<String>>> passed = new TreeMap<>();
    Set<String> failed = new TreeSet<>();
    Set<String> skipped = new TreeSet<>();
    Map<String, Set<String>> claimed = new TreeMap<>();
    for (Claim claim : claims) {
      claimed.computeIfAbsent(claim.test(), test -> new TreeSet<>()).addAll(claim.rules());
      for (String id : claim.rules()) {
        switch (claim.outcome()) {
          case PASSED -> note(passed, id, claim);
          case FAILED -> failed.add(id);
          case NOT_RUN -> skipped.add(id);
        }
      }
    }
    claimed.forEach((test, rules) -> problems.addAll(book.problemsOf(test, rules)));
    for (RuleBook.Entry rule : book.rules()) {
      Map<String, Set<String>> tests = passed.getOrDefault(rule.id(), Map.of());
      lines.add(new Line(rule, stateOf(book, rule, tests, failed, skipped), tests));
    }
    book.groups().forEach(group -> groups.add(sum(group)));
    checkRequired(book, required, everything);
  }

  private static void note(Map<String, Map<String, Set<String>>> passed, String id, Claim claim) {
    Set<String> transports =
        passed
            .computeIfAbsent(id, rule -> new TreeMap<>())
            .computeIfAbsent(claim.test(), test -> new TreeSet<>());
    if (!claim.transport().isEmpty()) {
      transports.add(claim.transport());
    }
  }

  private static State stateOf(
      RuleBook book,
      RuleBook.Entry rule,
      Map<String, Set<String>> tests,
      Set<String> failed,
      Set<String> skipped) {
    if (rule.callerDuty()) {
      return State.CALLER_DUTY;
    }
    if (failed.contains(rule.id())) {
      return State.FAILED;
    }
    if (book.isUnobservable(rule.id())) {
      return State.UNOBSERVABLE;
    }
    if (tests.isEmpty()) {
      return skipped.contains(rule.id()) ? State.SKIPPED : State.MISSING;
    }
    return State.PROVED;
  }

  private Group sum(String name) {
    Group sum = new Group(name, 0, 0, 0, 0, 0);
    for (Line line : lines) {
      if (line.rule().group().equals(name)) {
        sum = sum.plus(one(name, line.state()));
      }
    }
    return sum;
  }

  private static Group one(String name, State state) {
    return new Group(
        name,
        1,
        state == State.CALLER_DUTY ? 1 : 0,
        state == State.UNOBSERVABLE ? 1 : 0,
        state == State.PROVED ? 1 : 0,
        isUnproved(state) ? 1 : 0);
  }

  private static boolean isUnproved(State state) {
    return state == State.MISSING || state == State.FAILED || state == State.SKIPPED;
  }

  private void checkRequired(RuleBook book, Properties required, boolean everything) {
    List<String> names = list(required, "required");
    List<String> except = list(required, "except");
    except.stream()
        .filter(id -> !book.knows(id))
        .forEach(id -> problems.add("required.properties excepts " + id + ", which is no rule"));
    names.stream()
        .filter(group -> !book.groups().contains(group))
        .forEach(group -> problems.add("required.properties requires " + group + ": no group"));
    missing()
        .filter(line -> everything || line.state() != State.SKIPPED)
        .filter(line -> names.contains(line.rule().group()))
        .map(line -> line.rule().id())
        .filter(id -> !except.contains(id))
        .forEach(id -> problems.add(id + " has no passing test, and its group is required"));
  }

  private static List<String> list(Properties properties, String key) {
    return Stream.of(properties.getProperty(key, "").split("[,\\s]+"))
        .filter(item -> !item.isEmpty())
        .toList();
  }

  /** {@return all rules, in the order of the pages} */
  List<Line> lines() {
    return List.copyOf(lines);
  }

  /** {@return the rules that a test should prove and none does} */
  Stream<Line> missing() {
    return lines.stream().filter(line -> isUnproved(line.state()));
  }

  List<Group> groups() {
    return List.copyOf(groups);
  }

  Group total() {
    return groups.stream().reduce(new Group("total", 0, 0, 0, 0, 0), Group::plus);
  }

  /** {@return why the build has to fail, one sentence each} */
  List<String> problems() {
    return List.copyOf(problems);
  }
}
