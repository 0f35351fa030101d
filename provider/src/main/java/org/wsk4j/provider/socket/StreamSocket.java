package org.wsk4j.provider.socket;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.channel.Channels;
import org.wsk4j.provider.channel.ListenerChannel;
import org.wsk4j.provider.channel.Operation;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.core.AcceptRequest;
import org.wsk4j.provider.core.SocketPhase;
import org.wsk4j.socket.WskSocketCategory;
import org.wsk4j.stream.WskClientStreamDispatch;
import org.wsk4j.stream.WskStreamSocket;

/**
 * A stream socket: a connection-oriented socket that can listen instead. Bound, it keeps its
 * address without using it; the phase of the socket says which role it has taken, and so whose
 * callbacks count and which network end answers.
 *
 * <p>Both network ends live on one event loop.
 */
final class StreamSocket extends ConnectionSocket implements WskStreamSocket {
  private final ListenerCallbacks listenerCallbacks;
  private final ListenerChannel listener;

  StreamSocket(
      ClientObject client,
      SocketServices services,
      int addressFamily,
      @Nullable Object context,
      @Nullable WskClientStreamDispatch dispatch) {
    super(
        client,
        services,
        WskSocketCategory.STREAM,
        addressFamily,
        SocketPhase.CREATED,
        Channels::undecided);
    callbacks().set(context, dispatch != null ? dispatch.connect() : null);
    listenerCallbacks =
        new ListenerCallbacks(this, context, dispatch != null ? dispatch.listen() : null);
    listener = services.channels().beside(channel(), parts(), listenerCallbacks);
    client.staticEvents().seal();
    services.statistics().socketOpened(WskSocketCategory.STREAM);
  }

  private boolean isListener() {
    return state().phase() == SocketPhase.LISTENING;
  }

  // ---- Listen and accept

  @Override
  public NtStatus listen(@Nullable Irp irp) {
    NtStatus begun = begin(irp, null);
    if (begun != NtStatus.SUCCESS || irp == null) {
      return begun;
    }
    if (!state().move(SocketPhase.BOUND, SocketPhase.OPENING)) {
      return Completions.finish(irp, state().wrongPhase());
    }
    irp.context().target = knownLocalAddress();
    return hand(listener, irp, Operation.LISTEN);
  }

  @Override
  public NtStatus accept(
      int flags,
      @Nullable Object acceptSocketContext,
      @Nullable WskClientConnectionDispatch acceptSocketDispatch,
      @Nullable Out<SocketAddress> local,
      @Nullable Out<SocketAddress> remote,
      @Nullable Irp irp) {
    return accept(
        listener, new AcceptRequest(acceptSocketContext, acceptSocketDispatch, local, remote), irp);
  }

  @Override
  void listens() {
    channel().addressTaken();
  }

  // ---- Close: first the end that listens, then the other one

  @Override
  void closeChannel(@Nullable Irp request) {
    listener.close(request);
  }

  @Override
  void listenerClosed(@Nullable Irp closeRequest) {
    super.closeChannel(closeRequest);
  }

  // ---- Events and options: those of the role

  @Override
  public int validEvents() {
    return switch (state().phase()) {
      case CONNECTED, SILENT -> super.validEvents();
      default -> ListenerCallbacks.EVENTS;
    };
  }

  @Override
  public int lastingEvents() {
    return isListener() ? ListenerCallbacks.INHERITED : 0;
  }

  @Override
  public int implementedEvents() {
    return isListener() ? listenerCallbacks.implemented() : super.implementedEvents();
  }

  @Override
  public NtStatus checkEventState() {
    return isListener() ? NtStatus.SUCCESS : super.checkEventState();
  }

  @Override
  public void eventsChanged() {
    if (isListener()) {
      listener.eventsChanged();
    } else {
      super.eventsChanged();
    }
  }

  /** What a listener is told is for the connections that it will accept. */
  @Override
  public void optionsChanged() {
    if (!isListener()) {
      super.optionsChanged();
    }
  }
}
