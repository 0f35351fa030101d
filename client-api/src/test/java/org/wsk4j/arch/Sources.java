package org.wsk4j.arch;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The sources of the module whose tests run, measured. */
public final class Sources {
  private static final Path ROOT = Path.of("src", "main", "java");

  private Sources() {}

  /**
   * Something with a length.
   *
   * @param name what it is
   * @param lines how many lines it has
   */
  public record Measure(String name, long lines) {}

  /**
   * Measures classes: their lines without comments, blank lines and imports.
   *
   * @return a measure for each source file
   */
  public static List<Measure> classes() throws IOException {
    List<Measure> found = new ArrayList<>();
    for (Path file : files()) {
      found.add(new Measure(ROOT.relativize(file).toString(), codeLines(file)));
    }
    return found;
  }

  /**
   * Measures methods: the lines between the braces.
   *
   * @return a measure for each method that has a body
   */
  public static List<Measure> methods() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Measure> found = new ArrayList<>();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files()));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        unit.accept(new Methods(unit, positions, found), null);
      }
    }
    return found;
  }

  /** {@return packages that no package-info describes} */
  public static List<String> undescribedPackages() throws IOException {
    return files().stream()
        .map(Path::getParent)
        .distinct()
        .filter(folder -> !folder.equals(ROOT))
        .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
        .map(Path::toString)
        .toList();
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(ROOT)) {
      return all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static long codeLines(Path file) {
    try {
      String text = Files.readString(file);
      return text.replaceAll("(?s)/\\*.*?\\*/", "")
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("//"))
          .filter(line -> !line.startsWith("import ") && !line.startsWith("package "))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Methods extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<Measure> found;
    private String type = "";

    Methods(CompilationUnitTree unit, SourcePositions positions, List<Measure> found) {
      this.unit = unit;
      this.positions = positions;
      this.found = found;
    }

    @Override
    public @Nullable Void visitClass(ClassTree node, @Nullable Void nothing) {
      String outer = type;
      type = outer.isEmpty() ? node.getSimpleName().toString() : outer + "." + node.getSimpleName();
      super.visitClass(node, null);
      type = outer;
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree node, @Nullable Void nothing) {
      Tree body = node.getBody();
      if (body != null) {
        LineMap lines = unit.getLineMap();
        long first = lines.getLineNumber(positions.getStartPosition(unit, body));
        long last = lines.getLineNumber(positions.getEndPosition(unit, body));
        found.add(new Measure(type + "." + node.getName(), Math.max(0, last - first - 1)));
      }
      return super.visitMethod(node, null);
    }
  }
}
