package org.wsk4j.provider.testing;

import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.listen.WskAcceptEvent;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/**
 * An accept event that writes down its calls. What it does with a connection is set by the test.
 */
public final class Acceptor implements WskAcceptEvent {
  private static final long PATIENCE_SECONDS = 10;

  /** One call. */
  public record Call(
      @Nullable Object context,
      int flags,
      @Nullable SocketAddress local,
      @Nullable SocketAddress remote,
      @Nullable WskConnectionSocket socket,
      Out<Object> socketContext,
      Out<WskClientConnectionDispatch> socketDispatch) {
    /** {@return the socket} */
    public WskConnectionSocket require() {
      if (socket == null) {
        throw new AssertionError("there is no socket");
      }
      return socket;
    }
  }

  /** What to do with a connection. */
  public interface Action {
    /** {@return what the accept event answers} */
    NtStatus on(Call call) throws Exception;
  }

  private final BlockingQueue<Call> unseen = new LinkedBlockingQueue<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile Action action;

  /** Makes one that takes every connection, without callbacks. */
  public Acceptor() {
    this(call -> NtStatus.SUCCESS);
  }

  /** Makes one that does something. */
  public Acceptor(Action action) {
    this.action = action;
  }

  /** Does something else from now on. */
  public void then(Action next) {
    action = next;
  }

  /** {@return the table of a listener with this event alone} */
  public WskClientListenDispatch dispatch() {
    return WskClientListenDispatch.builder().onAccept(this).build();
  }

  @Override
  public NtStatus onAccept(
      @Nullable Object socketContext,
      int flags,
      @Nullable SocketAddress localAddress,
      @Nullable SocketAddress remoteAddress,
      @Nullable WskConnectionSocket acceptSocket,
      Out<Object> acceptSocketContext,
      Out<WskClientConnectionDispatch> acceptSocketDispatch) {
    Call call =
        new Call(
            socketContext,
            flags,
            localAddress,
            remoteAddress,
            acceptSocket,
            acceptSocketContext,
            acceptSocketDispatch);
    calls.add(call);
    try {
      return action.on(call);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      unseen.add(call);
    }
  }

  /** {@return how often it was called} */
  public int count() {
    return calls.size();
  }

  /** Waits until one more call has returned; {@return it} */
  public Call next() throws InterruptedException {
    Call call = unseen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (call == null) {
      throw new AssertionError("WskAcceptEvent was not called");
    }
    return call;
  }
}
