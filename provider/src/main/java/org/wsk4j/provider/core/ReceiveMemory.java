package org.wsk4j.provider.core;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.irp.Irp;
import org.wsk4j.irp.IrpContext;
import org.wsk4j.provider.memory.DataIndication;
import org.wsk4j.socket.WskFlags;

/**
 * The memory of one receive request: how much of it can be filled, filling it, and taking back what
 * was filled into a request that is cancelled.
 */
final class ReceiveMemory {
  private ReceiveMemory() {}

  /** Whether the request discards what comes. */
  static boolean isDrain(Irp irp) {
    return (irp.context().flags & WskFlags.DRAIN) != 0;
  }

  /** Whether the request completes only when its memory is full. */
  static boolean waitsForAll(Irp irp) {
    return (irp.context().flags & WskFlags.WAITALL) != 0;
  }

  /** How many bytes the request needs to complete; 0 if it needs none. */
  static long needed(Irp irp) {
    long remaining = irp.context().remaining;
    return waitsForAll(irp) ? remaining : Math.min(1, remaining);
  }

  /** How many bytes were filled in. */
  static long filled(Irp irp) {
    return irp.context().length - irp.context().remaining;
  }

  /** Fills in what there is room for. */
  static void fill(Irp irp, DataQueue data) {
    IrpContext context = irp.context();
    while (context.remaining > 0) {
      DataIndication first = data.head();
      Mdl mdl = context.mdl;
      if (first == null || mdl == null) {
        return;
      }
      int room = (int) Math.min(mdl.byteCount() - context.offset, context.remaining);
      int count = Math.min(room, first.length());
      first.moveTo(mdl, (int) context.offset, count);
      data.consumed(first, count);
      context.advance(count);
    }
  }

  /** Copies what was filled in back to the front of the queue. */
  static void takeBack(Irp irp, DataQueue data, Function<ByteBuffer, DataIndication> restore) {
    IrpContext context = irp.context();
    long left = filled(irp);
    DataQueue front = new DataQueue();
    context.rewind();
    while (left > 0 && context.mdl != null) {
      int offset = (int) context.offset;
      int count = (int) Math.min(context.mdl.byteCount() - offset, left);
      ByteBuffer part = context.mdl.buffer().position(offset).limit(offset + count);
      front.add(restore.apply(ByteBuffer.allocate(count).put(part).flip()));
      context.advance(count);
      left -= count;
    }
    data.addFirst(front);
  }
}
