package org.wsk4j.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rules as the tables of {@code docs/contract} state them, and those among them that user space
 * cannot show.
 */
final class RuleBook {
  /** A directory that holds the pages; without it they are searched upwards from here. */
  static final String DIRECTORY_PROPERTY = "wsk4j.contract.dir";

  static final int UNOBSERVABLE_LIMIT = 40;

  private static final String DECISIONS = "0-decisions.md";
  private static final String UNOBSERVABLE = "unobservable.md";
  private static final Pattern ROW = Pattern.compile("^\\| *([A-Z]{3}-\\d{2,3}) *\\|(.*)$");

  private final Map<String, Entry> rules = new LinkedHashMap<>();
  private final Map<String, String> unobservable = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * A rule.
   *
   * @param id its ID
   * @param text what it says
   * @param callerDuty whether it binds the caller and not the provider
   */
  record Entry(String id, String text, boolean callerDuty) {
    String group() {
      return groupOf(id);
    }
  }

  private RuleBook() {}

  static String groupOf(String id) {
    return id.substring(0, Math.max(0, id.indexOf('-')));
  }

  /** {@return the rules of the pages in {@code directory}} */
  static RuleBook read(Path directory) {
    RuleBook book = new RuleBook();
    try {
      for (Path page : pages(directory)) {
        Files.readAllLines(page).forEach(book::addRule);
      }
      Path list = directory.resolve(UNOBSERVABLE);
      if (Files.exists(list)) {
        Files.readAllLines(list).forEach(book::addUnobservable);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the contract in " + directory, e);
    }
    if (book.unobservable.size() > UNOBSERVABLE_LIMIT) {
      book.problems.add(
          UNOBSERVABLE
              + " lists "
              + book.unobservable.size()
              + " rules, more than "
              + UNOBSERVABLE_LIMIT);
    }
    return book;
  }

  /** {@return the directory of the pages, if this runs inside the project} */
  static Optional<Path> find() {
    String named = System.getProperty(DIRECTORY_PROPERTY);
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    return Stream.iterate(Path.of("").toAbsolutePath(), here -> here != null, Path::getParent)
        .map(here -> here.resolve("docs").resolve("contract"))
        .filter(pages -> Files.exists(pages.resolve(DECISIONS)))
        .findFirst();
  }

  private static List<Path> pages(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[1-9]-.*\\.md"))
          .sorted()
          .toList();
    }
  }

  private void addRule(String line) {
    Matcher row = ROW.matcher(line);
    if (!row.matches() || isOpenPoint(row.group(1))) {
      return;
    }
    String id = row.group(1);
    String text = row.group(2).substring(0, Math.max(0, row.group(2).indexOf('|'))).strip();
    Entry entry = new Entry(id, text, text.contains("(caller duty)"));
    if (rules.putIfAbsent(id, entry) != null) {
      problems.add(id + " is numbered twice");
    }
  }

  private void addUnobservable(String line) {
    Matcher row = ROW.matcher(line);
    if (!row.matches()) {
      return;
    }
    String id = row.group(1);
    String reason = row.group(2).replaceAll("\\|\\s*$", "").strip();
    if (reason.isEmpty()) {
      problems.add(UNOBSERVABLE + " gives no reason for " + id);
    }
    if (!rules.containsKey(id)) {
      problems.add(UNOBSERVABLE + " names " + id + ", which is no rule");
    } else if (rules.get(id).callerDuty()) {
      problems.add(UNOBSERVABLE + " names " + id + ", which is a caller duty");
    } else {
      unobservable.put(id, reason);
    }
  }

  private static boolean isOpenPoint(String id) {
    return id.startsWith("OPB-") || id.startsWith("OPC-");
  }

  boolean knows(String id) {
    return rules.containsKey(id);
  }

  boolean isUnobservable(String id) {
    return unobservable.containsKey(id);
  }

  Collection<Entry> rules() {
    return Collections.unmodifiableCollection(rules.values());
  }

  List<String> groups() {
    return rules.values().stream().map(Entry::group).distinct().toList();
  }

  /** {@return what is wrong with the pages themselves} */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** {@return what is wrong with the claims of {@code test}, one sentence each} */
  List<String> problemsOf(String test, Collection<String> claimed) {
    List<String> wrong = new ArrayList<>();
    if (claimed.isEmpty()) {
      wrong.add(test + " claims no rule");
    }
    if (claimed.size() > Rule.LIMIT) {
      wrong.add(test + " claims " + claimed.size() + " rules, more than " + Rule.LIMIT);
    }
    claimed.stream()
        .filter(id -> !knows(id))
        .forEach(id -> wrong.add(test + " claims " + id + ", which is no rule"));
    return wrong;
  }
}
