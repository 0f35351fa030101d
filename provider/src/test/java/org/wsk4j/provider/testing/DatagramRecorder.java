package org.wsk4j.provider.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.wsk4j.datagram.WskClientDatagramDispatch;
import org.wsk4j.datagram.WskDatagramIndication;
import org.wsk4j.nt.NtStatus;

/**
 * The callback of a datagram socket that writes down what it was told. What it answers is set by
 * the test.
 */
public final class DatagramRecorder {
  private static final long PATIENCE_SECONDS = 10;

  /** One call; the list belongs to the provider unless the answer was PENDING. */
  public record Call(
      @Nullable Object context,
      int flags,
      @Nullable WskDatagramIndication list,
      List<byte[]> copies,
      List<SocketAddress> senders) {}

  /** What to do with datagrams. */
  public interface Action {
    /** {@return what the callback answers} */
    NtStatus on(Call call) throws Exception;
  }

  private final BlockingQueue<Call> unseen = new LinkedBlockingQueue<>();
  private final List<byte[]> waiting = new ArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile Action action;

  /** Makes a callback that takes all. */
  public DatagramRecorder() {
    this(call -> NtStatus.SUCCESS);
  }

  /** Makes a callback that does something. */
  public DatagramRecorder(Action action) {
    this.action = action;
  }

  /** Does something else from now on. */
  public DatagramRecorder then(Action next) {
    action = next;
    return this;
  }

  /** {@return the table} */
  public WskClientDatagramDispatch dispatch() {
    return new WskClientDatagramDispatch(this::call);
  }

  private NtStatus call(@Nullable Object context, int flags, @Nullable WskDatagramIndication list) {
    calls.incrementAndGet();
    List<byte[]> copies = new ArrayList<>();
    List<SocketAddress> senders = new ArrayList<>();
    for (WskDatagramIndication each = list; each != null; each = each.next()) {
      copies.add(each.buffer().toByteArray());
      senders.add(each.remoteAddress());
    }
    Call call = new Call(context, flags, list, copies, senders);
    try {
      return action.on(call);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      unseen.add(call);
    }
  }

  /** {@return the next call, when it has returned or is about to} */
  public Call next() throws InterruptedException {
    Call call = unseen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(call).as("a call of the receive event").isNotNull();
    return call;
  }

  /** {@return the next datagram, in whatever list it came} */
  public byte[] nextDatagram() throws InterruptedException {
    while (waiting.isEmpty()) {
      waiting.addAll(next().copies());
    }
    return waiting.remove(0);
  }

  /** {@return how often it was called} */
  public int count() {
    return calls.get();
  }
}
