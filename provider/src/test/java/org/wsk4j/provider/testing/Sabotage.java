package org.wsk4j.provider.testing;

import java.lang.reflect.Field;
import org.wsk4j.provider.channel.Channels;
import org.wsk4j.socket.WskSocket;

/** Takes from a provider what it needs to make sockets of connections, until it is closed. */
public final class Sabotage implements AutoCloseable {
  private final Object channels;
  private final Field loops;
  private final Object taken;

  private Sabotage(Object channels) throws ReflectiveOperationException {
    this.channels = channels;
    loops = Channels.class.getDeclaredField("loops");
    loops.setAccessible(true);
    taken = loops.get(channels);
    loops.set(channels, null);
  }

  /** Begins it for the provider of a socket, which should serve nobody else. */
  public static Sabotage of(WskSocket socket) throws ReflectiveOperationException {
    return new Sabotage(RunningProvider.read(RunningProvider.read(socket, "services"), "channels"));
  }

  @Override
  public void close() throws ReflectiveOperationException {
    loops.set(channels, taken);
  }
}
