package org.wsk4j.provider.memory;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.datagram.WskDatagramIndication;
import org.wsk4j.net.ControlInfo;

/**
 * One received datagram on its way to the client: first buffered, then perhaps indicated, then
 * perhaps retained. It makes the same steps as a {@link DataIndication}, for the same reasons, but
 * is always taken as a whole.
 *
 * <p>Threads: while it is buffered it belongs to the event loop; what the client may release
 * changes in atomic steps, and the memory is freed by the one that made the last.
 */
public final class DatagramIndication extends WskDatagramIndication implements Releasable {
  private enum Step {
    BUFFERED,
    INDICATED,
    RETAINED,
    CLAIMED_INDICATED,
    CLAIMED_RETAINED,
    FREED
  }

  private final AtomicReference<Step> step = new AtomicReference<>(Step.BUFFERED);
  private final RetainAccount account;
  private final ByteBuf data;
  private final SocketAddress remoteAddress;
  private final int flags;
  private final @Nullable ControlInfo control;
  private final int length;
  private final WskBuf buffer = new WskBuf();

  private DatagramIndication(
      RetainAccount account,
      ByteBuf data,
      SocketAddress remoteAddress,
      int flags,
      @Nullable ControlInfo control) {
    this.control = control;
    this.account = account;
    this.data = data;
    this.remoteAddress = remoteAddress;
    this.flags = flags;
    length = data.readableBytes();
  }

  /**
   * Copies a datagram.
   *
   * @param account whose memory is counted while the client keeps it
   * @param datagram what remains of this buffer
   * @param remoteAddress the sender
   * @param flags how it was sent: MSG_BCAST, MSG_MCAST or 0
   * @param control the control information that came with it, or {@code null}
   * @return the copy, buffered
   */
  public static DatagramIndication copyOf(
      RetainAccount account,
      ByteBuffer datagram,
      SocketAddress remoteAddress,
      int flags,
      @Nullable ControlInfo control) {
    int length = datagram.remaining();
    ByteBuf copy =
        length == 0
            ? Unpooled.EMPTY_BUFFER
            : ByteBufAllocator.DEFAULT.buffer(length, length).writeBytes(datagram);
    return new DatagramIndication(account, copy, remoteAddress, flags, control);
  }

  /** {@return how many bytes the datagram has} */
  public int length() {
    return length;
  }

  /** {@return how it was sent: MSG_BCAST, MSG_MCAST or 0} */
  public int flags() {
    return flags;
  }

  /** {@return the bytes; while it is buffered} */
  public ByteBuffer bytes() {
    return data.nioBuffer();
  }

  @Override
  public WskBuf buffer() {
    checkNotFreed();
    return buffer;
  }

  @Override
  public @Nullable ControlInfo controlInfo() {
    checkNotFreed();
    return control;
  }

  @Override
  public SocketAddress remoteAddress() {
    checkNotFreed();
    return remoteAddress;
  }

  private void checkNotFreed() {
    if (step.get() == Step.FREED) {
      throw new IllegalStateException("the datagram was released and is gone");
    }
  }

  /**
   * Shows the datagram to the client.
   *
   * @param following the element behind it in the list, or {@code null}
   */
  public void indicate(@Nullable DatagramIndication following) {
    buffer.set(length == 0 ? null : Mdl.of(data.nioBuffer()), 0, length);
    setNext(following);
    step.set(Step.INDICATED);
  }

  /** The client answered PENDING: it keeps the datagram, unless it has released it already. */
  public void keep() {
    account.add(length);
    if (!settle(Step.RETAINED)) {
      account.subtract(length);
    }
  }

  /** The client is done with it, unless it has released it already. */
  public void freeIndicated() {
    if (settle(Step.FREED)) {
      data.release();
    }
  }

  /**
   * The client did not accept it: it is buffered again.
   *
   * @return whether it is; {@code false} if the client released it, against the rules, and it is
   *     gone
   */
  public boolean takeBack() {
    return settle(Step.BUFFERED);
  }

  /** Frees a datagram that is only buffered. */
  public void freeBuffered() {
    step.set(Step.FREED);
    data.release();
  }

  @Override
  public boolean claim(RetainAccount owner) {
    return owner == account
        && (step.compareAndSet(Step.RETAINED, Step.CLAIMED_RETAINED)
            || step.compareAndSet(Step.INDICATED, Step.CLAIMED_INDICATED));
  }

  @Override
  public void unclaim() {
    step.set(step.get() == Step.CLAIMED_RETAINED ? Step.RETAINED : Step.INDICATED);
  }

  @Override
  public void freeClaimed() {
    boolean wasRetained = step.getAndSet(Step.FREED) == Step.CLAIMED_RETAINED;
    data.release();
    if (wasRetained) {
      account.subtract(length);
    }
  }

  /** A release on another thread may hold it for a moment: it then frees it or gives it back. */
  private boolean settle(Step next) {
    while (!step.compareAndSet(Step.INDICATED, next)) {
      if (step.get() == Step.FREED) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }
}
