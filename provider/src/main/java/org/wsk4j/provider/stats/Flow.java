package org.wsk4j.provider.stats;

/**
 * How much went one way.
 *
 * @param operations sends or receives
 * @param bytes their bytes
 */
public record Flow(long operations, long bytes) {
  /** Nothing. */
  static final Flow NONE = new Flow(0, 0);

  Flow plus(Flow other) {
    return new Flow(operations + other.operations, bytes + other.bytes);
  }
}
