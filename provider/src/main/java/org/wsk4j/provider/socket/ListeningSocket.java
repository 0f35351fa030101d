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
import org.wsk4j.provider.core.AcceptRequest;
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
    callbacks = new ListenerCallbacks(this, context, dispatch, this::finishClose);
    channel = services.channels().listener(addressFamily, callbacks, state(), gate(), options());
    callbacks.enableStaticEvents();
    services.statistics().socketOpened(WskSocketCategory.LISTEN);
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
    return refuse(irp, NtStatus.NOT_IMPLEMENTED);
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
