package org.wsk4j.examples;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Shows on one line of a terminal how far something has got: a bar, percent, rate and the time that
 * is left at that rate.
 *
 * <p>Threads: one.
 */
final class ProgressLine implements AutoCloseable {
  private static final int BAR = 30;

  private final PrintStream terminal;
  private final boolean shown;
  private final long total;
  private final long start = System.nanoTime();

  /**
   * Makes a line.
   *
   * @param terminal where to show it
   * @param shown whether to show it at all
   * @param total how many bytes there will be
   */
  ProgressLine(PrintStream terminal, boolean shown, long total) {
    this.terminal = terminal;
    this.shown = shown && total > 0;
    this.total = total;
  }

  /** {@return whether standard error is a terminal, as far as the launcher has said so} */
  static boolean isTerminal() {
    return Boolean.getBoolean("wsk4j.examples.terminal");
  }

  /** Shows that so many bytes are done. */
  void show(long done) {
    if (shown) {
      terminal.print("\r" + line(done, (System.nanoTime() - start) / 1e9));
      terminal.flush();
    }
  }

  /** {@return the line after some time} */
  String line(long done, double seconds) {
    int filled = (int) (BAR * done / total);
    double rate = seconds > 0 ? done / seconds : 0;
    String left = rate > 0 ? "%.0f s left".formatted((total - done) / rate) : "";
    return String.format(
        Locale.ROOT,
        "[%s%s] %3d%% %9.1f MB/s %-14s",
        "=".repeat(filled),
        " ".repeat(BAR - filled),
        100 * done / total,
        rate / 1e6,
        left);
  }

  /** Wipes the line. */
  @Override
  public void close() {
    if (shown) {
      terminal.print("\r" + " ".repeat(BAR + 40) + "\r");
      terminal.flush();
    }
  }
}
