package org.wsk4j.provider.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.ArrayList;
import java.util.List;
import org.wsk4j.provider.transport.Closing;
import org.wsk4j.provider.transport.LoopResident;
import org.wsk4j.provider.transport.LoopResidents;
import org.wsk4j.provider.transport.LoopTask;

/**
 * The handler of a connection that no socket has taken over yet: it reads, since that is how a peer
 * that goes away shows on every transport, and keeps what it has read and seen for the handler that
 * follows it.
 *
 * <p>A reset says that the peer is gone. So does, if that is wanted, an end of stream before any
 * data: a client that vanishes looks like this. After data the end of stream belongs to the stream.
 * Little is read ahead; behind it, a reset may stay unnoticed until a socket reads on.
 *
 * <p>Threads: owned by the event loop of the connection, except where it says otherwise.
 */
final class ConnectionWatch extends ChannelInboundHandlerAdapter implements LoopResident {
  /** When so many bytes are kept, no more are asked for. */
  static final int ENOUGH = 2048;

  private final Channel channel;
  private final EventLoop home;
  private final boolean endAborts;
  private final Runnable whenGone;
  private final List<ByteBuf> kept = new ArrayList<>(1);
  private int keptBytes;
  private boolean reading;
  private boolean inputEnded;
  private boolean inactive;
  private boolean toldGone;
  private boolean broken;

  /**
   * Makes one; it does nothing yet.
   *
   * @param channel the connection, registered with no loop yet, its options set
   * @param home the loop on which it will live
   * @param endAborts whether a peer that ends its side and has sent nothing counts as gone
   * @param whenGone runs once, on any thread, if the peer goes away while the loop goes on
   */
  ConnectionWatch(Channel channel, EventLoop home, boolean endAborts, Runnable whenGone) {
    this.channel = channel;
    this.home = home;
    this.endAborts = endAborts;
    this.whenGone = whenGone;
  }

  /** The loop on which the connection lives; on any thread. */
  EventLoop home() {
    return home;
  }

  /** Registers the connection with its loop and begins to read; on any thread. */
  void begin() {
    LoopResidents.enter(home, this);
    channel.pipeline().addLast(this);
    home.register(channel)
        .addListener(
            registered -> {
              if (registered.isSuccess()) {
                readOn();
              } else {
                gone();
              }
            });
  }

  /**
   * Ends the connection by a reset; on any thread.
   *
   * @param whenClosed runs once, on any thread, when the system has let go of it
   */
  void refuse(Runnable whenClosed) {
    LoopTask.execute(home, () -> close(whenClosed));
  }

  private void close(Runnable whenClosed) {
    LoopResidents.leave(home, this);
    toldGone = true;
    kept.forEach(ByteBuf::release);
    kept.clear();
    Closing.byReset(channel);
    if (!home.isShutdown()) {
      Closing.close(channel, whenClosed);
      return;
    }
    if (channel.isOpen()) {
      channel.unsafe().closeForcibly();
    }
    whenClosed.run();
  }

  /** The loop closes the connection; that is no orderly end. */
  @Override
  public void loopEnding() {
    Closing.byReset(channel);
  }

  @Override
  public void loopEnded() {
    gone();
  }

  // ---- Handing over

  Channel channel() {
    return channel;
  }

  /** Whether a read has been asked for and has not ended. */
  boolean isReading() {
    return reading;
  }

  /**
   * Leaves the connection to a socket, which hears of everything that has happened so far in the
   * order in which it did. A closed channel may have let go of its handlers already.
   *
   * @param next the network end of the socket
   */
  void handOver(ConnectionChannel next) {
    LoopResidents.leave(home, this);
    toldGone = true;
    ChannelPipeline pipeline = channel.pipeline();
    if (pipeline.context(this) != null) {
      pipeline.replace(this, null, new ConnectionHandler(next));
    }
    kept.forEach(next::received);
    kept.clear();
    if (inputEnded) {
      next.inputEnded();
    }
    if (broken) {
      next.faults().broken();
    }
    if (inactive) {
      next.faults().inactive();
    }
  }

  // ---- What the channel reports

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf data = (ByteBuf) message;
    keptBytes += data.readableBytes();
    kept.add(data);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    reading = false;
    readOn();
  }

  private void readOn() {
    if (!reading && !inputEnded && !broken && !toldGone && keptBytes < ENOUGH) {
      reading = true;
      channel.read();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE && !broken) {
      inputEnded = true;
      if (endAborts && keptBytes == 0) {
        gone();
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    broken = true;
    gone();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    inactive = true;
    gone();
  }

  /** The end of a loop is no news of the peer: the listener ends with it, and says that. */
  private void gone() {
    if (!toldGone) {
      toldGone = true;
      if (!home.isShuttingDown()) {
        whenGone.run();
      }
    }
  }
}
