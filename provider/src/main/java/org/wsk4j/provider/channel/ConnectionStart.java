package org.wsk4j.provider.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.completion.InlineCall;
import org.wsk4j.provider.core.SocketPhase;
import org.wsk4j.provider.core.SocketState;
import org.wsk4j.provider.stats.ConnectEvent;
import org.wsk4j.provider.transport.SocketNames;
import org.wsk4j.provider.transport.Statuses;

/**
 * How a connection begins: open a channel, bind it, connect it, as one request or as several.
 *
 * <p>At most one request is under way at a time; the phase of the socket sees to that. A failed
 * bind leaves the socket as it was, so that another address can be tried; a failed connect leaves
 * it useless (OPB-06), unless it is a stream socket, whose address is still reserved (OPB-36).
 * Cancelling a connect closes the channel, and the request completes when the system has let go.
 *
 * <p>Threads: owned by the event loop of the connection.
 */
final class ConnectionStart {
  private final ConnectionChannel connection;
  private final Endpoint endpoint;
  private final ConnectionOwner owner;
  private final SocketState state;
  private final int connectTimeoutMillis;
  private final InlineCall call = new InlineCall();

  /** Keeps the address of a stream socket; other sockets have none. */
  private final @Nullable Reservation reservation;

  private @Nullable Irp request;
  private @Nullable NtStatus givenUp;
  private @Nullable ConnectEvent attempt;

  ConnectionStart(
      ConnectionChannel connection,
      Endpoint endpoint,
      ConnectionOwner owner,
      SocketState state,
      int connectTimeoutMillis,
      @Nullable Reservation reservation) {
    this.connection = connection;
    this.endpoint = endpoint;
    this.owner = owner;
    this.state = state;
    this.connectTimeoutMillis = connectTimeoutMillis;
    this.reservation = reservation;
  }

  /** Whether a request is under way, or the address is still reserved. */
  boolean isBusy() {
    Reservation kept = reservation;
    return request != null || kept != null && !kept.isGone();
  }

  /** Performs a request inside its call; {@return what the call has to return} */
  NtStatus performInline(Irp irp) {
    return call.run(irp, this::perform);
  }

  void perform(Irp irp) {
    request = irp;
    Object target = irp.context().target;
    if (target instanceof ConnectTarget both) {
      bind(both.localAddress());
    } else if (Operation.of(irp) == Operation.BIND) {
      bind((InetSocketAddress) target);
    } else {
      connectFromReserved((InetSocketAddress) target);
    }
  }

  /** Completes a request of any kind that came too late; a socket that it was to make is none. */
  void refuse(Irp irp, NtStatus status) {
    boolean neverSeen = Operation.of(irp) == Operation.SOCKET_CONNECT;
    Completions.complete(irp, status);
    if (neverSeen) {
      owner.neverMade();
    }
  }

  void cancel(Irp irp) {
    if (irp == request && Operation.of(irp) != Operation.BIND) {
      giveUp(NtStatus.CANCELLED);
    }
  }

  /** The socket closes or is dead. */
  void end(NtStatus why) {
    if (request != null) {
      giveUp(why);
    }
    endReservation();
  }

  /** What is under way will not be heard of any more; the channel is gone. */
  void abandon() {
    Reservation kept = reservation;
    if (kept != null) {
      kept.abandon();
    }
    if (request != null) {
      failed(NtStatus.FILE_FORCED_CLOSED);
    }
  }

  /** A role has the address now, or nobody needs it any more. */
  void endReservation() {
    Reservation kept = reservation;
    if (kept != null) {
      kept.end(connection::finishIfEnding);
    }
  }

  /** What is under way fails when its channel closes, and its request completes then. */
  private void giveUp(NtStatus why) {
    givenUp = why;
    if (endpoint.isOpen()) {
      endpoint.channel().close();
    }
  }

  // ---- Bind

  private void bind(InetSocketAddress address) {
    Reservation kept = reservation;
    if (kept != null) {
      kept.bind(address, this::bound);
    } else {
      endpoint.bind(address, new ConnectionHandler(connection), this::bound);
    }
  }

  private void bound(NtStatus status) {
    Irp irp = request;
    if (status != NtStatus.SUCCESS || givenUp != null || irp == null) {
      fail(status);
      return;
    }
    Reservation kept = reservation;
    owner.bound(kept != null ? kept.address() : endpoint.channel().localAddress());
    if (irp.context().target instanceof ConnectTarget both) {
      connect(both.remoteAddress());
      return;
    }
    state.move(SocketPhase.BINDING, SocketPhase.BOUND);
    complete(NtStatus.SUCCESS, 0, null);
  }

