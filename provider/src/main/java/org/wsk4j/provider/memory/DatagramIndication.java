package org.wsk4j.provider.memory;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.datagram.WskDatagramIndication;
import org.wsk4j.net.ControlInfo;

/**
 * One received datagram on its way to the client; {@link IndicationSteps} says how it gets there
 * and back. It is always taken as a whole.
 *
 * <p>Threads: while it is buffered it belongs to the event loop; the steps say the rest.
 */
public final class DatagramIndication extends WskDatagramIndication implements Releasable {
  private final IndicationSteps steps;
  private final ByteBuffer memory;
  private final int offset;
  private final int length;
  private final SocketAddress remoteAddress;
  private final int flags;
  private final @Nullable ControlInfo control;
  private final WskBuf buffer = new WskBuf();

  /**
   * Makes it of memory that it shares with others.
   *
   * @param steps frees the memory in the end
   * @param memory the memory; the bytes of the datagram end at its position
   * @param length how many bytes it has
   * @param remoteAddress the sender
   * @param flags how it was sent
   * @param control the control information that came with it, or {@code null}
   */
  DatagramIndication(
      IndicationSteps steps,
      ByteBuffer memory,
      int length,
      SocketAddress remoteAddress,
      int flags,
      @Nullable ControlInfo control) {
    this.steps = steps;
    this.memory = memory;
    this.length = length;
    offset = memory.position() - length;
    this.remoteAddress = remoteAddress;
    this.flags = flags;
    this.control = control;
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
    return memory.slice(offset, length);
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
    if (steps.isFreed()) {
      throw new IllegalStateException("the datagram was released and is gone");
    }
  }

  /**
   * Shows the datagram to the client.
   *
   * @param following the element behind it in the list, or {@code null}
   */
  public void indicate(@Nullable DatagramIndication following) {
    buffer.set(length > 0 ? Mdl.of(memory, offset, length) : null, 0, length);
    setNext(following);
    steps.indicate(length);
  }

  /** The client answered PENDING: it keeps the datagram, unless it has released it already. */
  public void keep() {
    steps.keep();
  }

  /** The client is done with it, unless it has released it already. */
  public void freeIndicated() {
    steps.freeIndicated();
  }

  /**
   * The client did not accept it: it is buffered again.
   *
   * @return whether it is; {@code false} if the client released it, against the rules, and it is
   *     gone
   */
  public boolean takeBack() {
    return steps.takeBack();
  }

  /** Frees a datagram that is only buffered. */
  public void freeBuffered() {
    steps.freeBuffered();
  }

  @Override
  public boolean claim(RetainAccount owner) {
    return steps.claim(owner);
  }

  @Override
  public void unclaim() {
    steps.unclaim();
  }

  @Override
  public void freeClaimed() {
    steps.freeClaimed();
  }
}
