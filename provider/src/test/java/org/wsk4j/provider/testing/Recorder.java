package org.wsk4j.provider.testing;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;

/**
 * Callbacks of a connection that write down what they were told. What the receive event answers is
 * set by the test.
 */
public final class Recorder {
  private static final long PATIENCE_SECONDS = 10;

  /** One receive event; the list belongs to the provider unless the answer was PENDING. */
  public record Data(
      @Nullable Object context,
      int flags,
      WskDataIndication list,
      long bytes,
      LongOut accepted,
      byte[] copy) {}

  /** One disconnect event. */
  public record End(@Nullable Object context, int flags) {}

  /** One receive event that tells that the socket is dead. */
  public record Death(@Nullable Object context, int flags, long bytes) {}

  /** What to do with data. */
  public interface Action {
    /** {@return what the receive event answers} */
    NtStatus on(Data data) throws Exception;
  }

  /** What to do at the end. */
  public interface EndAction {
    /** {@return what the disconnect event answers} */
    NtStatus on(End end) throws Exception;
  }

  private final BlockingQueue<Data> unseen = new LinkedBlockingQueue<>();
  private final BlockingQueue<End> unseenEnds = new LinkedBlockingQueue<>();
  private final List<Data> all = new CopyOnWriteArrayList<>();
  private final List<End> ends = new CopyOnWriteArrayList<>();
  private final List<String> order = new CopyOnWriteArrayList<>();
  private final List<Death> deaths = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Death> unseenDeaths = new LinkedBlockingQueue<>();
  private volatile Supplier<NtStatus> atDeath = () -> NtStatus.SUCCESS;
  private volatile Action action;
  private volatile EndAction endAction = end -> NtStatus.SUCCESS;

  /** Makes callbacks that take all data. */
  public Recorder() {
    this(data -> NtStatus.SUCCESS);
  }

  /** Makes callbacks that do something with data. */
  public Recorder(Action action) {
    this.action = action;
  }

  /** Does something else with data from now on. */
  public Recorder then(Action next) {
    action = next;
    return this;
  }

  /** Does something when it is told that the socket is dead. */
  public Recorder atDeath(Supplier<NtStatus> next) {
    atDeath = next;
    return this;
  }

  /** {@return the receive events that told that the socket is dead} */
  public List<Death> deaths() {
    return List.copyOf(deaths);
  }

  /** Waits until it has been told that the socket is dead; {@return the call} */
  public Death death() throws InterruptedException {
    Death death = unseenDeaths.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (death == null) {
      throw new AssertionError("nobody told of the death");
    }
    return death;
  }

  /** Does something at the end. */
  public Recorder atEnd(EndAction next) {
    endAction = next;
    return this;
  }

  /** {@return the table with both events} */
  public WskClientConnectionDispatch dispatch() {
    return WskClientConnectionDispatch.builder()
        .onReceive(this::receive)
        .onDisconnect(this::disconnect)
        .build();
  }

  private NtStatus receive(
      @Nullable Object context,
      int flags,
      @Nullable WskDataIndication list,
      long bytes,
      LongOut accepted) {
    if (list == null) {
      return dead(new Death(context, flags, bytes));
    }
    Data data = new Data(context, flags, list, bytes, accepted, Bytes.of(list));
    all.add(data);
    order.add("data");
    try {
      return action.on(data);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      unseen.add(data);
    }
  }

  private NtStatus dead(Death death) {
    deaths.add(death);
    order.add("dead");
    try {
      return atDeath.get();
    } finally {
      unseenDeaths.add(death);
    }
  }

  private NtStatus disconnect(@Nullable Object context, int flags) {
    End end = new End(context, flags);
    ends.add(end);
    order.add("end");
    try {
      return endAction.on(end);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      unseenEnds.add(end);
    }
  }

  /** {@return how often the receive event was called} */
  public int count() {
    return all.size();
  }

  /** Forgets the calls of the receive event. */
  public void forget() {
    all.clear();
  }

  /** {@return the calls of the receive event} */
  public List<Data> calls() {
    return List.copyOf(all);
  }

  /** {@return the calls of the disconnect event} */
  public List<End> ends() {
    return List.copyOf(ends);
  }

  /** {@return "data" and "end" in the order of the calls} */
  public List<String> order() {
    return List.copyOf(order);
  }

  /** Waits until one more receive event has returned; {@return it} */
  public Data next() throws InterruptedException {
    Data data = unseen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (data == null) {
      throw new AssertionError("WskReceiveEvent was not called");
    }
    return data;
  }

  /** Waits until so many bytes were indicated; {@return them} */
  public byte[] bytes(int count) throws InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (bytes.size() < count) {
      bytes.writeBytes(next().copy());
    }
    return bytes.toByteArray();
  }

  /** Waits until one more disconnect event has returned; {@return it} */
  public End end() throws InterruptedException {
    End end = unseenEnds.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (end == null) {
      throw new AssertionError("WskDisconnectEvent was not called");
    }
    return end;
  }
}
