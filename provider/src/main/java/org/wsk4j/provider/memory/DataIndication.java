package org.wsk4j.provider.memory;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskDataIndication;

/**
 * One run of received bytes on its way to the client; {@link IndicationSteps} says how it gets
 * there and back.
 *
 * <p>Threads: while it is buffered it belongs to the event loop; the steps say the rest.
 */
public final class DataIndication extends WskDataIndication implements Releasable {
  private final IndicationSteps steps;
  private ByteBuf data;
  private final WskBuf buffer = new WskBuf();

  /** The element behind this one in a queue or list of ours: the client cannot reach this link. */
  private @Nullable DataIndication following;

  /**
   * Wraps received bytes.
   *
   * @param account whose memory is counted while the client keeps it
   * @param data the readable bytes; ownership passes to this object
   */
  public DataIndication(RetainAccount account, ByteBuf data) {
    steps = new IndicationSteps(account, data);
    this.data = data;
  }

  /**
   * Wraps received bytes.
   *
   * @param spare an element that is free and that the client never kept, to be used again; {@code
   *     null} for a new one
   * @param account the account of the socket, which is also that of the spare element
   * @param received the readable bytes; ownership passes to the element
   * @return the element, buffered
   */
  public static DataIndication of(
      @Nullable DataIndication spare, RetainAccount account, ByteBuf received) {
    return spare != null ? spare.reuse(received) : new DataIndication(account, received);
  }

  private DataIndication reuse(ByteBuf received) {
    data = received;
    buffer.set(null, 0, 0);
    setNext(null);
    steps.reuse(received);
    return this;
  }

  /** {@return how many bytes are left in it; while it is buffered} */
  public int length() {
    return data.readableBytes();
  }

  /** {@return how many bytes were indicated, also if the client has released them meanwhile} */
  public int indicatedBytes() {
    return steps.indicatedBytes();
  }

  /**
   * Copies bytes out, from the front.
   *
   * @param target where they go
   * @param offset where in it
   * @param count how many, at most {@link #length}
   */
  public void moveTo(Mdl target, int offset, int count) {
    data.readBytes(MdlViews.of(target), offset, count);
  }

  /**
   * Drops bytes from the front.
   *
   * @param count how many, at most {@link #length}
   */
  public void skip(int count) {
    data.skipBytes(count);
  }

  /** {@return the element behind this one in our own list} */
  public @Nullable DataIndication following() {
    return following;
  }

  /**
   * Links this element to another in our own list.
   *
   * @param element the one that follows, or {@code null}
   */
  public void setFollowing(@Nullable DataIndication element) {
    following = element;
  }

  @Override
  public WskBuf buffer() {
    if (steps.isFreed()) {
      throw new IllegalStateException("the data was released and is gone");
    }
    return buffer;
  }

  /** Shows the element to the client, linked to what follows it in our own list. */
  public void indicate() {
    int count = data.readableBytes();
    Mdl mdl = Mdl.taking(data.nioBuffer());
    mdl.setProviderView(data.readerIndex() == 0 ? data : data.slice());
    buffer.set(mdl, 0, count);
    setNext(following);
    steps.indicate(count);
  }

  /** The client answered PENDING: it keeps the element, unless it has released it already. */
  public void keep() {
    steps.keep();
  }

  /**
   * The client answered SUCCESS: the memory is ours again.
   *
   * @return whether it was; {@code false} if the client has released it already
   */
  public boolean freeIndicated() {
    return steps.freeIndicated();
  }

  /**
   * The client did not accept it: it is buffered again.
   *
   * @return whether it is; {@code false} if the client released it, against the rules, and its data
   *     is gone
   */
  public boolean takeBack() {
    return steps.takeBack();
  }

  /** {@return the bytes of an element that is only buffered; they pass to the caller} */
  public ByteBuf giveUp() {
    steps.giveUp();
    return data;
  }

  /** Frees an element that is only buffered. */
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
