package org.wsk4j.provider.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.net.SocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.core.SocketPhase;
import org.wsk4j.provider.core.SocketState;
import org.wsk4j.provider.transport.IoOperation;
import org.wsk4j.provider.transport.Statuses;

/**
 * How a connection begins: open a channel, bind it, connect it, as one request or as several.
 *
 * <p>At most one request is under way at a time; the phase of the socket sees to that. A failed
 * bind leaves the socket as it was, so that another address can be tried; a failed connect leaves
 * it useless (OPB-06). Cancelling a connect closes the channel, and the request completes when the
 * system has let go.
 *
 * <p>Threads: owned by the event loop of the connection.
 */
final class ConnectionStart {
  private final ConnectionChannel connection;
  private final ConnectionOwner owner;
  private final SocketState state;
  private final ChannelOpener opener;
  private final int connectTimeoutMillis;

  private @Nullable Irp request;
  private @Nullable NtStatus givenUp;

  ConnectionStart(
      ConnectionChannel connection,
      ConnectionOwner owner,
      SocketState state,
      ChannelOpener opener,
      int connectTimeoutMillis) {
    this.connection = connection;
    this.owner = owner;
    this.state = state;
    this.opener = opener;
    this.connectTimeoutMillis = connectTimeoutMillis;
  }

  boolean isBusy() {
    return request != null;
  }

  void perform(Irp irp) {
    request = irp;
    switch (Operation.of(irp)) {
      case BIND -> bind((SocketAddress) target(irp), this::bound);
      case CONNECT -> connect((SocketAddress) target(irp));
      default -> bind(((ConnectTarget) target(irp)).localAddress(), this::boundToConnect);
    }
  }

  void cancel(Irp irp) {
    if (irp == request && Operation.of(irp) != Operation.BIND) {
      giveUp(NtStatus.CANCELLED);
    }
  }

  void close() {
    if (request != null) {
      giveUp(NtStatus.CANCELLED);
    }
  }

  private void giveUp(NtStatus status) {
    givenUp = status;
    if (connection.isOpen()) {
      connection.channel().close();
    }
  }

  // ---- Bind

  private void bind(SocketAddress address, Consumer<ChannelFuture> then) {
    Channel channel;
    try {
      channel = opener.open();
    } catch (Exception cause) {
      fail(cause);
      return;
    }
    connection.opening(channel);
    ChannelFuture registered = connection.loop().register(channel);
    whenDone(
        registered,
        () -> {
          if (registered.isSuccess() && givenUp == null) {
            ChannelFuture bound = channel.bind(address);
            whenDone(bound, () -> then.accept(bound));
          } else {
            then.accept(registered);
          }
        });
  }

  private void bound(ChannelFuture future) {
    if (!future.isSuccess() || givenUp != null) {
      fail(future.cause());
      return;
    }
    owner.bound(connection.channel().localAddress());
    state.move(SocketPhase.BINDING, SocketPhase.BOUND);
    complete(NtStatus.SUCCESS, null);
  }

  private void boundToConnect(ChannelFuture future) {
    Irp irp = request;
    if (!future.isSuccess() || givenUp != null || irp == null) {
      fail(future.cause());
      return;
    }
    owner.bound(connection.channel().localAddress());
    connect(((ConnectTarget) target(irp)).remoteAddress());
  }

  // ---- Connect

  private void connect(SocketAddress address) {
    Channel channel = connection.channel();
    channel.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeoutMillis);
    ChannelFuture connected = channel.connect(address);
    whenDone(connected, () -> connected(connected));
  }

  private void connected(ChannelFuture future) {
    Irp irp = request;
    if (!future.isSuccess() || givenUp != null || irp == null) {
      fail(future.cause());
      return;
    }
    Channel channel = connection.channel();
    owner.connected(channel.localAddress(), channel.remoteAddress());
    state.move(SocketPhase.CONNECTING, SocketPhase.CONNECTED);
    Object made =
        Operation.of(irp) == Operation.SOCKET_CONNECT
            ? ((ConnectTarget) target(irp)).socket()
            : null;
    complete(NtStatus.SUCCESS, made);
    owner.opened();
    connection.opened();
  }

  // ---- Ends

  private void fail(@Nullable Throwable cause) {
    NtStatus status = givenUp;
    if (status == null) {
      status = cause != null ? statusOf(cause) : NtStatus.UNSUCCESSFUL;
    }
    NtStatus answer = status;
    if (!connection.isOpen()) {
      failed(answer);
      return;
    }
    connection.channel().close().addListener(closed -> connection.execute(() -> failed(answer)));
  }

  private NtStatus statusOf(Throwable cause) {
    Irp irp = request;
    if (irp == null || Operation.of(irp) == Operation.BIND) {
      return Statuses.of(cause, IoOperation.BIND);
    }
    Object target = target(irp);
    return Statuses.ofConnect(
        cause,
        target instanceof ConnectTarget both ? both.remoteAddress() : (SocketAddress) target);
  }

  /** The address is free again when the request completes. */
  private void failed(NtStatus status) {
    Irp irp = request;
    boolean bind = irp != null && Operation.of(irp) == Operation.BIND;
    connection.dropChannel();
    if (bind) {
      state.move(SocketPhase.BINDING, SocketPhase.CREATED);
    } else {
      state.move(SocketPhase.CONNECTING, SocketPhase.FAILED);
    }
    boolean made = irp == null || Operation.of(irp) != Operation.SOCKET_CONNECT;
    complete(status, null);
    if (!made) {
      owner.neverMade();
    }
  }

  private void complete(NtStatus status, @Nullable Object made) {
    Irp irp = request;
    request = null;
    givenUp = null;
    if (irp != null) {
      irp.complete(status, 0, made);
    }
    connection.startEnded();
  }

  private static Object target(Irp irp) {
    Object target = irp.context().target;
    if (target == null) {
      throw new IllegalStateException("a request without its target");
    }
    return target;
  }

  private static void whenDone(ChannelFuture future, Runnable then) {
    if (future.isDone()) {
      then.run();
    } else {
      future.addListener(done -> then.run());
    }
  }
}
