package org.wsk4j.provider.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.core.ReceiveQueue;
import org.wsk4j.provider.core.SocketState;
import org.wsk4j.provider.memory.DataIndication;
import org.wsk4j.provider.memory.RetainAccount;

/**
 * The network end of a connection: requests become operations of a Netty channel, and what the
 * channel reports becomes calls of the queues.
 *
 * <p>Reading is by demand: one read is asked for at a time, while the receive queue wants data and
 * the client does not keep too much. Sends made while requests or data are being brought to the
 * client leave together when that is over.
 *
 * <p>Threads: all on the event loop, unless {@link LoopBound} says otherwise.
 */
public final class ConnectionChannel extends LoopBound {
  private final SocketState state;
  private final LoopMeters meters;
  private final RetainAccount retained;
  private final ReceiveQueue receives;
  private final Outgoing sends;
  private final Endpoint endpoint;
  private final ConnectionStart start;
  private final ReadDemand reads;
  private final ConnectionEnd end;
  private final Adoption adoption;
  private final Securing securing;
  private final ConnectionFaults faults;

  private boolean connected;

  /** We close or abort, or are dead: what the channel reports now is our own doing. */
  private @Nullable NtStatus ending;

  /**
   * Makes the channel end of a new socket; the Netty channel is opened by the first request.
   *
   * @param loop where it lives
   * @param owner the socket
   * @param parts what the socket has in common with it
   * @param endpoint the Netty channel, not open yet
   * @param reservation keeps its address until it is connected, or {@code null}
   * @param limits what bounds it; how much is read ahead the options may say too
   * @param meters count what it does
   */
  ConnectionChannel(
      EventLoop loop,
      ConnectionOwner owner,
      SocketParts parts,
      Endpoint endpoint,
      @Nullable Reservation reservation,
      ConnectionLimits limits,
      LoopMeters meters) {
    super(loop);
    state = parts.state();
    this.meters = meters;
    retained = new RetainAccount(limits.retainSoft(), limits.retainHard(), meters.statistics());
    receives =
        new ReceiveQueue(
            parts.gate(),
            owner,
            retained,
            bytes -> new DataIndication(retained, Unpooled.wrappedBuffer(bytes)),
            limits.readAhead(parts.options()),
            this::eventsChanged);
    reads = new ReadDemand(endpoint, receives);
    this.endpoint = endpoint;
    sends =
        new Outgoing(
            this, endpoint, owner, state, meters.counters(), limits.disconnectTimeoutMillis());
    securing = new Securing(this, endpoint, receives, sends);
    faults = new ConnectionFaults(this, endpoint, receives, sends, securing);
    end = new ConnectionEnd(this, owner);
    adoption = new Adoption(this, endpoint, reads);
    start =
        new ConnectionStart(
            this, endpoint, owner, state, limits.connectTimeoutMillis(), reservation);
  }

  // ---- What the socket asks for

  /** A call made on the loop may come before the task that was queued for this. */
  @Override
  boolean isReady() {
    return !adoption.isDue();
  }

  /** Inside the call if nothing has to wait; later if too many completions are nested already. */
  @Override
  NtStatus performAtOnce(Irp irp) {
    if (Operation.of(irp) == Operation.RECEIVE) {
      NtStatus answer = receives.receiveInline(irp);
      readOn();
      return answer;
    }
    if (Completions.isTooDeep()) {
      return submit(irp);
    }
    NtStatus why = ending;
    if (why != null && Operation.of(irp) != Operation.ABORT) {
      return Completions.finish(irp, why);
    }
    return switch (Operation.of(irp)) {
      case BIND, CONNECT, SOCKET_CONNECT -> start.performInline(irp);
      case SEND, DISCONNECT -> sends.perform(irp);
      case SECURE -> securing.perform(irp);
      default -> end.abort(irp, this::abort);
    };
  }

