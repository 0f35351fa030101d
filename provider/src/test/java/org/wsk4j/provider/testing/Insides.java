package org.wsk4j.provider.testing;

import io.netty.channel.Channel;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.stream.WskStreamSocket;

/** What sockets are made of: where the network does what a test cannot make it do. */
public final class Insides {
  private Insides() {}

  /** {@return the channel of a socket's only network end, or of a connection} */
  public static Channel channel(WskSocket socket) throws ReflectiveOperationException {
    return channelOf(socket, "channel", "endpoint", "channel");
  }

  /** {@return the channel that listens} */
  public static Channel listening(WskSocket socket) throws ReflectiveOperationException {
    String end = socket instanceof WskStreamSocket ? "listener" : "channel";
    return channelOf(socket, end, "endpoint", "channel");
  }

  /** {@return whether something beside its role keeps the address of a stream socket} */
  public static boolean isReserved(WskStreamSocket socket) throws Exception {
    return RunningProvider.onLoopOf(
        socket,
        () -> read(socket, "channel", "start", "reservation", "endpoint", "channel") != null);
  }

  private static Channel channelOf(WskSocket socket, String... path)
      throws ReflectiveOperationException {
    if (read(socket, path) instanceof Channel channel) {
      return channel;
    }
    throw new AssertionError("no channel is open");
  }

  private static Object read(Object from, String... path) throws ReflectiveOperationException {
    Object place = from;
    for (String field : path) {
      place = RunningProvider.read(place, field);
    }
    return place;
  }
}
