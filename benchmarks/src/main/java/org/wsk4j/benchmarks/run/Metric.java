package org.wsk4j.benchmarks.run;

/**
 * Something that is measured.
 *
 * @param name what it is
 * @param unit in what it is counted
 */
record Metric(String name, String unit) {
  static final Metric RATE = new Metric("throughput", "1/s");
  static final Metric CPU = new Metric("server CPU per operation", "us");
  static final Metric ALLOCATED = new Metric("allocated per operation", "B");
  static final Metric P50 = new Metric("p50", "us");
  static final Metric P99 = new Metric("p99", "us");
  static final Metric P999 = new Metric("p99.9", "us");
  static final Metric HEAP = new Metric("heap per connection", "B");
  static final Metric DIRECT = new Metric("direct memory per connection", "B");
  static final Metric RESIDENT = new Metric("resident memory per connection", "B");

  /** {@return name and unit} */
  @Override
  public String toString() {
    return name + " (" + unit + ")";
  }
}
