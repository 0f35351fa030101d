package org.wsk4j.provider.socket;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.control.WskInspectId;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.listen.WskInspectAction;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.channel.ListenerChannel;
import org.wsk4j.provider.channel.Operation;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.core.AcceptRequest;
import org.wsk4j.provider.core.InspectDecision;
import org.wsk4j.provider.core.SocketPhase;
import org.wsk4j.socket.WskSocketCategory;

/**
 * A listening socket: judges calls on the caller's thread and hands them to the network end. What
 * comes back goes through {@link ListenerCallbacks}.
 */
final class ListeningSocket extends AddressedSocket implements WskListeningSocket {
  private final boolean datagram;
  private final ListenerCallbacks callbacks;
  private final ListenerChannel channel;

  ListeningSocket(
      ClientObject client,
      SocketServices services,
      int addressFamily,
      boolean datagram,
      @Nullable Object context,
      @Nullable WskClientListenDispatch dispatch) {
    super(client, services, WskSocketCategory.LISTEN, addressFamily, SocketPhase.CREATED);
    this.datagram = datagram;
    callbacks = new ListenerCallbacks(this, context, dispatch);
    channel = services.channels().listener(parts(), callbacks);
    client.staticEvents().seal();
    services.statistics().socketOpened(WskSocketCategory.LISTEN);
  }

  @Override
  public boolean isTcp() {
    return !datagram;
  }

  @Override
  ListenerChannel channel() {
    return channel;
  }

  // ---- Functions

  @Override
  NtStatus checkAddress(@Nullable SocketAddress address) {
    NtStatus status = super.checkAddress(address);
    return status == NtStatus.SUCCESS && datagram ? NtStatus.NOT_IMPLEMENTED : status;
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
        channel, new AcceptRequest(acceptSocketContext, acceptSocketDispatch, local, remote), irp);
  }

  @Override
  public NtStatus inspectComplete(
      @Nullable WskInspectId inspectId, @Nullable WskInspectAction action, @Nullable Irp irp) {
    NtStatus begun = begin(irp, null);
    if (begun != NtStatus.SUCCESS || irp == null) {
      return begun;
    }
    boolean decides = action == WskInspectAction.ACCEPT || action == WskInspectAction.REJECT;
    if (inspectId == null || action == null || !decides) {
      return Completions.finish(irp, NtStatus.INVALID_PARAMETER);
    }
    NtStatus state = checkInspecting();
    if (state != NtStatus.SUCCESS) {
      return Completions.finish(irp, state);
    }
    irp.context().target = new InspectDecision(inspectId, action);
    return hand(irp, Operation.INSPECT_COMPLETE);
  }

  private NtStatus checkInspecting() {
    NtStatus open = state().checkOpen();
    if (open != NtStatus.SUCCESS) {
      return open;
    }
    if (!options().conditionalAccept()) {
      return NtStatus.INVALID_DEVICE_REQUEST;
    }
    return state().phase() == SocketPhase.LISTENING ? NtStatus.SUCCESS : state().wrongPhase();
  }

  @Override
  public NtStatus checkInspectCallbacks() {
    boolean offered = services().channels().inspects();
    return offered ? callbacks.checkInspectCallbacks() : NtStatus.NOT_SUPPORTED;
  }

  @Override
  void closeChannel(@Nullable Irp request) {
    channel.close(request);
  }

  // ---- Events

  @Override
  public int validEvents() {
    return ListenerCallbacks.EVENTS;
  }

  @Override
  public int lastingEvents() {
    return ListenerCallbacks.INHERITED;
  }

  @Override
  public int implementedEvents() {
    return callbacks.implemented();
  }

  @Override
  public NtStatus checkEventState() {
    return state().phase() == SocketPhase.LISTENING ? NtStatus.SUCCESS : state().wrongPhase();
  }

  @Override
  public void eventsChanged() {
    channel.eventsChanged();
  }
}
