package org.wsk4j.provider.socket;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.connection.WskReceiveExEvent;
import org.wsk4j.control.WskInspectId;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.channel.Channels;
import org.wsk4j.provider.channel.ConnectTarget;
import org.wsk4j.provider.channel.ConnectionChannel;
import org.wsk4j.provider.channel.ConnectionOwner;
import org.wsk4j.provider.channel.Operation;
import org.wsk4j.provider.channel.SecureStream;
import org.wsk4j.provider.channel.SocketParts;
import org.wsk4j.provider.channel.TlsOwner;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.control.SocketOptions;
import org.wsk4j.provider.core.AcceptedSocket;
import org.wsk4j.provider.core.Arrival;
import org.wsk4j.provider.core.SocketPhase;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocketCategory;

/**
 * A connection-oriented socket: judges calls on the caller's thread and hands them to the network
 * end. What comes back goes through {@link ConnectionCallbacks}.
 */
class ConnectionSocket extends AddressedSocket implements WskConnectionSocket, SecureStream {
  private final ConnectionCallbacks callbacks;
  private final ConnectionChannel channel;

  /** A request of the client makes this socket; handed over with the request. */
  private boolean requestCounted;

  ConnectionSocket(
      ClientObject client,
      SocketServices services,
      WskSocketCategory category,
      int addressFamily,
      SocketPhase first,
      NetworkEnd end) {
    super(client, services, category, addressFamily, first);
    gate().hold();
    callbacks = new ConnectionCallbacks(this);
    channel = end.make(services.channels(), parts(), callbacks);
  }

  /** How the network end of a socket is made. */
  @FunctionalInterface
  interface NetworkEnd {
    ConnectionChannel make(Channels channels, SocketParts parts, ConnectionOwner owner);
  }

  /** Makes a socket that the client will bind and connect. */
  static ConnectionSocket created(
      ClientObject client,
      SocketServices services,
      int addressFamily,
      @Nullable Object context,
      @Nullable WskClientConnectionDispatch dispatch) {
    ConnectionSocket socket =
        new ConnectionSocket(
            client,
            services,
            WskSocketCategory.CONNECTION,
            addressFamily,
            SocketPhase.CREATED,
            Channels::connection);
    socket.callbacks.set(context, dispatch);
    services.statistics().socketOpened(WskSocketCategory.CONNECTION);
    return socket;
  }

  /** Makes a socket of a connection that has arrived. */
  static AcceptedSocket accepted(
      ClientObject client,
      SocketServices services,
      int addressFamily,
      Arrival arrival,
      SocketOptions listener) {
    ConnectionSocket socket =
        new ConnectionSocket(
            client,
            services,
            WskSocketCategory.CONNECTION,
            addressFamily,
            SocketPhase.CONNECTED,
            (channels, parts, owner) -> {
              parts.options().inherit(listener);
              return channels.accepted(parts, owner, arrival);
            });
    socket.callbacks.accepted(arrival);
    services.statistics().socketOpened(WskSocketCategory.CONNECTION);
    return new OfferedSocket(socket, socket.callbacks);
  }

  final ConnectionCallbacks callbacks() {
    return callbacks;
  }

  @Override
  final ConnectionChannel channel() {
    return channel;
  }

  /** The socket exists for its client: it has the static events, and no more can be added. */
  void enableStaticEvents() {
    gate().enableStatically(client().staticEvents().seal() & callbacks.implemented());
  }

  // ---- Connect

  @Override
  public NtStatus connect(@Nullable SocketAddress remoteAddress, int flags, @Nullable Irp irp) {
    return connectEx(remoteAddress, null, flags, irp);
  }

