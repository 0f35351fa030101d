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
  public void offered(Out<WskClientConnectionDispatch> dispatch) {
    callbacks.offer(dispatch);
  }

  @Override
  public void adopt(
      @Nullable Object context,
      @Nullable WskClientConnectionDispatch dispatch,
      int inheritedEvents) {
    callbacks.set(context, dispatch);
    int implemented = callbacks.implemented();
    connection.gate().enableStatically(connection.client().staticEvents().seal() & implemented);
    connection.gate().enable(inheritedEvents & implemented);
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
      connection.gate().shut();
      connection.closeChannel(null);
    }
  }
}
