package org.wsk4j.connection;

import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.WskBuf;

/**
 * One element of a list of received data (WSK_DATA_INDICATION). Providers make them; the data of a
 * list is the concatenation of its elements.
 *
 * <p><b>Ownership.</b> Element, buffer and memory belong to the provider. They may be read during
 * the callback; if it answers PENDING, each element belongs to the client until it is released. The
 * client may then cut the list, join it with others and release its elements in any order (REL-11
 * to REL-13): while it owns an element, {@link #next} is the client's to change.
 *
 * <p>Threads: not synchronised.
 */
public abstract class WskDataIndication {
  private @Nullable WskDataIndication next;

  /** For providers. */
  protected WskDataIndication() {}

  /** {@return where the data of this element lies} */
  public abstract WskBuf buffer();

  /** {@return the next element, or {@code null} at the end of the list} */
  public final @Nullable WskDataIndication next() {
    return next;
  }

  /**
   * Links this element to another.
   *
   * @param following the element that follows, or {@code null} to end the list here
   */
  public final void setNext(@Nullable WskDataIndication following) {
    next = following;
  }
}