  @Override
  public NtStatus connectEx(
      @Nullable SocketAddress remoteAddress,
      @Nullable WskBuf buffer,
      int flags,
      @Nullable Irp irp) {
    NtStatus begun = begin(irp, channel);
    if (begun != NtStatus.SUCCESS || irp == null) {
      return begun;
    }
    NtStatus status = ConnectionArguments.connect(remoteAddress, addressFamily(), buffer, flags);
    if (status == NtStatus.SUCCESS && !state().move(SocketPhase.BOUND, SocketPhase.CONNECTING)) {
      boolean connected = state().phase() == SocketPhase.CONNECTED;
      status = connected ? NtStatus.CONNECTION_ACTIVE : state().wrongPhase();
    }
    if (status != NtStatus.SUCCESS) {
      return Completions.finish(irp, status);
    }
    irp.context().setRegion(buffer);
    irp.context().target = remoteAddress;
    return hand(irp, Operation.CONNECT);
  }

  /**
   * Binds and connects a socket that nobody has seen yet, with a request begun elsewhere.
   *
   * @return what the call has to return
   */
  NtStatus socketConnect(InetSocketAddress localAddress, InetSocketAddress remoteAddress, Irp irp) {
    services().statistics().requestBegun();
    requestCounted = true;
    asked(localAddress);
    irp.context().target = new ConnectTarget(localAddress, remoteAddress, this);
    NtStatus status =
        state().move(SocketPhase.CREATED, SocketPhase.CONNECTING)
            ? NtStatus.SUCCESS
            : state().wrongPhase();
    if (status == NtStatus.SUCCESS && !irp.setCancelRoutine(channel)) {
      status = NtStatus.CANCELLED;
    }
    if (status != NtStatus.SUCCESS) {
      forget();
      return Completions.finish(irp, status);
    }
    return hand(irp, Operation.SOCKET_CONNECT);
  }

  @Override
  public NtStatus getRemoteAddress(@Nullable Out<SocketAddress> place, @Nullable Irp irp) {
    SocketAddress address =
        state().phase() == SocketPhase.CONNECTED ? callbacks.remoteAddress() : null;
    return Addresses.answer(irp, place, address, state().wrongPhase());
  }

  // ---- Transfer

  @Override
  public NtStatus send(@Nullable WskBuf buffer, int flags, @Nullable Irp irp) {
    NtStatus begun = begin(irp, channel);
    if (begun != NtStatus.SUCCESS || irp == null) {
      return begun;
    }
    NtStatus status = ConnectionArguments.send(state(), buffer, flags);
    if (status != NtStatus.SUCCESS) {
      return Completions.finish(irp, status);
    }
    irp.context().setRegion(buffer);
    irp.context().flags = flags;
    return hand(irp, Operation.SEND);
  }

  @Override
  public NtStatus receive(@Nullable WskBuf buffer, int flags, @Nullable Irp irp) {
    return receive(buffer, flags, null, irp);
  }

  private NtStatus receive(
      @Nullable WskBuf buffer,
      int flags,
      @Nullable Out<ControlInfo> controlInfo,
      @Nullable Irp irp) {
    NtStatus begun = begin(irp, channel);
    if (begun != NtStatus.SUCCESS || irp == null) {
      return begun;
    }
    NtStatus status = ConnectionArguments.receive(state(), buffer, flags);
    if (status != NtStatus.SUCCESS) {
      return Completions.finish(irp, status);
    }
    irp.context().setRegion(buffer);
    irp.context().flags = flags;
    irp.context().target = controlInfo;
    return hand(irp, Operation.RECEIVE);
  }

  @Override
  public NtStatus sendEx(
      @Nullable WskBuf buffer, int flags, @Nullable ControlInfo controlInfo, @Nullable Irp irp) {
    boolean plain = controlInfo == null || controlInfo.nativeSize() == 0;
    return plain ? send(buffer, flags, irp) : refuse(irp, NtStatus.NOT_SUPPORTED);
  }

  @Override
  public NtStatus receiveEx(
      @Nullable WskBuf buffer,
      int flags,
      @Nullable Out<ControlInfo> controlInfo,
      @Nullable Out<Integer> controlFlags,
      @Nullable Irp irp) {
    if (controlFlags != null) {
      return refuse(irp, NtStatus.INVALID_PARAMETER);
    }
    return receive(buffer, flags, controlInfo, irp);
  }

