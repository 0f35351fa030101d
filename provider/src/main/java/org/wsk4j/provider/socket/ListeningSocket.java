package org.wsk4j.provider.socket;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskInspectId;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskAcceptEvent;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.listen.WskInspectAction;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.channel.ListenerChannel;
import org.wsk4j.provider.channel.ListenerOwner;
import org.wsk4j.provider.channel.Operation;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.core.AcceptRequest;
import org.wsk4j.provider.core.AcceptedSocket;
import org.wsk4j.provider.core.Arrival;
import org.wsk4j.provider.core.SocketPhase;
import org.wsk4j.provider.stats.SlowCallbackEvent;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocketCategory;

/** A listening socket: judges calls, and stands between its network end and the client. */
final class ListeningSocket extends AbstractSocket implements WskListeningSocket, ListenerOwner {
  private static final int CONNECTION_EVENTS =
      WskEventCallbackControl.RECEIVE
          | WskEventCallbackControl.DISCONNECT
          | WskEventCallbackControl.SEND_BACKLOG;

  private final @Nullable Object context;
  private final @Nullable WskClientListenDispatch dispatch;
  private final boolean datagram;
  private final ListenerChannel channel;

  private @Nullable SocketAddress askedAddress;
  private volatile @Nullable SocketAddress localAddress;

  ListeningSocket(
      ClientObject client,
      SocketServices services,
      int addressFamily,
      boolean datagram,
      @Nullable Object context,
      @Nullable WskClientListenDispatch dispatch) {
    super(client, services, WskSocketCategory.LISTEN, addressFamily, SocketPhase.CREATED);
    this.context = context;
    this.dispatch = dispatch;
    this.datagram = datagram;
    channel = services.channels().listener(addressFamily, this, state(), gate(), options());
    int callbacks = implementedEvents() & WskEventCallbackControl.ACCEPT;
    gate().enableStatically(client.staticEvents().seal() & callbacks);
    services.statistics().socketOpened(WskSocketCategory.LISTEN);
  }

  // ---- Functions

  @Override
  public NtStatus bind(@Nullable SocketAddress address, int flags, @Nullable Irp irp) {
    NtStatus begun = begin(irp, null);
    if (begun != NtStatus.SUCCESS || irp == null) {
      return begun;
    }
    NtStatus status =
        flags == 0 ? Addresses.check(address, addressFamily()) : NtStatus.INVALID_PARAMETER;
    if (status == NtStatus.SUCCESS && datagram) {
      status = NtStatus.NOT_IMPLEMENTED;
    }
    if (status == NtStatus.SUCCESS && !state().move(SocketPhase.CREATED, SocketPhase.BINDING)) {
      status = state().wrongPhaseToBind();
    }
    if (status != NtStatus.SUCCESS) {
      return Completions.finish(irp, status);
    }
    askedAddress = address;
    irp.context().target = address;
    Operation.BIND.mark(irp);
    return channel.inLoop() ? channel.bindInline(irp) : hand(irp);
  }

  @Override
  public NtStatus accept(
      int flags,
      @Nullable Object acceptSocketContext,
      @Nullable WskClientConnectionDispatch acceptSocketDispatch,
      @Nullable Out<SocketAddress> local,
      @Nullable Out<SocketAddress> remote,
      @Nullable Irp irp) {
    NtStatus begun = begin(irp, channel);
    if (begun != NtStatus.SUCCESS || irp == null) {
      return begun;
    }
    if (state().phase() != SocketPhase.LISTENING) {
      return Completions.finish(irp, state().wrongPhase());
    }
    irp.context().target =
        new AcceptRequest(acceptSocketContext, acceptSocketDispatch, local, remote);
    Operation.ACCEPT.mark(irp);
    return channel.inLoop() ? channel.acceptInline(irp) : hand(irp);
  }

  private NtStatus hand(Irp irp) {
    if (!channel.enter()) {
      return Completions.finish(irp, state().wrongPhase());
    }
    try {
      return channel.submit(irp);
    } finally {
      channel.leave();
    }
  }

  @Override
  public NtStatus inspectComplete(
      @Nullable WskInspectId inspectId, @Nullable WskInspectAction action, @Nullable Irp irp) {
    return refuse(irp, NtStatus.NOT_IMPLEMENTED);
  }

  @Override
  public NtStatus getLocalAddress(@Nullable Out<SocketAddress> place, @Nullable Irp irp) {
    SocketAddress address = state().checkOpen() == NtStatus.SUCCESS ? localAddress : null;
    return Addresses.answer(irp, place, address, state().wrongPhase());
  }

  @Override
  @Nullable SocketAddress knownLocalAddress() {
    return localAddress;
  }

  @Override
  void closeChannel(@Nullable Irp request) {
    channel.close(request);
  }

  // ---- What the network end reports

  @Override
  public void bound(SocketAddress reported) {
    SocketAddress asked = askedAddress;
    localAddress = asked != null ? Addresses.bound(asked, reported) : reported;
  }

  @Override
  public boolean serves(SocketAddress remoteAddress) {
    boolean dualStack = addressFamily() == AddressFamily.INET6 && !options().ipv6Only();
    return dualStack || Addresses.serves(remoteAddress, addressFamily());
  }

  @Override
  public SocketAddress inFamily(SocketAddress address) {
    return Addresses.inFamily(address, addressFamily());
  }

  @Override
  public @Nullable AcceptedSocket make(Arrival arrival) {
    client().references().acquireNested();
    return ConnectionSocket.accepted(client(), services(), addressFamily(), arrival, options());
  }

  @Override
  public NtStatus accept(
      Arrival arrival,
      AcceptedSocket socket,
      Out<Object> acceptContext,
      Out<WskClientConnectionDispatch> acceptDispatch) {
    WskAcceptEvent callback = dispatch != null ? dispatch.acceptEvent() : null;
    if (callback == null) {
      return NtStatus.REQUEST_NOT_ACCEPTED;
    }
    DispatchLevel level = DispatchLevel.current();
    SlowCallbackEvent timed = SlowCallbackEvent.start();
    level.raise();
    try {
      return callback.onAccept(
          context,
          WskFlags.AT_DISPATCH_LEVEL,
          arrival.localAddress(),
          arrival.remoteAddress(),
          socket.socket(),
          acceptContext,
          acceptDispatch);
    } catch (RuntimeException | Error fault) {
      ClientFaults.report(services().statistics(), this, "WskAcceptEvent", fault);
      return NtStatus.REQUEST_NOT_ACCEPTED;
    } finally {
      timed.finish("WskAcceptEvent", this);
      level.lower();
    }
  }

  @Override
  public void closed(@Nullable Irp closeRequest) {
    finishClose(closeRequest);
  }

  // ---- Events

  @Override
  public int validEvents() {
    return WskEventCallbackControl.ACCEPT | CONNECTION_EVENTS;
  }

  @Override
  public int lastingEvents() {
    return CONNECTION_EVENTS;
  }

  /** The callbacks for the connection events come with each accepted socket. */
  @Override
  public int implementedEvents() {
    boolean accepts = dispatch != null && dispatch.acceptEvent() != null;
    return accepts ? validEvents() : CONNECTION_EVENTS;
  }

  @Override
  public NtStatus checkEventState() {
    return state().phase() == SocketPhase.LISTENING ? NtStatus.SUCCESS : state().wrongPhase();
  }

  @Override
  public void eventsChanged() {
    channel.eventsChanged();
  }

  @Override
  void executeLater(Runnable work) {
    channel.execute(work);
  }
}
