package org.wsk4j.provider.core;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.irp.Irp;
import org.wsk4j.irp.IrpContext;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.net.MessageFlags;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/**
 * Where the outputs of one WskReceiveFrom go, the data aside; the target of its request.
 *
 * @param remoteAddress receives the sender
 * @param controlLength receives how much control information was stored; {@code null} if none is
 *     wanted, and then the next two are ignored (DGR-18, DGR-19)
 * @param controlInfo receives control information
 * @param controlFlags receives the flags of the datagram
 */
public record ReceiveFrom(
    @Nullable Out<SocketAddress> remoteAddress,
    @Nullable LongOut controlLength,
    @Nullable Out<ControlInfo> controlInfo,
    @Nullable LongOut controlFlags) {

  /**
   * Stores a datagram in the memory and the outputs of a request.
   *
   * @param irp the request
   * @param datagram what remains of this buffer
   * @param sender where it came from
   * @param flags how it was sent
   * @param control the control information that came with it, or {@code null}
   * @return SUCCESS, or BUFFER_OVERFLOW if it was cut
   */
  static NtStatus store(
      Irp irp,
      ByteBuffer datagram,
      SocketAddress sender,
      int flags,
      @Nullable ControlInfo control) {
    boolean cut = datagram.remaining() > irp.context().length;
    fill(irp.context(), datagram);
    if (irp.context().target instanceof ReceiveFrom outputs) {
      outputs.tell(sender, cut ? flags | MessageFlags.TRUNC : flags, control);
    }
    return cut ? NtStatus.BUFFER_OVERFLOW : NtStatus.SUCCESS;
  }

  /** How many bytes were stored. */
  static long stored(Irp irp) {
    return irp.context().length - irp.context().remaining;
  }

  private static void fill(IrpContext context, ByteBuffer datagram) {
    while (context.remaining > 0 && datagram.hasRemaining()) {
      Mdl mdl = context.mdl;
      if (mdl == null) {
        return;
      }
      int room = (int) Math.min(mdl.byteCount() - context.offset, context.remaining);
      int count = Math.min(room, datagram.remaining());
      mdl.buffer().position((int) context.offset).put(datagram.slice().limit(count));
      datagram.position(datagram.position() + count);
      context.advance(count);
    }
  }

  private void tell(SocketAddress sender, int flags, @Nullable ControlInfo control) {
    if (remoteAddress != null) {
      remoteAddress.set(sender);
    }
    if (controlLength != null) {
      boolean whole = tellControl(control, controlLength);
      if (controlFlags != null) {
        controlFlags.set(whole ? flags : flags | MessageFlags.CTRUNC);
      }
    }
  }

  /** Stores whole objects, as many as there is room for (DGR-23). */
  private boolean tellControl(@Nullable ControlInfo control, LongOut length) {
    if (control == null) {
      length.set(0);
      return true;
    }
    ControlInfo fitting = controlInfo != null ? control.fitting(length.get()) : control.fitting(0);
    length.set(Math.min(length.get(), fitting.nativeSize()));
    if (controlInfo != null) {
      controlInfo.set(fitting);
    }
    return fitting.nativeSize() == control.nativeSize();
  }
}
