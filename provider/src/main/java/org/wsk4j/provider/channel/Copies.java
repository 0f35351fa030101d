package org.wsk4j.provider.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.irp.IrpContext;
import org.wsk4j.provider.memory.MdlViews;

/** Copies what requests want to send, where their memory may not be lent to the system. */
final class Copies {
  private Copies() {}

  /**
   * Copies what comes next in the region of a request, and moves behind it.
   *
   * @param channel whose memory the copy is
   * @param from where the request stands
   * @param count how many bytes, not more than are left
   * @return the copy, which is the caller's to release
   */
  static ByteBuf next(Channel channel, IrpContext from, int count) {
    ByteBuf copy = channel.alloc().ioBuffer(count, count);
    try {
      fill(copy, from);
    } catch (RuntimeException | Error fault) {
      copy.release();
      throw fault;
    }
    return copy;
  }

  private static void fill(ByteBuf copy, IrpContext from) {
    while (copy.isWritable() && from.mdl != null) {
      Mdl mdl = from.mdl;
      int offset = (int) from.offset;
      int part = (int) Math.min(mdl.byteCount() - from.offset, copy.writableBytes());
      copy.writeBytes(MdlViews.of(mdl), offset, part);
      from.advance(part);
    }
  }
}
