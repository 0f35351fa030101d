package org.wsk4j.provider.socket;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskInspectId;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskAbortEvent;
import org.wsk4j.listen.WskAcceptEvent;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.listen.WskInspectAction;
import org.wsk4j.listen.WskInspectEvent;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.channel.ListenerOwner;
import org.wsk4j.provider.core.AcceptedSocket;
import org.wsk4j.provider.core.Arrival;
import org.wsk4j.socket.WskFlags;

/**
 * What a socket that listens knows and calls: its context and its callbacks, whom it serves, and
 * the sockets that it makes of connections.
 *
 * <p>Threads: callbacks on the event loop; the rest from any thread.
 */
final class ListenerCallbacks implements ListenerOwner {
  private static final Logger LOG = LoggerFactory.getLogger(ListenerCallbacks.class);

  /** The events that accepted sockets inherit. */
  static final int INHERITED = ConnectionCallbacks.EVENTS;

  static final int EVENTS = WskEventCallbackControl.ACCEPT | INHERITED;

  private final AddressedSocket socket;
  private final @Nullable WskClientListenDispatch dispatch;
  private volatile @Nullable Object context;

  /**
   * Makes the callbacks of a socket.
   *
   * @param socket the socket
   * @param context its context
   * @param dispatch its table, or {@code null}
   */
  ListenerCallbacks(
      AddressedSocket socket,
      @Nullable Object context,
      @Nullable WskClientListenDispatch dispatch) {
    this.socket = socket;
    this.context = context;
    this.dispatch = dispatch;
  }

  /**
   * The events for which there is a callback. Those for the connection events come with each
   * accepted socket.
   */
  int implemented() {
    boolean accepts = dispatch != null && dispatch.acceptEvent() != null;
    return accepts ? EVENTS : INHERITED;
  }

  // ---- What the network end reports

  @Override
  public void bound(SocketAddress reported) {
    socket.bound(reported);
    int callbacks = implemented() & WskEventCallbackControl.ACCEPT;
    socket.gate().enableStatically(socket.client().staticEvents().seal() & callbacks);
    socket.gate().letGo();
    socket.listens();
  }

  @Override
  public boolean serves(SocketAddress remoteAddress) {
    int family = socket.addressFamily();
    boolean dualStack = family == AddressFamily.INET6 && !socket.options().ipv6Only();
    return dualStack || Addresses.serves(remoteAddress, family);
  }

  @Override
  public SocketAddress inFamily(SocketAddress address) {
    return Addresses.inFamily(address, socket.addressFamily());
  }

  @Override
  public @Nullable AcceptedSocket make(Arrival arrival) {
    ClientObject client = socket.client();
    client.references().acquireNested();
    try {
      return ConnectionSocket.accepted(
          client, socket.services(), socket.addressFamily(), arrival, socket.options());
    } catch (RuntimeException | OutOfMemoryError fault) {
      client.references().release();
      LOG.warn("{} refuses {}: it cannot be made a socket", socket, arrival.remoteAddress(), fault);
      return null;
    }
  }

  @Override
  public void acceptDead() {
    callAccept(null, null, new Out<>(), new Out<>());
  }

  @Override
  public NtStatus accept(
      Arrival arrival,
      AcceptedSocket accepted,
      Out<Object> acceptContext,
      Out<WskClientConnectionDispatch> acceptDispatch) {
    return callAccept(arrival, accepted, acceptContext, acceptDispatch);
  }

  /** Without a connection and a socket it tells that this one is dead (ACC-54). */
  private NtStatus callAccept(
      @Nullable Arrival arrival,
      @Nullable AcceptedSocket accepted,
      Out<Object> acceptContext,
      Out<WskClientConnectionDispatch> acceptDispatch) {
    WskAcceptEvent callback = dispatch != null ? dispatch.acceptEvent() : null;
    if (callback == null) {
      return NtStatus.REQUEST_NOT_ACCEPTED;
    }
    NtStatus answer =
        Callbacks.call(
            socket,
            "WskAcceptEvent",
            () ->
                callback.onAccept(
                    context,
                    WskFlags.AT_DISPATCH_LEVEL,
                    arrival != null ? arrival.localAddress() : null,
                    arrival != null ? arrival.remoteAddress() : null,
                    accepted != null ? accepted.socket() : null,
                    acceptContext,
                    acceptDispatch));
    return answer != null ? answer : NtStatus.REQUEST_NOT_ACCEPTED;
  }

  // ---- Conditional accept

  /** {@return SUCCESS if there are the callbacks that conditional accept needs} */
  NtStatus checkInspectCallbacks() {
    boolean both =
        dispatch != null && dispatch.inspectEvent() != null && dispatch.abortEvent() != null;
    return both ? NtStatus.SUCCESS : NtStatus.INVALID_PARAMETER;
  }

  @Override
  public boolean inspects() {
    return socket.options().conditionalAccept();
  }

  @Override
  public WskInspectAction inspect(Arrival arrival, WskInspectId id) {
    return inspect(arrival.localAddress(), arrival.remoteAddress(), id);
  }

  @Override
  public void inspectDead() {
    inspect(null, null, null);
  }

  /**
   * Calls the inspect event.
   *
   * @param id the connection; {@code null} tells the client that the socket is dead
   */
  private WskInspectAction inspect(
      @Nullable SocketAddress local, @Nullable SocketAddress remote, @Nullable WskInspectId id) {
    WskInspectEvent callback = dispatch != null ? dispatch.inspectEvent() : null;
    if (callback == null) {
      return WskInspectAction.REJECT;
    }
    WskInspectAction answer =
        Callbacks.call(
            socket, "WskInspectEvent", () -> callback.onInspect(context, local, remote, id));
    return answer != null ? answer : WskInspectAction.REJECT;
  }

  @Override
  public void aborted(WskInspectId id) {
    WskAbortEvent callback = dispatch != null ? dispatch.abortEvent() : null;
    if (callback != null) {
      Callbacks.call(socket, "WskAbortEvent", () -> callback.onAbort(context, id));
    }
  }

  @Override
  public void closed(@Nullable Irp closeRequest) {
    context = null; // the client may discard it now (CLS-14)
    socket.listenerClosed(closeRequest);
  }
}
