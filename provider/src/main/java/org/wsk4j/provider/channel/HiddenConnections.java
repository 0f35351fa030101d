package org.wsk4j.provider.channel;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import org.wsk4j.provider.transport.LoopTask;

/**
 * The connections that a listener keeps from its client while they are inspected. Each is watched
 * on the loop on which it will live as a socket.
 *
 * <p>Threads: owned by the event loop of the listener.
 */
final class HiddenConnections {
  private final EventLoop listener;
  private final Hiding hiding;
  private final Runnable whenNone;
  private int count;

  /**
   * Makes an empty collection.
   *
   * @param listener the loop of the listener
   * @param hiding how they are kept
   * @param whenNone runs on that loop each time when the system has let go of the last one
   */
  HiddenConnections(EventLoop listener, Hiding hiding, Runnable whenNone) {
    this.listener = listener;
    this.hiding = hiding;
    this.whenNone = whenNone;
  }

  /** Whether there are none, neither hidden nor on their way out. */
  boolean isEmpty() {
    return count == 0;
  }

  /**
   * Begins to watch one.
   *
   * @param channel the connection, registered with no loop yet
   * @param whenGone runs once on the loop of the listener, later, if the peer goes away
   * @return what watches it
   */
  ConnectionWatch watch(Channel channel, Runnable whenGone) {
    count++;
    hiding.prepare().accept(channel);
    EventLoop home = hiding.loops().get();
    ConnectionWatch watch =
        new ConnectionWatch(
            channel, home, hiding.endAborts(), () -> LoopTask.execute(listener, whenGone));
    watch.begin();
    return watch;
  }

  /** One of them becomes a socket. */
  void taken() {
    count--;
  }

  /** Ends one of them by a reset. */
  void refuse(ConnectionWatch watch) {
    watch.refuse(() -> LoopTask.execute(listener, this::refused));
  }

  private void refused() {
    count--;
    if (count == 0) {
      whenNone.run();
    }
  }
}
