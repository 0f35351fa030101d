package org.wsk4j.nt;

/**
 * A place for a number: an {@code _Out_} parameter that needs no boxing. The rules of {@link Out}
 * hold.
 */
public final class LongOut {
  private long value;

  /** Makes a place that holds 0. */
  public LongOut() {}

  /**
   * Makes a place that holds a number already, for parameters that are both read and written.
   *
   * @param value the first value
   */
  public LongOut(long value) {
    this.value = value;
  }

  /** {@return the number stored last} */
  public long get() {
    return value;
  }

  /**
   * Stores a number.
   *
   * @param newValue the number
   */
  public void set(long newValue) {
    value = newValue;
  }

  @Override
  public String toString() {
    return "LongOut[" + value + "]";
  }
}
