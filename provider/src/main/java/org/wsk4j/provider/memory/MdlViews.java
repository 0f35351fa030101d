package org.wsk4j.provider.memory;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.invoke.VarHandle;
import org.wsk4j.buffer.Mdl;

/**
 * Netty's view of the memory that an {@link Mdl} describes: made once, kept with the {@code Mdl}.
 *
 * <p>Threads: any. An {@code Mdl} that is received into belongs to one request; one that is sent
 * may be in use by several at once, on several event loops. Each of them may then make a view;
 * which of them stays does not matter.
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
    VarHandle.releaseFence(); // who sees the view sees all of it
    mdl.setProviderView(view);
    return view;
  }
}
