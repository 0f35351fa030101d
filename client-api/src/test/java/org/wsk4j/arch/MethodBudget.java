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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** How long methods may be: the lines between their braces. */
public final class MethodBudget {
  private MethodBudget() {}

  /**
   * Finds methods that are too long.
   *
   * @param sources the root of the sources
   * @param most how many lines the body of a method may have
   * @return the names of those that have more, with their count
   */
  public static List<String> exceeding(Path sources, int most) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> found = new ArrayList<>();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  null,
                  null,
                  manager.getJavaFileObjectsFromPaths(files(sources)));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        unit.accept(new Methods(unit, positions, most, found), null);
      }
    }
    return found;
  }

  private static List<Path> files(Path sources) throws IOException {
    try (Stream<Path> all = Files.walk(sources)) {
      return all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static final class Methods extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final int most;
    private final List<String> found;
    private String type = "";

    Methods(CompilationUnitTree unit, SourcePositions positions, int most, List<String> found) {
      this.unit = unit;
      this.positions = positions;
      this.most = most;
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
        if (last - first - 1 > most) {
          found.add(type + "." + node.getName() + ": " + (last - first - 1));
        }
      }
      return super.visitMethod(node, null);
    }
  }
}
