package org.wsk4j.provider.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskInspectId;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.listen.WskInspectAction;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.socket.WskSocket;

/**
 * The events of a listener with conditional accept, which write down their calls. What they do with
 * a connection is set by the test.
 */
public final class Doorkeeper {
  private static final long PATIENCE_SECONDS = 10;

  /** One call of the inspect event. */
  public record Call(
      @Nullable Object context,
      @Nullable SocketAddress local,
      @Nullable SocketAddress remote,
      @Nullable WskInspectId id) {
    /** {@return the identifier, which must be there} */
    public WskInspectId require() {
      if (id == null) {
        throw new AssertionError("the listener is dead");
      }
      return id;
    }

    /** {@return a copy of the identifier, as a client keeps it} */
    public WskInspectId copy() {
      return new WskInspectId(require().key(), require().serialNumber());
    }
  }

  /** What to do with a connection. */
  public interface Action {
    /** {@return what the inspect event answers} */
    @Nullable WskInspectAction on(Call call) throws Exception;
  }

  private final Acceptor acceptor = new Acceptor();
  private final BlockingQueue<Call> unseen = new LinkedBlockingQueue<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final BlockingQueue<WskInspectId> unseenAborts = new LinkedBlockingQueue<>();
  private final List<WskInspectId> aborts = new CopyOnWriteArrayList<>();
  private volatile Action action;
  private volatile Consumer<WskInspectId> onAbort = id -> {};
  private volatile NtStatus abortAnswer = NtStatus.SUCCESS;

  /** Makes one that always gives the same answer. */
  public Doorkeeper(WskInspectAction answer) {
    this(call -> answer);
  }

  /** Makes one that does something with each connection. */
  public Doorkeeper(Action action) {
    this.action = action;
  }

  /** Does something else from now on. */
  public Doorkeeper then(Action next) {
    action = next;
    return this;
  }

  /** Gives another answer from now on. */
  public Doorkeeper then(WskInspectAction answer) {
    return then(call -> answer);
  }

  /** Does something in the abort event. */
  public Doorkeeper atAbort(NtStatus answer, Consumer<WskInspectId> next) {
    abortAnswer = answer;
    onAbort = next;
    return this;
  }

  /** {@return its accept event} */
  public Acceptor acceptor() {
    return acceptor;
  }

  /** {@return the table with all events} */
  public WskClientListenDispatch dispatch() {
    return new WskClientListenDispatch(acceptor, this::inspect, this::abort);
  }

  private @Nullable WskInspectAction inspect(
      @Nullable Object context,
      @Nullable SocketAddress local,
      @Nullable SocketAddress remote,
      @Nullable WskInspectId id) {
    Call call = new Call(context, local, remote, id);
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

  private NtStatus abort(@Nullable Object context, WskInspectId id) {
    aborts.add(id);
    try {
      onAbort.accept(id);
      return abortAnswer;
    } finally {
      unseenAborts.add(id);
    }
  }

  // ---- The listener

  /** {@return an IPv4 socket that listens at the loopback address with conditional accept} */
  public WskListeningSocket listening(TestClient client) throws InterruptedException {
    return listening(client, AddressFamily.INET, null);
  }

  /** {@return a socket that listens at the loopback address with conditional accept} */
  public WskListeningSocket listening(TestClient client, int family, @Nullable Object context)
      throws InterruptedException {
    WskListeningSocket socket = client.listener(family, context, dispatch());
    client.succeed(irp -> set(socket, 1, irp));
    client.succeed(irp -> socket.bind(TestClient.loopback(family, 0), 0, irp));
    return socket;
  }

  /** Switches conditional accept. */
  public static NtStatus set(WskSocket socket, @Nullable Integer value, @Nullable Irp irp) {
    return socket.controlSocket(
        WskControlSocketType.SET_OPTION, WskOptions.CONDITIONAL_ACCEPT, value, 0, null, null, irp);
  }

  // ---- What happened

  /** {@return how often the inspect event was called} */
  public int count() {
    return calls.size();
  }

  /** {@return the calls of the abort event} */
  public List<WskInspectId> aborts() {
    return List.copyOf(aborts);
  }

  /** Waits until one more inspect event has returned; {@return it} */
  public Call next() throws InterruptedException {
    Call call = unseen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(call).as("call of WskInspectEvent").isNotNull();
    return Objects.requireNonNull(call);
  }

  /** Waits until one more abort event has returned; {@return its identifier} */
  public WskInspectId aborted() throws InterruptedException {
    WskInspectId id = unseenAborts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(id).as("call of WskAbortEvent").isNotNull();
    return Objects.requireNonNull(id);
  }
}
