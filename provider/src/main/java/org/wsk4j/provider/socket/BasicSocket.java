package org.wsk4j.provider.socket;

import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.provider.core.SocketPhase;
import org.wsk4j.socket.WskSocketCategory;

/** A basic socket: control and close, nothing on the network. */
final class BasicSocket extends AbstractSocket {
  private final boolean tcp;

  BasicSocket(ClientObject client, SocketServices services, int addressFamily, boolean tcp) {
    super(client, services, WskSocketCategory.BASIC, addressFamily, SocketPhase.CREATED);
    this.tcp = tcp;
    client.staticEvents().seal();
    services.statistics().socketOpened(WskSocketCategory.BASIC);
  }

  @Override
  public boolean isTcp() {
    return tcp;
  }

  @Override
  boolean closesAtOnce() {
    return true;
  }

  @Override
  void closeChannel(@Nullable Irp request) {
    finishClose(request);
  }
}
