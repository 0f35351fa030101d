package org.wsk4j.provider.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.nio.AbstractNioChannel;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closing a channel and knowing when the system has let go of its socket: only then are peers of a
 * listener refused, and the address is free for others (LSN-66).
 *
 * <p>With native transports that is when the future of the first close is done. The JDK however
 * keeps the socket of a registered channel open until its selector has run once more, and takes
 * connections meanwhile. And with io_uring later closes are done at once, though the first may
 * still wait in the ring. In both cases the action is queued when this turn of the loop is over,
 * and so runs after the next selection or submission.
 */
public final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  /**
   * Closes a channel, or waits for the end of a close that was begun before, by whomever; a channel
   * that is closed is registered no more long before the system lets go of it. Nothing blocks.
   *
   * @param channel the channel
   * @param whenReleased runs once, when the system has let go of the socket: on the loop of the
   *     channel, or at once if it was never registered with one
   */
  public static void close(Channel channel, Runnable whenReleased) {
    if (!channel.isRegistered() && channel.isOpen()) {
      channel.unsafe().closeForcibly();
      whenReleased.run();
      return;
    }
    boolean late = channel instanceof AbstractNioChannel || channel.closeFuture().isDone();
    channel
        .close()
        .addListener(
            closed -> {
              if (late) {
                afterNextTurn((SingleThreadEventLoop) channel.eventLoop(), whenReleased);
              } else {
                whenReleased.run();
              }
            });
  }

  /**
   * Has the close of a connection, which has to follow, tell the peer by a reset. A connection that
   * the system has ended already needs none.
   *
   * @param connection the channel
   */
  public static void byReset(Channel connection) {
    try {
      if (connection.isOpen()) {
        connection.config().setOption(ChannelOption.SO_LINGER, 0);
      }
    } catch (ChannelException ended) {
      LOG.debug("{} has ended before its reset", connection, ended);
    }
  }

  /** Runs an action when the system has been asked for news, or given some, once more. */
  static void afterNextTurn(SingleThreadEventLoop loop, Runnable action) {
    try {
      loop.executeAfterEventLoopIteration(() -> execute(loop, action));
    } catch (RejectedExecutionException ended) {
      // The loop is at its end, and with it all its sockets.
      action.run();
    }
  }

  private static void execute(EventLoop loop, Runnable action) {
    try {
      loop.execute(action);
    } catch (RejectedExecutionException ended) {
      action.run();
    }
  }
}
