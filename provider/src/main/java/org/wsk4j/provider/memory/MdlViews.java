package org.wsk4j.provider.memory;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.wsk4j.buffer.Mdl;

/**
 * Netty's view of the memory that an {@link Mdl} describes: made once, kept with the {@code Mdl}.
 *
 * <p>Threads: an {@code Mdl} in use belongs to one request, and so does its view.
 */
public final class MdlViews {
  private MdlViews() {}

  /**
   * Gives the view of a client's memory.
   *
   * @param mdl the memory
   * @return a buffer over all of it, not counted against anybody: slices of it are retained and
   *     released as usual, and the view itself is never released
   */
  public static ByteBuf of(Mdl mdl) {
    if (mdl.providerView() instanceof ByteBuf view) {
      return view;
    }
    ByteBuf view = Unpooled.wrappedBuffer(mdl.buffer());
    mdl.setProviderView(view);
    return view;
  }
}
