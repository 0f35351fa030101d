package org.wsk4j.provider.resolve;

import java.nio.file.Path;

/**
 * The files of the system that say something about names. They are read when they are needed, and
 * again when they have changed; one that does not exist is empty.
 *
 * @param hosts addresses with their names
 * @param services names of services with their port and protocol
 * @param resolver which name servers to ask, and how to complete names ({@code resolv.conf})
 */
public record NameFiles(Path hosts, Path services, Path resolver) {
  /** {@return where this system keeps them} */
  public static NameFiles ofSystem() {
    Path etc = isWindows() ? windowsEtc() : Path.of("/etc");
    return new NameFiles(etc.resolve("hosts"), etc.resolve("services"), etc.resolve("resolv.conf"));
  }

  static boolean isWindows() {
    return System.getProperty("os.name", "").startsWith("Windows");
  }

  private static Path windowsEtc() {
    String root = System.getenv("SystemRoot");
    return Path.of(root != null ? root : "C:\\Windows", "System32", "drivers", "etc");
  }
}
