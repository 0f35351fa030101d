package org.wsk4j.benchmarks.run;

import java.util.List;

/**
 * Some figures in short.
 *
 * @param median the one in the middle, or the mean of the two
 * @param min the lowest
 * @param max the highest
 */
record Spread(double median, double min, double max) {
  static Spread of(List<Double> figures) {
    List<Double> sorted = figures.stream().sorted().toList();
    int count = sorted.size();
    double median = (sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2;
    return new Spread(median, sorted.get(0), sorted.get(count - 1));
  }
}
