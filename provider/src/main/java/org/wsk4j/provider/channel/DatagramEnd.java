package org.wsk4j.provider.channel;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.MessageFlags;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.channel.DatagramOutput.DatagramFaults;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.control.SocketOptions;
import org.wsk4j.provider.core.DatagramReceiveQueue;
import org.wsk4j.provider.core.DatagramSendQueue;
import org.wsk4j.provider.core.SocketPhase;
import org.wsk4j.provider.core.SocketState;
import org.wsk4j.provider.memory.RetainAccount;
import org.wsk4j.provider.transport.DatagramMemory;
import org.wsk4j.provider.transport.DatagramPort;
import org.wsk4j.provider.transport.IncomingDatagrams;
import org.wsk4j.provider.transport.IoOperation;
import org.wsk4j.provider.transport.OutgoingDatagrams;
import org.wsk4j.provider.transport.Statuses;

/**
 * The network end of a datagram socket. From the bind on it takes from the system what is there,
 * whether anybody wants it or not: the receive buffer is ours, so that what is dropped is known.
 *
 * <p>Threads: all on the event loop, unless {@link LoopBound} says otherwise.
 */
public final class DatagramEnd extends LoopBound implements DatagramPort.Listener, DatagramFaults {
  private static final Logger LOG = LoggerFactory.getLogger(DatagramEnd.class);

  /** So many datagrams are taken in one go; the others on the loop get their turn then. */
  private static final int MOST_AT_ONCE = 64;

  private final DatagramOwner owner;
  private final SocketState state;
  private final SocketOptions options;
  private final LoopMeters meters;
  private final Supplier<DatagramMemory> memory;
  private final RetainAccount retained;
  private final DatagramReceiveQueue receives;
  private final DatagramSendQueue sends;
  private final DatagramHold hold;
  private final DatagramArrivals arrivals;
  private final DatagramGroups groups;

  /** The socket closes or is dead: what its requests are answered. */
  private @Nullable NtStatus ending;

  private @Nullable Irp closeRequest;
  private boolean closing;
  private boolean closedTold;

  /**
   * Makes the network end of a new socket; its UDP socket is opened by the bind.
   *
   * @param loop where it lives
   * @param owner the socket
   * @param socket what the socket has in common with it
   * @param parts what it shares with others or is set up with
   */
  DatagramEnd(EventLoop loop, DatagramOwner owner, SocketParts socket, DatagramParts parts) {
    super(loop);
    this.owner = owner;
    state = socket.state();
    options = socket.options();
    meters = parts.meters();
    memory = parts.memory();
    retained = new RetainAccount(meters.statistics());
    hold = new DatagramHold(parts.opener(), parts.addresses(), options);
    groups = new DatagramGroups(state, hold::port);
    arrivals = new DatagramArrivals(owner, options, meters);
    receives =
        new DatagramReceiveQueue(
            socket.gate(),
            owner,
            retained,
            options::receiveBuffer,
            arrivals::dropped,
            this::eventsChanged);
    sends =
        new DatagramSendQueue(
            new DatagramOutput(hold, options, meters, () -> memory.get().outgoing(), this),
            OutgoingDatagrams.MOST);
  }

  // ---- What the socket asks for

  @Override
  NtStatus performAtOnce(Irp irp) {
    if (Operation.of(irp) == Operation.RECEIVE_FROM) {
      return receives.receiveInline(irp);
    }
    if (Completions.isTooDeep()) {
      return submit(irp);
    }
    return Operation.of(irp) == Operation.BIND
        ? Completions.finish(irp, bind(irp))
        : sends.perform(irp);
  }

  /** {@return the account of what the client keeps} */
  public RetainAccount retained() {
    return retained;
  }

  /** {@return the multicast groups of the socket} */
  public DatagramGroups groups() {
    return groups;
  }

  /** Looks again for what can be brought to the client: the event was enabled. */
  public void eventsChanged() {
    execute(receives::pump);
  }

  /** Takes over options that have changed; from any thread. */
  public void optionsChanged() {
    execute(this::applyOptions);
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
    sends.flush();
    receives.pump();
  }

  @Override
  void perform(Irp irp) {
    switch (Operation.of(irp)) {
      case BIND -> Completions.complete(irp, bind(irp));
      case SEND_TO -> sends.add(irp);
      case RECEIVE_FROM -> receives.receive(irp);
      default -> throw new IllegalStateException(Operation.of(irp) + " on a datagram socket");
    }
  }