  /** {@return how many received bytes nobody has taken yet; on the loop} */
  public long receiveBacklog() {
    return receives.backlog();
  }

  /** {@return how many bytes should be outstanding; from any thread} */
  public long idealSendBacklog() {
    return sends.backlog().ideal();
  }

  /** {@return the account of what the client keeps} */
  public RetainAccount retained() {
    return retained;
  }

  /** Looks again for what can be brought to the client: an event was enabled, or the hold ended. */
  public void eventsChanged() {
    execute(this::pump);
  }

  /** A listener has taken over the address that was reserved; on the loop. */
  public void addressTaken() {
    start.endReservation();
  }

  /**
   * Becomes silent; on the loop, behind what was handed over before.
   *
   * @return SUCCESS if nothing is exchanged with the peer any more; else why not, and all is as
   *     before
   */
  public NtStatus becomeSilent() {
    NtStatus status = SilentHandler.takeOver(this, state, endpoint, sends);
    if (status == NtStatus.SUCCESS) {
      breakOff(NtStatus.INVALID_DEVICE_STATE, false);
    }
    return status;
  }

  /**
   * Closes the socket. The state says so already, and the gate is shut.
   *
   * @param request completes when all else is done; {@code null} if nobody waits
   */
  public void close(@Nullable Irp request) {
    end.closeFor(request);
    runDownCalls();
  }

  /** How it takes over a connection that was accepted. */
  Adoption adoption() {
    return adoption;
  }

  /** It is one end of a connection; {@link #opened} follows. */
  void connect() {
    connected = true;
  }

  // ---- Requests on the loop

  @Override
  void perform(Irp irp) {
    boolean useless = state.isSilent() || state.isDead();
    if (ending != null && (useless || Operation.of(irp) != Operation.ABORT)) {
      start.refuse(irp, ending);
      return;
    }
    switch (Operation.of(irp)) {
      case BIND, CONNECT, SOCKET_CONNECT -> start.perform(irp);
      case SEND, DISCONNECT -> sends.add(irp);
      case RECEIVE -> receives.receive(irp);
      case ABORT -> abort(irp);
      case SECURE -> securing.begin(irp);
      default -> throw new IllegalStateException(Operation.of(irp) + " on a connection");
    }
  }

  @Override
  void beginBurst() {
    adoption.takeOver();
    sends.cork();
  }

  @Override
  void endBurst() {
    receives.pump();
    sends.uncork();
    readOn();
  }

  @Override
  void cancelOnLoop(Irp irp) {
    beginBurst();
    if (!receives.cancel(irp) && !sends.cancel(irp) && !securing.cancel(irp)) {
      start.cancel(irp);
    }
    endBurst();
  }

  private void abort(Irp irp) {
    if (end.isAborting() || ending != null || endpoint.isGone()) {
      end.aborted(irp);
      return;
    }
    end.abortFor(irp);
    breakOff(NtStatus.CONNECTION_ABORTED, false);
    closeChannel(true);
  }

  /** Aborts the connection although nobody has asked for it. */
  void abandon() {
    if (ending == null && !endpoint.isGone()) {
      state.abort();
      breakOff(NtStatus.CONNECTION_ABORTED, false);
      closeChannel(true);
    }
  }

  @Override
  void closeOnLoop() {
    end.close();
    beginBurst();
    ending = NtStatus.CANCELLED;
    receives.close();
    sends.fail(NtStatus.CANCELLED);
    securing.end(NtStatus.CANCELLED);
    start.end(NtStatus.CANCELLED);
    sends.uncork();
    boolean orderly = receives.isEndOfStream() && sends.isEnded() || !connected;
    closeChannel(!orderly);
  }

  @Override
  SocketState state() {
    return state;
  }

  @Override
  void dieOnLoop() {
    if (!end.isClosing()) {
      adoption.takeOver();
      if (connected) {
        receives.die();
      }
      start.end(NtStatus.FILE_FORCED_CLOSED);
      breakOff(NtStatus.FILE_FORCED_CLOSED, false);
      closeChannel(true);
      catchUp();
    }
  }

