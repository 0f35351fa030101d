package org.wsk4j.provider.channel;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.completion.InlineCall;
import org.wsk4j.provider.core.AcceptQueue;
import org.wsk4j.provider.core.InspectQueue;
import org.wsk4j.provider.core.SocketPhase;
import org.wsk4j.provider.core.SocketState;
import org.wsk4j.provider.stats.AcceptEvent;
import org.wsk4j.provider.transport.IoOperation;
import org.wsk4j.provider.transport.Statuses;

/**
 * The network end of a listening socket: takes connections from the system as fast as the accept
 * queue wants them, and no faster.
 *
 * <p>When the system cannot hand over a connection, because descriptors or memory are short, the
 * listener tries again a little later, and goes on by itself. When what listens is closed under us,
 * or the system says that it does not listen, the socket is dead (OPB-15).
 *
 * <p>Threads: all on the event loop, unless {@link LoopBound} says otherwise.
 */
public final class ListenerChannel extends LoopBound {
  private static final Logger LOG = LoggerFactory.getLogger(ListenerChannel.class);
  private static final long RETRY_MILLIS = 100;

  static {
    // Where descriptors are short no class can be loaded from a folder: load these before.
    Statuses.of(new IOException(), IoOperation.ACCEPT);
  }

  private final ListenerOwner owner;
  private final LoopMeters meters;
  private final HiddenConnections hidden;
  private final SocketState state;
  private final Endpoint endpoint;
  private final AcceptQueue accepts;
  private final InspectQueue inspections;

  /** Of a bind or a listen: to the system they are one. */
  private final InlineCall startCall = new InlineCall();

  private @Nullable Irp closeRequest;
  private @Nullable Irp starting;
  private boolean listening;
  private boolean reading;
  private boolean waitingToRetry;

  /** The socket closes or is dead: what its requests are answered. */
  private @Nullable NtStatus ending;

  private boolean closing;
  private boolean closedTold;

  /**
   * Makes the channel end of a new socket; the Netty channel is opened by the bind.
   *
   * @param loop where it lives
   * @param owner the socket
   * @param socket what the socket has in common with it
   * @param endpoint the Netty channel, not open yet
   * @param parts what it shares with others or is set up with
   */
  ListenerChannel(
      EventLoop loop,
      ListenerOwner owner,
      SocketParts socket,
      Endpoint endpoint,
      ListenerParts parts) {
    super(loop);
    this.owner = owner;
    state = socket.state();
    meters = parts.meters();
    this.endpoint = endpoint;
    hidden = new HiddenConnections(loop, parts.hiding(), this::finishIfClosed);
    ListenerLimits limits = parts.limits();
    accepts = new AcceptQueue(socket.gate(), owner, limits.mostWaiting(), this::eventsChanged);
    inspections =
        new InspectQueue(
            socket.gate(),
            owner,
            accepts,
            parts.inspectKeys(),
            limits.inspection().mostHidden(),
            this::eventsChanged);
  }

  // ---- What the socket asks for

  @Override
  NtStatus performAtOnce(Irp irp) {
    Operation operation = Operation.of(irp);
    boolean accept = operation == Operation.ACCEPT;
    boolean start = operation == Operation.BIND || operation == Operation.LISTEN;
    if (start && Completions.isTooDeep()) {
      return submit(irp);
    }
    if (start) {
      return startCall.run(irp, this::perform);
    }
    NtStatus answer = accept ? accepts.acceptInline(irp) : inspections.completeInline(irp);
    readOn();
    return answer;
  }

  /** Looks again for what can be brought to the client: an event was enabled. */
  public void eventsChanged() {
    execute(this::pump);
  }

  /**
   * Closes the socket. The state says so already, and the gate is shut.
   *
   * @param request completes when all else is done
   */
  public void close(@Nullable Irp request) {
    closeRequest = request;
    runDownCalls();
  }

  // ---- Requests on the loop

  @Override
  void beginBurst() {}

  @Override
  void endBurst() {
    pump();
  }

  @Override
  void perform(Irp irp) {
    if (ending != null) {
      Completions.complete(irp, ending);
      return;
    }
    switch (Operation.of(irp)) {
      case BIND, LISTEN -> start(irp);
      case ACCEPT -> accepts.accept(irp);
      case INSPECT_COMPLETE -> inspections.complete(irp);
      default -> throw new IllegalStateException(Operation.of(irp) + " on a listener");
    }
  }

