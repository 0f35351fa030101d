package org.wsk4j.arch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How long source files may be: lines of code, without comments, imports and blank lines. */
public final class SourceBudget {
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);

  private SourceBudget() {}

  /**
   * Finds files that are too long.
   *
   * @param sources the root of the sources
   * @param most how many lines of code a file may have
   * @return the names of those that have more, with their count
   */
  public static List<String> exceeding(Path sources, int most) {
    return files(sources)
        .filter(file -> linesOfCode(file) > most)
        .map(file -> sources.relativize(file) + ": " + linesOfCode(file))
        .toList();
  }

  /**
   * Finds packages that do not say what they are.
   *
   * @param sources the root of the sources
   * @return the folders with classes and without a package-info
   */
  public static List<String> undescribed(Path sources) {
    return files(sources)
        .map(Path::getParent)
        .distinct()
        .filter(folder -> !folder.equals(sources))
        .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
        .map(Path::toString)
        .toList();
  }

  private static Stream<Path> files(Path sources) {
    try (Stream<Path> all = Files.walk(sources)) {
      return all.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long linesOfCode(Path file) {
    try {
      String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
      return code.lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .filter(line -> !line.startsWith("//") && !line.startsWith("import "))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