  // ---- Connect

  /** Each attempt of a stream socket has a channel of its own: a failed one is of no use. */
  private void connectFromReserved(InetSocketAddress address) {
    Reservation kept = reservation;
    if (kept == null) {
      connect(address);
      return;
    }
    endpoint.bind(
        kept.address(),
        new ConnectionHandler(connection),
        status -> {
          if (status == NtStatus.SUCCESS && givenUp == null) {
            connect(address);
          } else {
            fail(status);
          }
        });
  }

  private void connect(InetSocketAddress address) {
    attempt = ConnectEvent.start();
    Channel channel = endpoint.channel();
    channel.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeoutMillis);
    boolean early = hasData() && endpoint.askFastOpen();
    ChannelFuture connected = channel.connect(address);
    if (connected.isDone()) {
      connected(connected, address, early);
    } else {
      connected.addListener(done -> connected(connected, address, early));
    }
  }

  private boolean hasData() {
    Irp irp = request;
    return irp != null && irp.context().length > 0;
  }

  private void connected(ChannelFuture future, InetSocketAddress address, boolean early) {
    Irp irp = request;
    if (!future.isSuccess() || givenUp != null || irp == null) {
      Throwable cause = future.cause();
      refused(address, cause != null ? Statuses.ofConnect(cause, address) : NtStatus.CANCELLED);
    } else if (early && FastOpen.isPending(endpoint)) {
      call.pend(irp);
      new FastOpen(
              connection,
              endpoint,
              address,
              connectTimeoutMillis,
              status -> opened(status, irp, address))
          .send(irp.context());
    } else {
      established(irp, address);
    }
  }

  private void refused(InetSocketAddress address, NtStatus status) {
    record(address, givenUp != null ? givenUp : status);
    fail(status);
  }

  /** The data has gone with the connect; the request has no more to do. */
  private void opened(NtStatus status, Irp irp, InetSocketAddress address) {
    if (status != NtStatus.SUCCESS || givenUp != null) {
      refused(address, status);
    } else {
      connection.outgoing().count(irp.context().length);
      established(irp, address);
    }
  }

  private void established(Irp irp, InetSocketAddress address) {
    record(address, NtStatus.SUCCESS);
    connection.outgoing().countConnect();
    Channel channel = endpoint.channel();
    SocketAddress local = SocketNames.local(channel);
    owner.connected(local != null ? local : channel.localAddress(), address);
    endReservation();
    state.move(SocketPhase.CONNECTING, SocketPhase.CONNECTED);
    if (irp.context().remaining > 0) {
      request = null;
      call.pend(irp);
      connection.outgoing().sendFirst(irp);
    } else {
      complete(
          NtStatus.SUCCESS,
          irp.context().length,
          irp.context().target instanceof ConnectTarget both ? both.socket() : null);
    }
    owner.opened();
    connection.opened();
  }

  private void record(InetSocketAddress address, NtStatus status) {
    ConnectEvent recorded = attempt;
    attempt = null;
    if (recorded != null) {
      recorded.finish(null, address, status);
    }
  }

  // ---- Ends

  /** The address is free again when the request completes. */
  private void fail(NtStatus status) {
    endpoint.close(false, () -> failed(status));
  }

  private void failed(NtStatus status) {
    Irp irp = request;
    boolean bindOnly = irp != null && Operation.of(irp) == Operation.BIND;
    boolean neverSeen = irp != null && Operation.of(irp) == Operation.SOCKET_CONNECT;
    if (bindOnly) {
      state.move(SocketPhase.BINDING, SocketPhase.CREATED);
    } else {
      state.move(
          SocketPhase.CONNECTING, reservation != null ? SocketPhase.BOUND : SocketPhase.FAILED);
    }
    NtStatus why = givenUp;
    complete(why != null ? why : status, 0, null);
    if (neverSeen) {
      owner.neverMade();
    }
  }

  private void complete(NtStatus status, long information, @Nullable Object made) {
    Irp irp = request;
    request = null;
    givenUp = null;
    if (irp != null) {
      call.complete(irp, status, information, made);
    }
    connection.finishIfEnding();
  }
}
