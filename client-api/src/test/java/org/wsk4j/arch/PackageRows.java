package org.wsk4j.arch;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of packages: a package may use those of the rows before its own, and itself. Packages
 * of one row do not know each other, so no cycle is possible.
 */
public final class PackageRows {
  private final String root;
  private final Map<String, Integer> rowOf = new HashMap<>();

  /**
   * Writes the order down.
   *
   * @param root the package that all of them lie in
   * @param rows the packages from the ground up, one list for each row
   */
  public PackageRows(String root, List<List<String>> rows) {
    this.root = root;
    for (int row = 0; row < rows.size(); row++) {
      for (String name : rows.get(row)) {
        rowOf.put(root + "." + name, row);
      }
    }
  }

  /** {@return the condition that a class only uses packages of rows before its own} */
  public ArchCondition<JavaClass> onlyLookDown() {
    return new ArchCondition<>("only use packages of rows before their own") {
      @Override
      public void check(JavaClass origin, ConditionEvents events) {
        origin.getDirectDependenciesFromSelf().forEach(each -> judge(each, events));
      }
    };
  }

  /** {@return the condition that a class lies in a package that has a row} */
  public ArchCondition<JavaClass> standInARow() {
    return new ArchCondition<>("lie in a package of the order") {
      @Override
      public void check(JavaClass each, ConditionEvents events) {
        boolean known = rowOf.containsKey(each.getPackageName());
        events.add(
            new SimpleConditionEvent(each, known, each.getName() + " lies in no known package"));
      }
    };
  }

  private void judge(Dependency dependency, ConditionEvents events) {
    String from = dependency.getOriginClass().getPackageName();
    String to = dependency.getTargetClass().getPackageName();
    if (from.equals(to) || !to.startsWith(root) || !rowOf.containsKey(to)) {
      return;
    }
    boolean down = rowOf.containsKey(from) && rowOf.get(to) < rowOf.get(from);
    events.add(new SimpleConditionEvent(dependency, down, dependency.getDescription()));
  }
}
