package org.wsk4j.provider.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.completion.InlineCall;
import org.wsk4j.provider.core.ReceiveQueue;
import org.wsk4j.provider.memory.DataIndication;

/**
 * TLS on a connection: a handler of Netty between the channel and {@link ConnectionHandler}.
 *
 * <p>While the handshake runs, the gate of the socket is veiled and the send queue is held, so what
 * goes out and what is told is always the stream inside. The handler reads on by itself as long as
 * the handshake runs or a read has brought no data, which is when the read that was asked for has
 * not had its answer; it keeps at most one record that is not complete.
 *
 * <p>Threads: owned by the event loop of the connection.
 */
final class TlsLayer {
  private final ConnectionChannel connection;
  private final Endpoint endpoint;
  private final ReceiveQueue receives;
  private final Outgoing sends;
  private final InlineCall call = new InlineCall();

  private @Nullable TlsHandler handler;
  private @Nullable TlsOwner owner;
  private @Nullable Irp request;

  /** The handshake has failed, and what has to be done about it is queued. */
  private @Nullable Throwable failure;

  /** What the request is answered when the connection ends for its sake. */
  private @Nullable NtStatus answer;

  private boolean established;
  private boolean peerEnded;
  private long sentAtItsEnd;

  TlsLayer(ConnectionChannel connection, Endpoint endpoint, ReceiveQueue receives, Outgoing sends) {
    this.connection = connection;
    this.endpoint = endpoint;
    this.receives = receives;
    this.sends = sends;
  }

  /** {@return the handler, from the moment on when all that is sent goes through it} */
  @Nullable TlsHandler handler() {
    return handler;
  }

  // ---- The handshake

  /** Performs a request inside its call; {@return what the call has to return} */
  NtStatus perform(Irp irp) {
    return call.run(irp, this::begin);
  }

  /**
   * Begins. A pump that runs has data in its hands that belongs to the handshake, so it has to end
   * first.
   */
  void begin(Irp irp) {
    if (!connection.isUp()) {
      refuse(irp, connection.state().howBroken());
      return;
    }
    if (handler != null || request != null || !sends.isIdle() || receives.isEndOfStream()) {
      refuse(irp, NtStatus.INVALID_DEVICE_STATE);
      return;
    }
    request = irp;
    sends.hold();
    if (receives.isPumping()) {
      connection.execute(this::insert);
    } else {
      insert();
    }
  }

  private void refuse(Irp irp, NtStatus status) {
    if (request == null) {
      reveal();
    }
    call.complete(irp, status, 0, null);
  }

  private void insert() {
    Irp irp = request;
    if (irp == null) {
      return; // it has ended meanwhile
    }
    TlsOwner who = (TlsOwner) irp.context().target;
    owner = who;
    TlsHandler made = new TlsHandler(who.engine());
    made.setHandshakeTimeoutMillis(who.timeoutMillis());
    made.handshakeFuture().addListener(this::handshakeEnded);
    handler = made;
    Channel channel = endpoint.channel();
    channel.pipeline().addFirst(made);
    feed(channel.pipeline());
    channel.read();
  }

  /** What was received before belongs to the handshake. */
  private void feed(ChannelPipeline pipeline) {
    DataIndication data = receives.takeBuffered();
    boolean any = data != null;
    while (data != null) {
      DataIndication following = data.following();
      ByteBuf bytes = data.giveUp();
      pipeline.fireChannelRead(bytes);
      data = following;
    }
    if (any) {
      pipeline.fireChannelReadComplete();
    }
  }

  /** The handler is in the middle of its work now, an alert may be on its way: acts later. */
  private void handshakeEnded(Future<?> future) {
    Throwable cause = future.cause();
    if (cause == null) {
      connection.execute(this::succeed);
    } else if (TlsFailures.isOfConnection(cause)) {
      connection.execute(connection.faults()::broken);
    } else {
      failure = cause;
      connection.execute(this::failIfDue);
    }
  }

  private void succeed() {
    Irp irp = request;
    TlsOwner who = owner;
    if (irp == null || who == null || failure != null) {
      return;
    }
    request = null;
    established = true;
    call.complete(irp, NtStatus.SUCCESS, 0, who.established());
    who.told();
    reveal();
    sends.letGo();
  }

  /**
   * Ends the connection if the handshake has failed and that was not done yet.
   *
   * @return whether the handshake has failed
   */
  boolean failIfDue() {
    Throwable cause = failure;
    if (cause == null) {
      return false;
    }
    if (request != null) {
      fail(TlsFailures.ofHandshake(cause), cause);
    }
    return true;
  }

  private void fail(NtStatus status, Throwable cause) {
    TlsOwner who = owner;
    if (who != null) {
      who.failed(cause);
    }
    answer = status;
    connection.faults().giveUp();
  }

  private void reveal() {
    receives.unveil();
    connection.eventsChanged();
  }

  /**
   * Cancels the request that has begun TLS; the stream is of no use then.
   *
   * @return whether it was that request
   */
  boolean cancel(Irp irp) {
    if (irp != request) {
      return false;
    }
    answer = NtStatus.CANCELLED;
    connection.abandon();
    return true;
  }

  /** The connection ends, and what was sent and not handed over has failed. */
  void end(NtStatus why) {
    Irp irp = request;
    NtStatus given = answer;
    request = null;
    if (irp != null) {
      reveal();
      call.complete(irp, given != null ? given : why, 0, null);
    }
  }

  // ---- The end of the peer's side

  /** The peer has said that its stream ends. */
  void closeNotified() {
    if (!established && request == null) {
      return;
    }
    peerEnded = true;
    sentAtItsEnd = sends.handedOver();
    receives.endOfStream();
  }

  /** The peer sends no more: it has said so, or the stream may have been cut short. */
  void inputEnded() {
    if (request != null && failure == null) {
      fail(NtStatus.CONNECTION_DISCONNECTED, new ClosedChannelException());
    } else if (!peerEnded) {
      receives.truncated(NtStatus.CONNECTION_DISCONNECTED);
    }
  }

  boolean isPeerEnded() {
    return peerEnded;
  }

  /**
   * Whether the peer has said that its stream ends and may have left: nothing was sent to it since,
   * so that it is not there to hear of our end is no fault.
   */
  boolean mayHaveLeft() {
    return peerEnded && sends.isEnding() && sends.handedOver() == sentAtItsEnd;
  }
}
