package org.wsk4j.provider.channel;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * How the network end of an accepted socket takes over its connection: a channel that is new to all
 * loops, or one that was watched on this loop while it was inspected.
 *
 * <p>Threads: taken over on the event loop of the connection; begun on any thread, before the
 * socket is anybody's.
 */
final class Adoption {
  private final ConnectionChannel connection;
  private final Endpoint endpoint;
  private final ReadDemand reads;

  /** What watched the connection, until that has been taken over. */
  private @Nullable ConnectionWatch watch;

  Adoption(ConnectionChannel connection, Endpoint endpoint, ReadDemand reads) {
    this.connection = connection;
    this.endpoint = endpoint;
    this.reads = reads;
  }

  /**
   * Takes over a connection. Requests handed over from now on are performed behind the registration
   * with the loop.
   *
   * @param accepted the channel, registered with no loop yet
   */
  void begin(Channel accepted) {
    connection.connect();
    endpoint
        .adopt(accepted, new ConnectionHandler(connection))
        .addListener(
            registered -> {
              if (registered.isSuccess()) {
                connection.opened();
              } else {
                connection.faults().broken();
              }
            });
  }

  /**
   * Takes over a connection that is watched. Whatever runs on the loop from now on runs behind
   * that.
   *
   * @param watched what watches it, on the loop of the connection
   */
  void begin(ConnectionWatch watched) {
    watch = watched;
    if (connection.inLoop()) {
      takeOver();
    } else {
      connection.execute(this::takeOver);
    }
  }

  /** {@return whether a connection is still to be taken over} */
  boolean isDue() {
    return watch != null;
  }

  /** Takes over what is watched, unless that has been done. */
  void takeOver() {
    ConnectionWatch watched = watch;
    if (watched != null) {
      watch = null;
      connection.connect();
      reads.begun(watched.isReading());
      endpoint.adopt(watched.channel());
      watched.handOver(connection);
      connection.opened();
    }
  }
}
