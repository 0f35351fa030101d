package org.wsk4j.benchmarks.run;

import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints figures as tables that are also Markdown. */
final class TextReport {
  private static final double LARGE = 100;

  private TextReport() {}

  /** Prints one work. */
  static void print(Result result, PrintWriter out) {
    out.printf("%n### %s%n", result.work().name());
    @Nullable Metric metric = null;
    for (Comparison each : Comparison.of(result)) {
      if (!each.metric().equals(metric)) {
        metric = each.metric();
        out.printf("%n| %s | median | min - max | / Netty | / C |%n", metric);
        out.println("|---|---|---|---|---|");
      }
      print(each, out);
    }
    result.failures().forEach((server, why) -> out.printf("%nNot %s: %s.%n", server.name(), why));
    out.flush();
  }

  private static void print(Comparison each, PrintWriter out) {
    Spread figures = each.figures();
    out.printf(
        "| %s | %s | %s - %s | %s | %s |%n",
        each.server().name(),
        number(figures.median()),
        number(figures.min()),
        number(figures.max()),
        ratio(each.toNetty()),
        ratio(each.toC()));
  }

  private static String number(double figure) {
    return String.format(Locale.ROOT, Math.abs(figure) >= LARGE ? "%,.0f" : "%.3f", figure);
  }

  private static String ratio(@Nullable Spread ratio) {
    return ratio == null
        ? "-"
        : String.format(
            Locale.ROOT, "%.3f (%.3f - %.3f)", ratio.median(), ratio.min(), ratio.max());
  }
}
