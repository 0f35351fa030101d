package org.wsk4j.nt;

import org.jspecify.annotations.Nullable;

/**
 * A place for a result: the counterpart of an {@code _Out_} parameter.
 *
 * <p>The caller makes it and owns it; the function it is given to writes it before it returns or,
 * with an IRP, before the IRP completes, and not afterwards. It is not synchronised: whoever
 * learned of the completion in one of the documented ways sees the value.
 *
 * @param <T> the type of the result
 */
public final class Out<T> {
  private @Nullable T value;

  /** Makes an empty place. */
  public Out() {}

  /**
   * Makes a place that holds a value already, for parameters that are both read and written.
   *
   * @param value the first value
   */
  public Out(@Nullable T value) {
    this.value = value;
  }

  /** {@return the value, or {@code null} if none was stored} */
  public @Nullable T get() {
    return value;
  }

  /**
   * {@return the value, which must be there}
   *
   * @throws IllegalStateException if none was stored
   */
  public T require() {
    T current = value;
    if (current == null) {
      throw new IllegalStateException("no result was stored here");
    }
    return current;
  }

  /**
   * Stores a value.
   *
   * @param newValue the value, or {@code null} to clear
   */
  public void set(@Nullable T newValue) {
    value = newValue;
  }

  @Override
  public String toString() {
    return "Out[" + value + "]";
  }
}
