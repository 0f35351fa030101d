package org.wsk4j.provider.transport;

import io.netty.channel.unix.DatagramSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * One call for each datagram, through Netty's native code; nothing travels beside the data. The
 * system does not tell that there was no room for a datagram without data, which then is lost, as
 * datagrams may be.
 */
final class SingleCalls implements DatagramCalls {
  private final Socket socket;

  SingleCalls(Socket socket) {
    this.socket = socket;
  }

  @Override
  public int receive(IncomingDatagrams into) throws IOException {
    ByteBuffer place = into.single();
    DatagramSocketAddress from = socket.recvFrom(place, 0, place.limit());
    if (from != null) {
      place.position(from.receivedAmount());
    }
    return into.singleFrom(from);
  }

  @Override
  public int send(OutgoingDatagrams batch, int from) throws IOException {
    ByteBuffer data = batch.data(from);
    InetSocketAddress remote = batch.remote(from);
    int length = data.remaining();
    int sent =
        socket.sendTo(data, data.position(), data.limit(), remote.getAddress(), remote.getPort());
    return sent == length ? 1 : 0;
  }
}
