package org.wsk4j.provider.memory;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskDataIndication;

/**
 * One run of received bytes on its way to the client: first buffered, then perhaps indicated, then
 * perhaps retained.
 *
 * <pre>
 *   BUFFERED ──indicate──► INDICATED ──keep──► RETAINED
 *      ▲                     │   │                │
 *      └──────take back──────┘   └────claim───┬───┘
 *                                             ▼
 *                            CLAIMED ──free──► FREED
 *                               └──unclaim──► as before
 * </pre>
 *
 * <p>The client may release an element while the callback that indicates it still runs, from any
 * thread, so the steps out of INDICATED and RETAINED are atomic, and the memory is freed by the one
 * that made the step. A list is released by claiming all of its elements first; if one cannot be
 * claimed, the others are given back, so all or none are released (OPB-29).
 *
 * <p>Threads: while BUFFERED it belongs to the event loop; the steps say the rest.
 */
public final class DataIndication extends WskDataIndication implements Releasable {
  private static final int BUFFERED = 0;
  private static final int INDICATED = 1;
  private static final int RETAINED = 2;
  private static final int CLAIMED_INDICATED = 3;
  private static final int CLAIMED_RETAINED = 4;
  private static final int FREED = 5;
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(DataIndication.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // through STATE
  private volatile int state = BUFFERED;

  private final RetainAccount account;
  private final ByteBuf data;
  private final WskBuf buffer = new WskBuf();

  /**
   * How many bytes were indicated. The buffer must not be asked once the client may have released
   * it: its memory may be somebody else's by then.
   */
  private int indicatedBytes;

  /** The element behind this one in a queue or list of ours: the client cannot reach this link. */
  private @Nullable DataIndication following;

  /**
   * Wraps received bytes.
   *
   * @param account whose memory is counted while the client keeps it
   * @param data the readable bytes; ownership passes to this object
   */
  public DataIndication(RetainAccount account, ByteBuf data) {
    this.account = account;
    this.data = data;
  }

  /** {@return how many bytes are left in it; while it is buffered} */
  public int length() {
    return data.readableBytes();
  }

  /** {@return how many bytes were indicated, also if the client has released them meanwhile} */
  public int indicatedBytes() {
    return indicatedBytes;
  }

  /**
   * Copies bytes out, from the front.
   *
   * @param target where they go
   * @param offset where in it
   * @param count how many, at most {@link #length}
   */
  public void moveTo(Mdl target, int offset, int count) {
    data.readBytes(target.buffer().position(offset).limit(offset + count));
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
    if (state == FREED) {
      throw new IllegalStateException("the data was released and is gone");
    }
    return buffer;
  }

  /** Shows the element to the client, linked to what follows it in our own list. */
  public void indicate() {
    indicatedBytes = data.readableBytes();
    Mdl mdl = Mdl.of(data.nioBuffer());
    mdl.setProviderView(data.slice());
    buffer.set(mdl, 0, indicatedBytes);
    setNext(following);
    state = INDICATED;
  }

  /** The client answered PENDING: it keeps the element, unless it has released it already. */
  public void keep() {
    account.add(indicatedBytes);
    if (!settle(RETAINED)) {
      account.subtract(indicatedBytes);
    }
  }

  /** The client answered SUCCESS: the memory is ours again, unless it has released it already. */
  public void freeIndicated() {
    if (settle(FREED)) {
      data.release();
    }
  }

  /**
   * The client did not accept it: it is buffered again.
   *
   * @return whether it is; {@code false} if the client released it, against the rules, and its data
   *     is gone
   */
  public boolean takeBack() {
    return settle(BUFFERED);
  }

  /** {@return the bytes of an element that is only buffered; they pass to the caller} */
  public ByteBuf giveUp() {
    state = FREED;
    return data;
  }

  /** Frees an element that is only buffered. */
  public void freeBuffered() {
    state = FREED;
    data.release();
  }

  @Override
  public boolean claim(RetainAccount owner) {
    return owner == account
        && (STATE.compareAndSet(this, RETAINED, CLAIMED_RETAINED)
            || STATE.compareAndSet(this, INDICATED, CLAIMED_INDICATED));
  }

  @Override
  public void unclaim() {
    state = state == CLAIMED_RETAINED ? RETAINED : INDICATED;
  }

  @Override
  public void freeClaimed() {
    boolean wasRetained = state == CLAIMED_RETAINED;
    state = FREED;
    data.release();
    if (wasRetained) {
      account.subtract(indicatedBytes);
    }
  }

  /**
   * Ends the indication. A release on another thread may hold the element for a moment: it then
   * either frees it or gives it back.
   */
  private boolean settle(int next) {
    while (!STATE.compareAndSet(this, INDICATED, next)) {
      if (state == FREED) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }
}
