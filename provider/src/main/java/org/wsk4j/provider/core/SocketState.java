package org.wsk4j.provider.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.wsk4j.nt.NtStatus;

/**
 * The state of a socket in one atomic word: its phase, and how its connection has ended.
 *
 * <p>Calls are judged here on the caller's thread and move the word there (decision 31), so two
 * threads that bind or connect the same socket cannot both go on; the event loop only reports how
 * the operation ended.
 *
 * <p>Threads: any.
 */
public final class SocketState {
  private static final SocketPhase[] PHASES = SocketPhase.values();
  private static final int PHASE = 0xF;

  /** This side has said that it sends no more. */
  private static final int SEND_ENDED = 0x10;

  /** This side has aborted the connection. */
  private static final int ABORTED = 0x20;

  /** The peer has reset the connection. */
  private static final int RESET = 0x40;

  private static final VarHandle WORD;

  static {
    try {
      WORD = MethodHandles.lookup().findVarHandle(SocketState.class, "word", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile int word;

  /**
   * Makes a state.
   *
   * @param first the first phase
   */
  public SocketState(SocketPhase first) {
    word = first.ordinal();
  }

  /** {@return the phase} */
  public SocketPhase phase() {
    return PHASES[word & PHASE];
  }

  /**
   * Goes from one phase to another.
   *
   * @param from the phase that it has to be in
   * @param to the next one
   * @return whether it was in the first one
   */
  public boolean move(SocketPhase from, SocketPhase to) {
    int current = word;
    while ((current & PHASE) == from.ordinal()) {
      if (WORD.compareAndSet(this, current, current & ~PHASE | to.ordinal())) {
        return true;
      }
      current = word;
    }
    return false;
  }

  /**
   * Notes that the transport has failed under the socket.
   *
   * @return whether this call noted it; {@code false} if it is dead already, or closes
   */
  public boolean die() {
    int current = word;
    while ((current & PHASE) < SocketPhase.DEAD.ordinal()) {
      if (WORD.compareAndSet(this, current, current & ~PHASE | SocketPhase.DEAD.ordinal())) {
        return true;
      }
      current = word;
    }
    return false;
  }

  /** {@return whether the transport has failed, and no close has begun} */
  public boolean isDead() {
    return (word & PHASE) == SocketPhase.DEAD.ordinal();
  }

  /**
   * Begins to close.
   *
   * @return SUCCESS if this call began it; else, as for every other call, FILE_FORCED_CLOSED while
   *     the close runs and INVALID_HANDLE when it is over (decision 40)
   */
  public NtStatus beginClose() {
    while (true) {
      int current = word;
      if ((current & PHASE) >= SocketPhase.CLOSING.ordinal()) {
        return wrongPhase();
      }
      int closing = current & ~PHASE | SocketPhase.CLOSING.ordinal();
      if (WORD.compareAndSet(this, current, closing)) {
        return NtStatus.SUCCESS;
      }
    }
  }

  /** {@return whether a close has begun} */
  public boolean isClosing() {
    return (word & PHASE) >= SocketPhase.CLOSING.ordinal();
  }

  /** {@return what a call in the wrong phase is answered} */
  public NtStatus wrongPhase() {
    return switch (phase()) {
      case CLOSED -> NtStatus.INVALID_HANDLE;
      case CLOSING, DEAD -> NtStatus.FILE_FORCED_CLOSED;
      default -> NtStatus.INVALID_DEVICE_STATE;
    };
  }

  /** {@return what a bind in the wrong phase is answered: mostly there is an address already} */
  public NtStatus wrongPhaseToBind() {
    return switch (phase()) {
      case BOUND, OPENING, LISTENING, CONNECTING, CONNECTED, FAILED ->
          NtStatus.ADDRESS_ALREADY_ASSOCIATED;
      default -> wrongPhase();
    };
  }

  /** {@return SUCCESS if the socket is still of use, else what calls are answered} */
  public NtStatus checkOpen() {
    return (word & PHASE) < SocketPhase.SILENT.ordinal() ? NtStatus.SUCCESS : wrongPhase();
  }

  /** {@return SUCCESS if data may be sent now, else what sends are answered} */
  public NtStatus checkSend() {
    int current = word;
    if (current == SocketPhase.CONNECTED.ordinal()) {
      return NtStatus.SUCCESS;
    }
    if ((current & PHASE) != SocketPhase.CONNECTED.ordinal()) {
      return wrongPhase();
    }
    return (current & (ABORTED | RESET)) != 0 ? howEnded(current) : NtStatus.INVALID_DEVICE_STATE;
  }

  /** {@return SUCCESS if data may be received now, else what receives are answered} */
  public NtStatus checkReceive() {
    int current = word;
    if ((current & PHASE) != SocketPhase.CONNECTED.ordinal()) {
      return wrongPhase();
    }
    return (current & (ABORTED | RESET)) != 0 ? howEnded(current) : NtStatus.SUCCESS;
  }

  /**
   * Notes that this side sends no more.
   *
   * @return whether this call noted it first
   */
  public boolean endSend() {
    return set(SEND_ENDED);
  }

  /** {@return whether this side has said that it sends no more} */
  public boolean isSendEnded() {
    return (word & SEND_ENDED) != 0;
  }

  /**
   * Notes that this side aborts the connection.
   *
   * @return whether this call noted it first
   */
  public boolean abort() {
    return set(ABORTED);
  }

  /**
   * Notes that the peer has reset the connection.
   *
   * @return whether this call noted it first
   */
  public boolean reset() {
    return set(RESET);
  }

  /**
   * Makes a connection silent, unless it has ended or this side is about to end it.
   *
   * @param sendEnded whether this side's end, if it was asked for, is over
   * @return whether it is silent now
   */
  public boolean silence(boolean sendEnded) {
    int calm = SocketPhase.CONNECTED.ordinal() | (sendEnded ? SEND_ENDED : 0);
    return WORD.compareAndSet(this, calm, calm & ~PHASE | SocketPhase.SILENT.ordinal());
  }

  /** {@return whether the connection is silent} */
  public boolean isSilent() {
    return phase() == SocketPhase.SILENT;
  }

  /** {@return whether the connection was aborted or reset} */
  public boolean isBroken() {
    return (word & (ABORTED | RESET)) != 0;
  }

  /** {@return whether this side has aborted the connection} */
  public boolean isAborted() {
    return (word & ABORTED) != 0;
  }

  /** {@return what requests on a broken connection are answered that were made before a close} */
  public NtStatus howBroken() {
    return howEnded(word);
  }

  private boolean set(int flag) {
    int before = (int) WORD.getAndBitwiseOr(this, flag);
    return (before & flag) == 0;
  }

  /**
   * What requests on a connection that was aborted or reset are answered; the abort counts first.
   */
  private static NtStatus howEnded(int current) {
    return (current & ABORTED) != 0 ? NtStatus.CONNECTION_ABORTED : NtStatus.CONNECTION_RESET;
  }

  @Override
  public String toString() {
    int current = word;
    return PHASES[current & PHASE]
        + ((current & SEND_ENDED) != 0 ? ", send ended" : "")
        + ((current & ABORTED) != 0 ? ", aborted" : "")
        + ((current & RESET) != 0 ? ", reset by peer" : "");
  }
}
