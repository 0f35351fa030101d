package org.wsk4j.arch;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/** The packages of one module in their order: each may know those before it, and no others. */
public final class PackageOrder {
  private final String root;
  private final List<String> order;
  private final JavaClasses classes;

  /**
   * Reads the classes of the module whose tests run.
   *
   * @param root what the names of its packages begin with
   * @param order the rest of their names, those that know least first
   */
  public PackageOrder(String root, List<String> order) {
    this.root = root;
    this.order = order;
    classes = new ClassFileImporter().importPath(Path.of("target", "classes"));
    if (!classes.iterator().hasNext()) {
      throw new AssertionError("no classes in " + Path.of("target", "classes").toAbsolutePath());
    }
  }

  /** {@return packages that have no place in the order} */
  public Set<String> unknown() {
    Set<String> unknown = new TreeSet<>();
    for (JavaClass type : classes) {
      if (place(type) < 0) {
        unknown.add(type.getPackageName());
      }
    }
    return unknown;
  }

  /** {@return what depends on something that comes later, or beside it} */
  public List<String> upward() {
    return dependencies(
        (from, to) ->
            to.getPackageName().startsWith(root)
                && !to.getPackageName().equals(from.getPackageName())
                && place(to) >= place(from));
  }

  /**
   * Looks for dependencies that are not allowed.
   *
   * @param forbidden tells them by their ends
   * @return a line for each
   */
  public List<String> dependencies(BiPredicate<JavaClass, JavaClass> forbidden) {
    List<String> found = new ArrayList<>();
    for (JavaClass type : classes) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        if (forbidden.test(type, dependency.getTargetClass())) {
          found.add(dependency.getDescription());
        }
      }
    }
    return found;
  }

  /** {@return the rest of the name of a package of this module, without what is below it} */
  public String nameOf(JavaClass type) {
    String rest = type.getPackageName().substring(root.length());
    int end = rest.indexOf('.', 1);
    return rest.substring(1, end < 0 ? rest.length() : end);
  }

  private int place(JavaClass type) {
    return type.getPackageName().length() > root.length() ? order.indexOf(nameOf(type)) : -1;
  }
}
