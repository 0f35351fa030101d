package org.wsk4j.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Where a run was made: what figures mean nothing without. */
final class Machine {
  private Machine() {}

  /** {@return its shape, by name} */
  static Map<String, String> describe() {
    Map<String, String> shape = new TreeMap<>();
    shape.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    shape.put("processor", processor());
    shape.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    shape.put("architecture", System.getProperty("os.arch"));
    shape.put("jdk", System.getProperty("java.runtime.version"));
    return shape;
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 2))
          .findFirst()
          .orElse("unknown");
    } catch (IOException elsewhere) {
      return "unknown";
    }
  }
}
