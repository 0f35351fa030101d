package org.wsk4j.provider.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.completion.InlineCall;
import org.wsk4j.provider.core.EventGate;
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
  private final ConnectionOwner owner;
  private final LoopMeters meters;
  private final RetainAccount retained;
  private final ReceiveQueue receives;
  private final Outgoing sends;
  private final Endpoint endpoint;
  private final ConnectionStart start;
  private final Runnable resumeReading = () -> execute(this::readOn);

  private boolean connected;
  private boolean reading;

  /** We close or abort: what the channel reports now is our own doing. */
  private @Nullable NtStatus ending;

  /** An accepted connection that was watched before, until it has been taken over. */
  private @Nullable ConnectionWatch watch;

  private final InlineCall abortCall = new InlineCall();
  private @Nullable Irp abortRequest;
  private @Nullable Irp closeRequest;
  private boolean closing;
  private boolean closedTold;

  /**
   * Makes the channel end of a new socket; the Netty channel is opened by the first request.
   *
   * @param loop where it lives
   * @param owner the socket
   * @param state its state
   * @param gate its event gate
   * @param endpoint the Netty channel, not open yet
   * @param limits what bounds it
   * @param meters count what it does
   */
  ConnectionChannel(
      EventLoop loop,
      ConnectionOwner owner,
      SocketState state,
      EventGate gate,
      Endpoint endpoint,
      ConnectionLimits limits,
      LoopMeters meters) {
    super(loop);
    this.owner = owner;
    this.state = state;
    this.meters = meters;
    retained = new RetainAccount(limits.retainSoft(), limits.retainHard(), meters.statistics());
    receives =
        new ReceiveQueue(
            gate, owner, retained, this::restore, limits.readAhead(), this::eventsChanged);
    this.endpoint = endpoint;
    sends =
        new Outgoing(
            this, endpoint, owner, state, meters.counters(), limits.disconnectTimeoutMillis());
    start = new ConnectionStart(this, endpoint, owner, state, limits.connectTimeoutMillis());
  }

  // ---- What the socket asks for

  @Override
  public NtStatus performInline(Irp irp) {
    takeOver();
    if (Operation.of(irp) != Operation.RECEIVE) {
      return performAtOnce(irp);
    }
    catchUp();
    NtStatus answer = receives.receiveInline(irp);
    readOn();
    return answer;
  }

  /** Inside the call if nothing has to wait; later if too many completions are nested already. */
  private NtStatus performAtOnce(Irp irp) {
    if (Completions.isTooDeep()) {
      return submit(irp);
    }
    catchUp();
    NtStatus why = ending;
    if (why != null && Operation.of(irp) != Operation.ABORT) {
      return Completions.finish(irp, why);
    }
    return switch (Operation.of(irp)) {
      case BIND, CONNECT, SOCKET_CONNECT -> start.performInline(irp);
      case SEND, DISCONNECT -> sends.perform(irp);
      default -> abortCall.run(irp, this::abort);
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
    execute(
        () -> {
          pump();
          readOn();
        });
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
    closeRequest = request;
    runDownCalls();
  }

  /**
   * Takes over a connection that was accepted. Requests handed over from now on are performed
   * behind the registration with the loop.
   *
   * @param accepted the channel, registered with no loop yet
   */
  void adopt(Channel accepted) {
    connected = true;
    endpoint
        .adopt(accepted, new ConnectionHandler(this))
        .addListener(
            registered -> {
              if (registered.isSuccess()) {
                opened();
              } else {
                broken(registered.cause());
              }
            });
  }

  /**
   * Takes over a connection that was accepted and is watched. Whatever runs on the loop from now on
   * runs behind that.
   *
   * @param watched what watches it, on the loop of this channel
   */
  void adopt(ConnectionWatch watched) {
    watch = watched;
    if (inLoop()) {
      takeOver();
    } else {
      execute(this::takeOver);
    }
  }

  /** A call made on the loop may come before the task that was queued for this. */
  private void takeOver() {
    ConnectionWatch watched = watch;
    if (watched != null) {
      watch = null;
      connected = true;
      reading = watched.isReading();
      endpoint.adopt(watched.channel());
      watched.handOver(this);
      opened();
    }
  }

  // ---- Requests on the loop

  @Override
  void perform(Irp irp) {
    boolean aborts = Operation.of(irp) == Operation.ABORT && !state.isSilent();
    if (ending != null && !aborts) {
      Completions.complete(irp, ending);
      return;
    }
    switch (Operation.of(irp)) {
      case BIND, CONNECT, SOCKET_CONNECT -> start.perform(irp);
      case SEND, DISCONNECT -> sends.add(irp);
      case RECEIVE -> receives.receive(irp);
      case ABORT -> abort(irp);
      default -> throw new IllegalStateException(Operation.of(irp) + " on a connection");
    }
  }

  @Override
  void beginBurst() {
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
    if (!receives.cancel(irp) && !sends.cancel(irp)) {
      start.cancel(irp);
    }
    endBurst();
  }

  private void abort(Irp irp) {
    if (abortRequest != null || ending != null || endpoint.isGone()) {
      abortCall.complete(irp, NtStatus.SUCCESS, null);
      return;
    }
    abortRequest = irp;
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
    closing = true;
    beginBurst();
    ending = NtStatus.CANCELLED;
    retained.close();
    receives.close();
    sends.fail(NtStatus.CANCELLED);
    start.close();
    sends.uncork();
    boolean orderly = receives.isEndOfStream() && sends.isEnded() || !connected;
    closeChannel(!orderly);
  }

  private void closeChannel(boolean reset) {
    sends.stop();
    endpoint.close(reset, this::finishIfClosed);
  }

  /** The last steps wait until the system has let go of everything that was given to it. */
  private void finishIfClosed() {
    if (sends.isBusy() || start.isBusy() || !endpoint.isGone()) {
      return;
    }
    Irp aborted = abortRequest;
    if (aborted != null) {
      abortRequest = null;
      abortCall.complete(aborted, NtStatus.SUCCESS, null);
    }
    if (closing && !closedTold) {
      closedTold = true;
      owner.closed(closeRequest);
    }
  }

  // ---- What the channel reports

  Channel channel() {
    return endpoint.channel();
  }

  boolean isOpen() {
    return endpoint.isOpen();
  }

  void countConnect() {
    meters.counters().connected();
  }

  /** The sending side. */
  Outgoing outgoing() {
    return sends;
  }

  /** The connection stands. */
  void opened() {
    connected = true;
    pump();
    readOn();
  }

  /** An operation that starts the connection has ended; a close may wait for that. */
  void startEnded() {
    if (closing) {
      finishIfClosed();
    }
  }

  /** Requests that were handed over before the data came have precedence over the event. */
  void received(ByteBuf data) {
    meters.counters().received(data.readableBytes());
    catchUp();
    receives.received(new DataIndication(retained, data));
  }

  void readEnded() {
    reading = false;
    pump();
    readOn();
  }

  void inputEnded() {
    catchUp();
    if (ending == null && !state.isBroken()) {
      receives.endOfStream();
      pump();
    }
  }

  /**
   * Something went wrong on a connection that stands: the peer has reset it, or as good as that.
   */
  void broken(Throwable cause) {
    if (connected && ending == null && !state.isBroken()) {
      state.reset();
      breakOff(NtStatus.CONNECTION_RESET, true);
      closeChannel(true);
    }
  }

  void inactive() {
    boolean ended = receives.isEndOfStream() && sends.isEnded();
    if (connected && ending == null && !ended && !state.isBroken()) {
      state.reset();
      breakOff(NtStatus.CONNECTION_RESET, true);
    }
    closeChannel(false);
  }

  /** Why everything ends, if this side has brought that about. */
  @Nullable NtStatus ending() {
    return ending;
  }

  void finishIfEnding() {
    if (ending != null) {
      execute(this::finishIfClosed);
    }
  }

  /** All requests fail from now on, and those that wait fail now. */
  private void breakOff(NtStatus status, boolean byPeer) {
    sends.cork();
    if (!byPeer) {
      ending = status;
    }
    receives.fail(status, byPeer);
    sends.fail(status);
    receives.pump();
    sends.uncork();
  }

  private void pump() {
    sends.cork();
    receives.pump();
    sends.uncork();
  }

  private void readOn() {
    boolean wanted = connected && !reading && ending == null && receives.wantsData();
    if (wanted && endpoint.isOpen() && (receives.isDraining() || !isFull())) {
      reading = true;
      endpoint.channel().read();
    }
  }

  /** Whether the client keeps so much that nothing more is read until it releases some of it. */
  private boolean isFull() {
    return retained.isFull(resumeReading);
  }

  private DataIndication restore(ByteBuffer bytes) {
    return new DataIndication(retained, Unpooled.wrappedBuffer(bytes));
  }
}
