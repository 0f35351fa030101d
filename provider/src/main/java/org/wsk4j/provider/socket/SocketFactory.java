package org.wsk4j.provider.socket;

import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.datagram.WskClientDatagramDispatch;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.socket.WskClientSocketDispatch;
import org.wsk4j.socket.WskSocketCategory;
import org.wsk4j.stream.WskClientStreamDispatch;

/**
 * Makes sockets whose arguments have been judged. Each takes over the reference to its client that
 * the caller holds.
 */
final class SocketFactory {
  private final SocketServices services;

  SocketFactory(SocketServices services) {
    this.services = services;
  }

  AbstractSocket make(
      ClientObject client,
      WskSocketCategory category,
      SocketKind kind,
      @Nullable Object context,
      @Nullable WskClientSocketDispatch dispatch) {
    int addressFamily = kind.addressFamily();
    return switch (category) {
      case BASIC -> new BasicSocket(client, services, kind);
      case LISTEN ->
          new ListeningSocket(
              client,
              services,
              addressFamily,
              kind.isUdp(),
              context,
              (WskClientListenDispatch) dispatch);
      case CONNECTION -> {
        ConnectionSocket socket =
            connection(client, addressFamily, context, (WskClientConnectionDispatch) dispatch);
        socket.enableStaticEvents();
        yield socket;
      }
      case STREAM ->
          new StreamSocket(
              client, services, addressFamily, context, (WskClientStreamDispatch) dispatch);
      case DATAGRAM ->
          new DatagramSocket(client, services, kind, context, (WskClientDatagramDispatch) dispatch);
    };
  }

  /**
   * A socket that may come to nothing yet: it gets its static events when it is made or connects.
   */
  ConnectionSocket connection(
      ClientObject client,
      int addressFamily,
      @Nullable Object context,
      @Nullable WskClientConnectionDispatch dispatch) {
    return ConnectionSocket.created(client, services, addressFamily, context, dispatch);
  }
}
