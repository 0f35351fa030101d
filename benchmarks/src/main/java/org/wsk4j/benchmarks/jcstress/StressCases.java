package org.wsk4j.benchmarks.jcstress;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * Runs all cases and fails if one shows a forbidden outcome, or if one was not run: jcstress itself
 * is content if no JVM could be started.
 */
public final class StressCases {
  private static final Path REPORT = Path.of("report");

  private StressCases() {}

  /**
   * Runs the cases; the report is written below the current directory.
   *
   * @param options of jcstress
   * @throws Exception if a case failed or was not run
   */
  public static void main(String[] options) throws Exception {
    deleteOldReport();
    Stream<String> all = Stream.concat(Stream.of("-r", REPORT.toString()), Stream.of(options));
    Main.main(all.toArray(String[]::new));
    List<String> missing =
        TestList.tests().stream().filter(name -> !Files.exists(reportOf(name))).toList();
    if (!missing.isEmpty()) {
      throw new AssertionError("these cases were not run: " + missing);
    }
  }

  private static Path reportOf(String name) {
    return REPORT.resolve(name + ".html");
  }

  private static void deleteOldReport() throws IOException {
    if (Files.isDirectory(REPORT)) {
      try (DirectoryStream<Path> pages = Files.newDirectoryStream(REPORT, "*.html")) {
        for (Path page : pages) {
          Files.delete(page);
        }
      }
    }
  }
}
