package org.wsk4j.benchmarks.server;

import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/** Accepts connections with callbacks, and gives each a {@link WskPeer} that does the work. */
final class WskStreams {
  private static final WskClientConnectionDispatch CALLBACKS =
      WskClientConnectionDispatch.builder()
          .onReceive((context, flags, list, bytes, accepted) -> of(context).received(list))
          .onDisconnect((context, flags) -> of(context).disconnected())
          .build();

  private final ServerWork work;
  private final @Nullable ExecutorService elsewhere;

  WskStreams(ServerWork work) {
    this.work = work;
    elsewhere = work == ServerWork.PING_CROSS ? Executors.newSingleThreadExecutor() : null;
  }

  WskClientListenDispatch listening() {
    return WskClientListenDispatch.builder()
        .onAccept(
            (context, flags, local, remote, socket, acceptContext, acceptDispatch) ->
                accept(socket, acceptContext, acceptDispatch))
        .build();
  }

  private NtStatus accept(
      @Nullable WskConnectionSocket socket,
      Out<Object> context,
      Out<WskClientConnectionDispatch> dispatch) {
    if (socket == null) {
      return NtStatus.REQUEST_NOT_ACCEPTED;
    }
    if (work == ServerWork.PING_POSTED) {
      new WskPostedPeer(socket).receive();
      return NtStatus.SUCCESS;
    }
    context.set(
        work == ServerWork.ECHO
            ? new WskEchoPeer(socket)
            : new WskPingPeer(socket, work == ServerWork.PING_EACH, elsewhere));
    dispatch.set(CALLBACKS);
    WskServer.enable(socket, WskEventCallbackControl.RECEIVE | WskEventCallbackControl.DISCONNECT);
    return NtStatus.SUCCESS;
  }

  private static WskPeer of(@Nullable Object context) {
    return (WskPeer) Objects.requireNonNull(context);
  }
}
