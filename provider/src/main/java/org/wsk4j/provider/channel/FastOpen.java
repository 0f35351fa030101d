package org.wsk4j.provider.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.IrpContext;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.transport.Statuses;
import org.wsk4j.provider.transport.TcpInfo;

/**
 * Sends the data of a connect with the first segment (TCP Fast Open).
 *
 * <p>The system says that such a connect has succeeded before anything has gone out: the first data
 * that is written goes with the first segment. Whether there is a peer shows later, in the state of
 * the connection, which is looked at until it is established or has failed. Data that the peer does
 * not take with the first segment the system sends again, behind the handshake.
 *
 * <p>Threads: owned by the event loop of the connection.
 */
final class FastOpen {
  /** States of Linux: the first segment is not answered; there is no connection. */
  private static final int SYN_SENT = 2;

  private static final int CLOSED = 7;

  private final ConnectionChannel connection;
  private final Endpoint endpoint;
  private final SocketAddress remote;
  private final Consumer<NtStatus> then;
  private final long begin = System.nanoTime();
  private final long timeoutNanos;

  private @Nullable ChannelFuture written;
  private boolean over;

  /** Whether the next look is on its way. */
  private boolean waiting;

  /**
   * Prepares to send.
   *
   * @param connection whose loop does the looking
   * @param endpoint the connection, whose connect has been begun this way
   * @param remote the peer
   * @param timeoutMillis how long the peer may take to answer; 0 for no limit of ours
   * @param then told once: SUCCESS if the connection stands and the system has taken the data
   */
  FastOpen(
      ConnectionChannel connection,
      Endpoint endpoint,
      SocketAddress remote,
      int timeoutMillis,
      Consumer<NtStatus> then) {
    this.connection = connection;
    this.endpoint = endpoint;
    this.remote = remote;
    this.then = then;
    timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
  }

  /** Whether the first segment of a connect that has succeeded waits for its data. */
  static boolean isPending(Endpoint endpoint) {
    TcpInfo info = endpoint.tcpInfo();
    return info != null && info.state() == SYN_SENT;
  }

  /** Sends a copy of the data: the system may need it after the request has been cancelled. */
  void send(IrpContext data) {
    Channel channel = endpoint.channel();
    ByteBuf copy;
    try {
      copy = Copies.next(channel, data, (int) data.remaining);
    } catch (RuntimeException | OutOfMemoryError fault) {
      end(Statuses.ofConnect(fault, remote));
      return;
    }
    written = channel.writeAndFlush(copy);
    written.addListener(done -> look());
    channel.closeFuture().addListener(closed -> end(NtStatus.CONNECTION_REFUSED));
    look();
  }

  private void look() {
    ChannelFuture data = written;
    if (over || data == null) {
      return;
    }
    Throwable fault = data.cause();
    TcpInfo info = fault == null ? path() : null;
    if (fault != null) {
      end(Statuses.ofConnect(fault, remote));
    } else if (info == null || info.state() == CLOSED) {
      end(NtStatus.CONNECTION_REFUSED);
    } else if (info.state() != SYN_SENT) {
      if (data.isSuccess()) {
        end(NtStatus.SUCCESS);
      }
    } else {
      lookLater();
    }
  }

  /** Pauses grow with the time that the answer has taken, so it is noticed little later. */
  private void lookLater() {
    long waited = System.nanoTime() - begin;
    if (timeoutNanos > 0 && waited >= timeoutNanos) {
      end(NtStatus.IO_TIMEOUT);
    } else if (!waiting) {
      waiting = true;
      long pause = Math.max(TimeUnit.MILLISECONDS.toNanos(1), waited / 4);
      connection.loop().schedule(this::lookAgain, pause, TimeUnit.NANOSECONDS);
    }
  }

  private void lookAgain() {
    waiting = false;
    look();
  }

  private @Nullable TcpInfo path() {
    try {
      return endpoint.isOpen() ? endpoint.tcpInfo() : null;
    } catch (ChannelException gone) {
      return null;
    }
  }

  private void end(NtStatus status) {
    if (!over) {
      over = true;
      then.accept(status);
    }
  }
}
