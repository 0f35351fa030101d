package org.wsk4j.benchmarks.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a {@code java} which version it is. */
final class JavaVersion {
  private static final Pattern FEATURE = Pattern.compile(" version \"([0-9]+)");

  private JavaVersion() {}

  /** {@return its feature number; 0 if it does not say} */
  static int of(String java) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(java, "-version").redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    Matcher version = FEATURE.matcher(said);
    return version.find() ? Integer.parseInt(version.group(1)) : 0;
  }
}