  @Override
  public NtStatus release(@Nullable WskDataIndication dataIndication) {
    return Releases.release(dataIndication, channel.retained());
  }

  // ---- TLS

  /**
   * The gate is veiled here, since what has arrived meanwhile is no data of the client any more.
   */
  @Override
  public NtStatus secure(@Nullable TlsOwner owner, @Nullable Irp irp) {
    NtStatus begun = begin(irp, channel);
    if (begun != NtStatus.SUCCESS || irp == null) {
      return begun;
    }
    NtStatus status = owner == null ? NtStatus.INVALID_PARAMETER : state().checkSend();
    if (status == NtStatus.SUCCESS && !gate().veil()) {
      status = NtStatus.INVALID_DEVICE_STATE;
    }
    if (status != NtStatus.SUCCESS) {
      return Completions.finish(irp, status);
    }
    irp.context().target = owner;
    return hand(irp, Operation.SECURE);
  }

  @Override
  <T> @Nullable T part(Class<T> type) {
    return type == SecureStream.class ? type.cast(this) : null;
  }

  // ---- Disconnect and close

  @Override
  public NtStatus disconnect(@Nullable WskBuf buffer, int flags, @Nullable Irp irp) {
    NtStatus begun = begin(irp, channel);
    if (begun != NtStatus.SUCCESS || irp == null) {
      return begun;
    }
    NtStatus status = ConnectionArguments.disconnect(state(), buffer, flags);
    if (status == NtStatus.SUCCESS) {
      irp.context().setRegion(buffer);
      boolean abortive = (flags & WskFlags.ABORTIVE) != 0;
      if (abortive ? state().abort() : state().endSend() || ConnectionArguments.isEmpty(buffer)) {
        return hand(irp, abortive ? Operation.ABORT : Operation.DISCONNECT);
      }
      status = abortive ? NtStatus.SUCCESS : NtStatus.INVALID_DEVICE_STATE;
    }
    return Completions.finish(irp, status);
  }

  /** The request that made this socket, or was to make it, is over. */
  void requestEnded() {
    if (requestCounted) {
      requestCounted = false;
      services().statistics().requestCompleted();
    }
  }

  /** The request that was to make this socket has failed: it ends without having been anybody's. */
  void forget() {
    requestEnded();
    channel.leaveLoop();
    state().beginClose();
    finishClose(null);
  }

  @Override
  void closeChannel(@Nullable Irp request) {
    channel.close(request);
  }

  @Override
  @Nullable SocketAddress knownRemoteAddress() {
    return callbacks.remoteAddress();
  }

  // ---- Controls

  @Override
  public @Nullable WskInspectId inspectId() {
    return callbacks.inspectId();
  }

  @Override
  public void optionsChanged() {
    services().channels().apply(channel, options());
  }

  @Override
  public long idealSendBacklog() {
    return channel.idealSendBacklog();
  }

  @Override
  public long receiveBacklog() {
    return channel.receiveBacklog();
  }

  @Override
  public NtStatus becomeSilent() {
    return channel.becomeSilent();
  }

  @Override
  public void setReceiveExEvent(WskReceiveExEvent callback) {
    callbacks.setReceiveExEvent(callback);
  }

  // ---- Events

  @Override
  public int validEvents() {
    return ConnectionCallbacks.EVENTS;
  }

  @Override
  public int implementedEvents() {
    return callbacks.implemented();
  }

  @Override
  public NtStatus checkEventState() {
    return state().phase() == SocketPhase.CONNECTED ? NtStatus.SUCCESS : state().wrongPhase();
  }

  @Override
  public boolean isOfferedElsewhere() {
    return callbacks.isOfferedElsewhere();
  }

  @Override
  public void eventsChanged() {
    channel.eventsChanged();
  }

  /** The listener may live on another loop, so the close has to wait for the end of the work. */
  @Override
  public void afterOffer(Runnable work) {
    if (!channel.enter()) {
      work.run();
      return;
    }
    callbacks.afterOffer(
        () -> {
          try {
            work.run();
          } finally {
            channel.leave();
          }
        });
  }
}