  @Override
  void cancelOnLoop(Irp irp) {
    if (!receives.cancel(irp)) {
      sends.cancel(irp);
    }
  }

  @Override
  void closeOnLoop() {
    closing = true;
    ending = NtStatus.CANCELLED;
    receives.close();
    sends.fail(NtStatus.CANCELLED);
    hold.close(this::finishIfClosed);
    finishIfClosed();
  }

  private void finishIfClosed() {
    if (closing && !closedTold && hold.port() == null) {
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
      receives.die();
      sends.fail(NtStatus.FILE_FORCED_CLOSED);
      hold.close(this::finishIfClosed);
      receives.pump();
      catchUp();
    }
  }

  @Override
  void afterLoop() {
    hold.abandon();
    finishIfClosed();
  }

  // ---- Bind

  private NtStatus bind(Irp irp) {
    NtStatus why = ending;
    NtStatus status = why != null ? why : bind((InetSocketAddress) irp.context().target);
    boolean bound = status == NtStatus.SUCCESS;
    state.move(SocketPhase.BINDING, bound ? SocketPhase.BOUND : SocketPhase.CREATED);
    return status;
  }

  private NtStatus bind(InetSocketAddress address) {
    NtStatus status = hold.bind(address);
    DatagramPort port = hold.port();
    if (status != NtStatus.SUCCESS || port == null) {
      return status;
    }
    NtStatus joined = groups.joinAgain(port);
    if (joined != NtStatus.SUCCESS) {
      hold.abandon();
      return joined;
    }
    try {
      InetSocketAddress local = port.localAddress();
      arrivals.bound(local, SocketAddresses.isMulticast(address) ? MessageFlags.MCAST : 0);
      owner.bound(local);
      retained.belongsTo("UDP " + local);
      port.register((IoEventLoop) loop(), this);
    } catch (IOException cause) {
      hold.abandon();
      return Statuses.of(cause, IoOperation.BIND);
    }
    return NtStatus.SUCCESS;
  }

  private void applyOptions() {
    DatagramPort port = hold.port();
    if (port == null || !port.isOpen()) {
      return;
    }
    try {
      DatagramSettings.apply(port, options);
    } catch (IOException e) {
      LOG.warn("{} does not take its options", port, e);
    }
  }

  // ---- Receive

  /**
   * Requests that were handed over before the datagrams came have precedence over the event. What
   * is sent meanwhile leaves together.
   */
  @Override
  public void readable() {
    catchUp();
    sends.hold();
    int taken = 0;
    int count = -1;
    try {
      while (taken < MOST_AT_ONCE && ending == null && count != 0) {
        count = receiveSome();
        taken += count;
      }
      receives.pump();
    } finally {
      sends.letGo();
    }
  }

  /** How many came, 0 also if there is nothing more now. */
  private int receiveSome() {
    DatagramPort port = hold.port();
    if (port == null) {
      return 0;
    }
    IncomingDatagrams incoming = memory.get().incoming();
    try {
      port.describe(options.datagramDetails());
      int count = port.receive(incoming);
      receives.expect(incoming.bytes(count));
      for (int each = 0; each < count && ending == null; each++) {
        arrivals.take(incoming, each, receives);
      }
      return incoming.mayBeMore() ? count : 0;
    } catch (IOException cause) {
      NtStatus status = failed(cause, IoOperation.RECEIVE_FROM);
      if (status == NtStatus.PORT_UNREACHABLE && options.reportsRefusals()) {
        receives.reported(status);
      }
      return 0;
    }
  }

  // ---- Send

  @Override
  public void writable() {
    sends.room();
  }

  @Override
  public NtStatus whyGone() {
    return ending != null ? ending : NtStatus.FILE_FORCED_CLOSED;
  }

  @Override
  public NtStatus sendFailed(Exception cause) {
    return failed(cause, IoOperation.SEND_TO);
  }

  /** What went wrong with one datagram is its own affair, unless the UDP socket is gone. */
  private NtStatus failed(Exception cause, IoOperation operation) {
    NtStatus status = Statuses.of(cause, operation);
    if (status == NtStatus.FILE_FORCED_CLOSED) {
      LOG.error("{} is gone", hold.port(), cause);
      die();
    } else {
      LOG.debug("{} on {}", operation, hold.port(), cause);
    }
    return status;
  }
}
