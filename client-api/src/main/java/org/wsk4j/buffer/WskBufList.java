package org.wsk4j.buffer;

import org.jspecify.annotations.Nullable;

/**
 * One element of a list of regions, each of which becomes one datagram (WSK_BUF_LIST).
 *
 * <p><b>Ownership.</b> Unlike a single {@link WskBuf}, the elements of a list stay in use, and
 * unchanged, until the IRP of the call completes (DGS-70).
 *
 * <p>Threads: not synchronised.
 */
public final class WskBufList {
  private final WskBuf buffer;
  private @Nullable WskBufList next;

  /**
   * Makes an element.
   *
   * @param buffer the region
   * @param next the following element, or {@code null} at the end
   */
  public WskBufList(WskBuf buffer, @Nullable WskBufList next) {
    this.buffer = buffer;
    this.next = next;
  }

  /**
   * Makes a list.
   *
   * @param buffers the regions in their order
   * @return the first element, or {@code null} if there is none
   */
  public static @Nullable WskBufList of(WskBuf... buffers) {
    WskBufList head = null;
    for (int i = buffers.length - 1; i >= 0; i--) {
      head = new WskBufList(buffers[i], head);
    }
    return head;
  }

  /** {@return the region of this element} */
  public WskBuf buffer() {
    return buffer;
  }

  /** {@return the following element, or {@code null} at the end} */
  public @Nullable WskBufList next() {
    return next;
  }

  /**
   * Links this element to another.
   *
   * @param following the element that follows, or {@code null} to end the list here
   */
  public void setNext(@Nullable WskBufList following) {
    next = following;
  }
}
