package org.wsk4j.contract;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The last step of a build: merges the claims of all modules, writes {@code
 * target/contract-coverage.md} and {@code .json}, and fails if the contract is not kept.
 */
public final class CoverageReport {
  private CoverageReport() {}

  /**
   * Writes the report and judges it.
   *
   * @param args the root directory of the project; {@code true} behind it if a required rule whose
   *     tests were skipped is to fail the build too
   * @throws IOException if pages or claims cannot be read, or the report cannot be written
   * @throws IllegalStateException if a claim is wrong or a required rule is not proved
   */
  public static void main(String[] args) throws IOException {
    Coverage coverage = write(Path.of(args[0]), args.length > 1 && Boolean.parseBoolean(args[1]));
    Coverage.Group total = coverage.total();
    System.out.printf(
        "Contract: %d rules, %d proved, %d missing, %d unobservable, %d caller duties%n",
        total.rules(), total.proved(), total.missing(), total.unobservable(), total.callerDuties());
    if (!coverage.problems().isEmpty()) {
      throw new IllegalStateException(
          "The contract is not kept:\n  " + String.join("\n  ", coverage.problems()));
    }
  }

  /** {@return what the claims under {@code root} cover, after writing both reports} */
  static Coverage write(Path root, boolean everything) throws IOException {
    Path pages = root.resolve("docs").resolve("contract");
    Properties required = properties(pages.resolve("required.properties"));
    Coverage coverage = new Coverage(RuleBook.read(pages), claims(root), required, everything);
    Path target = Files.createDirectories(root.resolve("target"));
    Files.writeString(target.resolve("contract-coverage.md"), markdown(coverage));
    Files.writeString(target.resolve("contract-coverage.json"), json(coverage));
    return coverage;
  }

  /** {@return the claims that the modules under {@code root} have left} */
  static List<Claim> claims(Path root) throws IOException {
    List<Claim> claims = new ArrayList<>();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : modules.sorted().toList()) {
        Path directory = module.resolve("target").resolve("contract");
        if (Files.isDirectory(directory)) {
          claims.addAll(claimsIn(directory));
        }
      }
    }
    return claims;
  }

  private static List<Claim> claimsIn(Path directory) throws IOException {
    List<Claim> claims = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        if (file.getFileName().toString().matches("claims-.*\\.tsv")) {
          Files.readAllLines(file).stream().map(Claim::fromLine).forEach(claims::add);
        }
      }
    }
    return claims;
  }

  private static Properties properties(Path file) throws IOException {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
    }
    return properties;
  }

  static String markdown(Coverage coverage) {
    StringBuilder page = new StringBuilder("# Contract coverage\n\n");
    page.append("| group | rules | caller duty | unobservable | proved | missing |\n");
    page.append("|---|--:|--:|--:|--:|--:|\n");
    coverage.groups().forEach(group -> page.append(row(group)));
    page.append(row(coverage.total()));
    if (!coverage.problems().isEmpty()) {
      page.append("\n## Problems\n\n");
      coverage.problems().forEach(problem -> page.append("- ").append(problem).append('\n'));
    }
    page.append("\n## Rules without a test\n\n");
    Map<String, List<String>> missing =
        coverage
            .missing()
            .collect(
                Collectors.groupingBy(
                    line -> line.rule().group(),
                    LinkedHashMap::new,
                    Collectors.mapping(line -> line.rule().id(), Collectors.toList())));
    missing.forEach(
        (group, ids) ->
            page.append("- ")
                .append(group)
                .append(": ")
                .append(String.join(" ", ids))
                .append('\n'));
    page.append("\n## Rules and their tests\n\n| ID | state | tests |\n|---|---|---|\n");
    coverage.lines().forEach(line -> page.append(row(line)));
    return page.toString();
  }

  private static String row(Coverage.Group group) {
    return "| %s | %d | %d | %d | %d | %d |\n"
        .formatted(
            group.name(),
            group.rules(),
            group.callerDuties(),
            group.unobservable(),
            group.proved(),
            group.missing());
  }

  private static String row(Coverage.Line line) {
    String tests =
        line.tests().entrySet().stream()
            .map(test -> "`" + test.getKey() + "`" + transports(test.getValue()))
            .collect(Collectors.joining("<br>"));
    return "| %s | %s | %s |\n".formatted(line.rule().id(), line.state().label, tests);
  }

  private static String transports(Set<String> transports) {
    return transports.isEmpty() ? "" : " (" + String.join(", ", transports) + ")";
  }

  static String json(Coverage coverage) {
    Stream<String> groups =
        Stream.concat(coverage.groups().stream(), Stream.of(coverage.total()))
            .map(CoverageReport::json);
    Stream<String> rules = coverage.lines().stream().map(CoverageReport::json);
    Stream<String> problems = coverage.problems().stream().map(CoverageReport::quoted);
    return "{\n\"groups\": "
        + array(groups)
        + ",\n\"problems\": "
        + array(problems)
        + ",\n\"rules\": "
        + array(rules)
        + "\n}\n";
  }

  private static String json(Coverage.Group group) {
    return "{\"name\": %s, \"rules\": %d, \"callerDuty\": %d, \"unobservable\": %d, \"proved\": %d, \"missing\": %d}"
        .formatted(
            quoted(group.name()),
            group.rules(),
            group.callerDuties(),
            group.unobservable(),
            group.proved(),
            group.missing());
  }

  private static String json(Coverage.Line line) {
    String tests =
        line.tests().entrySet().stream()
            .map(
                test ->
                    "{\"test\": %s, \"transports\": [%s]}"
                        .formatted(
                            quoted(test.getKey()),
                            test.getValue().stream()
                                .map(CoverageReport::quoted)
                                .collect(Collectors.joining(", "))))
            .collect(Collectors.joining(", "));
    return "{\"id\": %s, \"state\": %s, \"tests\": [%s]}"
        .formatted(quoted(line.rule().id()), quoted(line.state().label), tests);
  }

  private static String array(Stream<String> items) {
    return items.collect(Collectors.joining(",\n  ", "[\n  ", "\n]"));
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (c < ' ') {
                quoted.append("\\u%04x".formatted(c));
              } else {
                quoted.append((char) c);
              }
            });
    return quoted.append('"').toString();
  }
}
