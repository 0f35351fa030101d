package org.wsk4j.provider.socket;

import java.net.SocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskAcceptEvent;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.channel.ListenerOwner;
import org.wsk4j.provider.core.AcceptedSocket;
import org.wsk4j.provider.core.Arrival;
import org.wsk4j.provider.stats.SlowCallbackEvent;
import org.wsk4j.socket.WskFlags;

/**
 * What a socket that listens knows and calls: its context and its callbacks, whom it serves, and
 * the sockets that it makes of connections.
 *
 * <p>Threads: callbacks on the event loop; the rest from any thread.
 */
final class ListenerCallbacks implements ListenerOwner {
  /** The events that accepted sockets inherit. */
  static final int INHERITED = ConnectionCallbacks.EVENTS;

  static final int EVENTS = WskEventCallbackControl.ACCEPT | INHERITED;

  private final AddressedSocket socket;
  private final @Nullable Object context;
  private final @Nullable WskClientListenDispatch dispatch;
  private final Consumer<@Nullable Irp> whenClosed;

  /**
   * Makes the callbacks of a socket.
   *
   * @param socket the socket
   * @param context its context
   * @param dispatch its table, or {@code null}
   * @param whenClosed goes on with the close when the network end is gone
   */
  ListenerCallbacks(
      AddressedSocket socket,
      @Nullable Object context,
      @Nullable WskClientListenDispatch dispatch,
      Consumer<@Nullable Irp> whenClosed) {
    this.socket = socket;
    this.context = context;
    this.dispatch = dispatch;
    this.whenClosed = whenClosed;
  }

  /**
   * The events for which there is a callback. Those for the connection events come with each
   * accepted socket.
   */
  int implemented() {
    boolean accepts = dispatch != null && dispatch.acceptEvent() != null;
    return accepts ? EVENTS : INHERITED;
  }

  /** The socket exists for its client: it has the static events, and no more can be added. */
  void enableStaticEvents() {
    int callbacks = implemented() & WskEventCallbackControl.ACCEPT;
    socket.gate().enableStatically(socket.client().staticEvents().seal() & callbacks);
  }

  // ---- What the network end reports

  @Override
  public void bound(SocketAddress reported) {
    socket.bound(reported);
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
    return ConnectionSocket.accepted(
        client, socket.services(), socket.addressFamily(), arrival, socket.options());
  }

  @Override
  public NtStatus accept(
      Arrival arrival,
      AcceptedSocket accepted,
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
          accepted.socket(),
          acceptContext,
          acceptDispatch);
    } catch (RuntimeException | Error fault) {
      ClientFaults.report(socket.services().statistics(), socket, "WskAcceptEvent", fault);
      return NtStatus.REQUEST_NOT_ACCEPTED;
    } finally {
      timed.finish("WskAcceptEvent", socket);
      level.lower();
    }
  }

  @Override
  public void closed(@Nullable Irp closeRequest) {
    whenClosed.accept(closeRequest);
  }
}
