package org.wsk4j.examples;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/**
 * How do I serve with callbacks? The accept event gives each new socket its context and its table
 * of callbacks, and enables them; no callback of the new socket runs before the accept event has
 * returned. {@link EventEchoConnection} does the rest.
 */
final class EventEchoServer extends EchoServer {
  private static final Logger LOG = LoggerFactory.getLogger(EventEchoServer.class);

  private final WskClientListenDispatch callbacks =
      WskClientListenDispatch.builder()
          .onAccept(
              (context, flags, local, remote, socket, acceptContext, acceptDispatch) ->
                  accept(socket, acceptContext, acceptDispatch))
          .build();

  EventEchoServer(WskProgram program, @Nullable TlsSettings tls) {
    super(program, tls);
  }

  @Override
  WskClientListenDispatch callbacks() {
    return callbacks;
  }

  @Override
  void beginAccepting(WskListeningSocket listening) {
    WskProgram.enable(listening, WskEventCallbackControl.ACCEPT);
  }

  private NtStatus accept(
      @Nullable WskConnectionSocket socket,
      Out<Object> context,
      Out<WskClientConnectionDispatch> dispatch) {
    if (socket == null) {
      LOG.error("The listening socket does not function any more");
      return NtStatus.REQUEST_NOT_ACCEPTED;
    }
    EventEchoConnection connection = new EventEchoConnection(this, socket);
    accepted(connection);
    connection.secure(); // what the peer has sent already belongs to the handshake
    context.set(connection);
    dispatch.set(EventEchoConnection.DISPATCH);
    WskProgram.enable(socket, WskEventCallbackControl.RECEIVE | WskEventCallbackControl.DISCONNECT);
    return NtStatus.SUCCESS;
  }
}
