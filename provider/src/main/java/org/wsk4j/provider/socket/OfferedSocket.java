package org.wsk4j.provider.socket;

import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.core.AcceptedSocket;

/** A socket between its arrival and the moment it is the client's. */
record OfferedSocket(ConnectionSocket connection, ConnectionCallbacks callbacks)
    implements AcceptedSocket {
  @Override
  public WskConnectionSocket socket() {
    return connection;
  }

  @Override
  public void offered(Out<WskClientConnectionDispatch> dispatch, int inheritedEvents) {
    callbacks.offer(dispatch);
    connection.gate().enableStatically(staticEvents());
    connection.gate().enable(inheritedEvents);
  }

  @Override
  public void adopt(@Nullable Object context, @Nullable WskClientConnectionDispatch dispatch) {
    callbacks.set(context, dispatch);
    connection.gate().enableStatically(staticEvents());
    connection.gate().keep(callbacks.implemented());
  }

  private int staticEvents() {
    return connection.client().staticEvents().seal() & ConnectionCallbacks.EVENTS;
  }

  @Override
  public void open() {
    callbacks.endOffer();
    connection.gate().letGo();
    connection.eventsChanged();
  }

  @Override
  public void discard() {
    callbacks.endOffer();
    if (connection.state().beginClose() == NtStatus.SUCCESS) {
      connection.shut();
      connection.closeChannel(null);
    }
  }
}