  @Override
  void afterLoop() {
    endpoint.abandon();
    sends.afterLoop();
    start.abandon();
    finishIfClosed();
  }

  /** Closes the channel; by a reset, if the connection stands and is to end like that. */
  void closeChannel(boolean reset) {
    sends.stop();
    endpoint.close(reset, this::finishIfClosed);
  }

  /** The last steps wait until the system has let go of everything that was given to it. */
  private void finishIfClosed() {
    if (!sends.isBusy() && !start.isBusy() && endpoint.isGone()) {
      end.reached();
    }
  }

  // ---- What the channel reports

  /** Sets a channel up that is open and registered now. */
  void prepare(Channel channel) {
    reads.bound(channel);
  }

  Channel channel() {
    return endpoint.channel();
  }

  AddressHold hold() {
    return endpoint.hold();
  }

  boolean isOpen() {
    return endpoint.isOpen();
  }

  /** The sending side. */
  Outgoing outgoing() {
    return sends;
  }

  /** The connection stands. */
  void opened() {
    connected = true;
    pump();
  }

  /**
   * Requests that were handed over before the data came have precedence over the event. One of them
   * may be to begin TLS: then the data has to go back, and through that.
   */
  void received(ByteBuf data) {
    boolean plain = securing.handler() == null;
    catchUp();
    if (plain && securing.handler() != null) {
      channel().pipeline().fireChannelRead(data);
      return;
    }
    meters.counters().received(data.readableBytes());
    receives.received(DataIndication.of(receives.takeSpare(), retained, data));
  }

  /**
   * A read that was made because the peer hung up may end at the last byte of data and leave out
   * the error behind it, which no later read would be woken for.
   */
  void readEnded() {
    reads.ended();
    if (!endpoint.hasHungUp() || !faults.noticeReset()) {
      pump();
    }
  }

  /** The system tells of a reset once: if a send was told, whoever reads sees a plain end. */
  void inputEnded() {
    catchUp();
    if (isUp() && !faults.noticeReset()) {
      securing.inputEnded();
      pump();
    }
  }

  /** The peer has ended its side by TLS; what the connection under it does then is no news. */
  void closeNotified() {
    catchUp();
    if (isUp()) {
      securing.closeNotified();
      pump();
    }
  }

  /** What goes wrong on the connection. */
  ConnectionFaults faults() {
    return faults;
  }

  /** Whether the connection stands, and nobody has broken or begun to end it. */
  boolean isUp() {
    return connected && ending == null && !state.isBroken();
  }

  /** The TLS of the connection. */
  Securing securing() {
    return securing;
  }

  /** Why everything ends, if this side has brought that about. */
  @Nullable NtStatus ending() {
    return ending;
  }

  /** Something that a close or an abort may wait for is over. */
  void finishIfEnding() {
    if (ending != null) {
      execute(this::finishIfClosed);
    }
  }

  /** The peer has reset the connection, which the state says already. */
  void brokenOffByPeer() {
    breakOff(NtStatus.CONNECTION_RESET, true);
  }

  /** The connection is aborted for what the peer has done, which the state says already. */
  void brokenOffByUs() {
    breakOff(NtStatus.CONNECTION_ABORTED, true);
  }

  /** All requests fail from now on, and those that wait fail now. */
  private void breakOff(NtStatus status, boolean byPeer) {
    sends.cork();
    if (!byPeer) {
      ending = status;
    }
    receives.fail(status, byPeer);
    sends.fail(status);
    securing.end(status);
    receives.pump();
    sends.uncork();
  }

  private void pump() {
    beginBurst();
    endBurst();
  }

  private void readOn() {
    if (connected && ending == null) {
      reads.readOn();
    }
  }
}