  @Override
  void cancelOnLoop(Irp irp) {
    accepts.cancel(irp);
  }

  @Override
  void closeOnLoop() {
    closing = true;
    ending = NtStatus.CANCELLED;
    inspections.close(NtStatus.CANCELLED);
    endpoint.close(false, this::finishIfClosed);
  }

  private void finishIfClosed() {
    if (closing && !closedTold && endpoint.isGone() && starting == null && hidden.isEmpty()) {
      closedTold = true;
      leaveLoop();
      owner.closed(closeRequest);
    }
  }

  @Override
  SocketState state() {
    return state;
  }

  @Override
  void dieOnLoop() {
    if (!closing) {
      ending = NtStatus.FILE_FORCED_CLOSED;
      inspections.die(owner.inspects());
      endpoint.close(false, this::finishIfClosed);
      inspections.pump();
      catchUp();
    }
  }

  @Override
  void afterLoop() {
    endpoint.abandon();
    Irp irp = starting;
    if (irp != null) {
      started(irp, NtStatus.FILE_FORCED_CLOSED);
    }
    finishIfClosed();
  }

  // ---- Bind and listen

  private void start(Irp irp) {
    starting = irp;
    InetSocketAddress address = (InetSocketAddress) irp.context().target;
    endpoint.bind(address, new ListenerHandler(this), status -> started(irp, status));
  }

  private void started(Irp irp, NtStatus status) {
    starting = null;
    boolean bind = Operation.of(irp) == Operation.BIND;
    SocketPhase meanwhile = bind ? SocketPhase.BINDING : SocketPhase.OPENING;
    if (status == NtStatus.SUCCESS) {
      owner.bound(endpoint.channel().localAddress());
      listening = state.move(meanwhile, SocketPhase.LISTENING);
    } else {
      state.move(meanwhile, bind ? SocketPhase.CREATED : SocketPhase.BOUND);
    }
    startCall.complete(irp, ending != null ? ending : status, 0, null);
    pump();
    finishIfClosed();
  }

  // ---- What the channel reports

  /** Requests that were handed over before the connection came have precedence over the event. */
  void arrived(Channel child) {
    catchUp();
    SocketAddress remote = child.remoteAddress();
    SocketAddress local = child.localAddress();
    if (ending != null || remote == null || local == null || !owner.serves(remote)) {
      ChannelArrival.reset(child);
    } else {
      meters.counters().accepted();
      AcceptEvent.emit(local, remote);
      arrived(new ChannelArrival(child, owner.inFamily(local), owner.inFamily(remote), hidden));
    }
  }

  private void arrived(ChannelArrival arrival) {
    if (owner.inspects()) {
      inspections.arrived(arrival);
    } else {
      accepts.arrived(arrival);
    }
  }

  void readEnded() {
    reading = false;
    pump();
  }

  /** The channel was closed, and not by us. */
  void inactive() {
    if (listening) {
      dieNow();
    }
  }

  /**
   * Either something is short, or what listens is no more. The pause begins before anything is done
   * that may fail too.
   */
  void acceptFailed(Throwable cause) {
    if (waitingToRetry || ending != null) {
      return;
    }
    waitingToRetry = true;
    loop().schedule(this::retry, RETRY_MILLIS, TimeUnit.MILLISECONDS);
    NtStatus status = Statuses.of(cause, IoOperation.ACCEPT);
    if (status == NtStatus.FILE_FORCED_CLOSED) {
      LOG.error("{} cannot listen any more", endpoint.channel(), cause);
      dieNow();
    } else {
      LOG.warn(
          "Cannot accept on {} ({}); trying again every {} ms. If descriptors are short, raise the"
              + " limit of open files.",
          endpoint.channel(),
          status,
          RETRY_MILLIS);
    }
  }

  private void retry() {
    waitingToRetry = false;
    readOn();
  }

  private void pump() {
    inspections.pump();
    readOn();
  }

  private void readOn() {
    boolean wanted =
        listening && !reading && !waitingToRetry && ending == null && inspections.wantsArrivals();
    if (wanted && endpoint.isOpen()) {
      reading = true;
      endpoint.channel().read();
    }
  }
}
