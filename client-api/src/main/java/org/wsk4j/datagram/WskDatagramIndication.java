package org.wsk4j.datagram;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.net.ControlInfo;

/**
 * One received datagram in a list (WSK_DATAGRAM_INDICATION). Providers make them.
 *
 * <p><b>Ownership.</b> As for {@code WskDataIndication}: the provider's, to be read during the
 * callback, or until released if the callback answers PENDING; retained elements may be cut, joined
 * and released one by one, in any order, from any thread (DGX-05 to DGX-09).
 *
 * <p>Threads: not synchronised.
 */
public abstract class WskDatagramIndication {
  private @Nullable WskDatagramIndication next;

  /** For providers. */
  protected WskDatagramIndication() {}

  /** {@return the whole datagram, never truncated; length 0 is a datagram without data} */
  public abstract WskBuf buffer();

  /** {@return control information that came with it, or {@code null} if there is none} */
  public abstract @Nullable ControlInfo controlInfo();

  /** {@return the sender} */
  public abstract SocketAddress remoteAddress();

  /** {@return the next element, or {@code null} at the end of the list} */
  public final @Nullable WskDatagramIndication next() {
    return next;
  }

  /**
   * Links this element to another.
   *
   * @param following the element that follows, or {@code null} to end the list here
   */
  public final void setNext(@Nullable WskDatagramIndication following) {
    next = following;
  }
}
