package org.wsk4j.provider.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.model.SocketModel.Fact;

/**
 * An end of a connection that is a WSK socket. Its parts make the calls; here stands what they
 * share: the socket, what is known of it, and how it is closed.
 *
 * <p>Threads: any.
 */
final class WskEnd extends End {
  /** How deep operations nest that callbacks and completion routines do. */
  private static final int MOST_NESTED = 3;

  private static final ThreadLocal<int[]> NESTED = ThreadLocal.withInitial(() -> new int[1]);

  private final long seed;
  private final Elsewhere elsewhere;
  private final Requests requests;
  private final Retained retained;
  private final Receives receives;
  private final Sends sends;
  private final Controls controls;
  private final Callbacks callbacks;
  private final AtomicLong routines = new AtomicLong();
  private final Object order = new Object();
  private volatile @Nullable WskConnectionSocket socket;
  private volatile boolean winding;

  WskEnd(String name, long seed, Journal journal, Elsewhere elsewhere) {
    super(name, seed, journal);
    this.seed = seed;
    this.elsewhere = elsewhere;
    requests = new Requests(journal);
    retained = new Retained(name, journal);
    receives = new Receives(this);
    sends = new Sends(this);
    callbacks = new Callbacks(this);
    controls = new Controls(this);
  }

  // ---- Parts

  /**
   * The lock of calls whose order counts. It is one for both directions: a request that completes
   * inside its call may be followed by one of the other direction.
   */
  Object order() {
    return order;
  }

  Requests requests() {
    return requests;
  }

  Retained retained() {
    return retained;
  }

  Receives receives() {
    return receives;
  }

  Sends sends() {
    return sends;
  }

  Controls controls() {
    return controls;
  }

  Callbacks callbacks() {
    return callbacks;
  }

  Elsewhere elsewhere() {
    return elsewhere;
  }

  /** {@return its table; some sockets have none} */
  @Nullable WskClientConnectionDispatch dispatch() {
    return callbacks.dispatch();
  }

  /** {@return decisions that belong to this end} */
  Dice dice(long... place) {
    return Dice.of(seed ^ place[0], place);
  }

  /** Nothing is done at random any more: the connection shall end. */
  void wind() {
    winding = true;
  }

  boolean isWinding() {
    return winding;
  }

  // ---- The socket

  /** The socket exists. */
  void attach(WskConnectionSocket made) {
    socket = made;
  }

  /** The socket is not ours any more: the connection was refused. */
  void detach() {
    socket = null;
  }

  /** The connection stands. */
  void connected() {
    model().surely(Fact.BOUND);
    model().surely(Fact.CONNECTED);
  }

  @Nullable WskConnectionSocket socketOrNull() {
    return socket;
  }

  WskConnectionSocket socket() {
    WskConnectionSocket open = socket;
    if (open == null) {
      throw new IllegalStateException(name() + " has no socket");
    }
    return open;
  }

  // ---- Calls

  /**
   * Makes a call whose status the model judges.
   *
   * @param request the request
   * @param call the call
   * @param then looks at the result, in the completion routine
   * @return what the call returned
   */
  NtStatus call(Request request, Function<Irp, NtStatus> call, Consumer<Request> then) {
    Set<Fact> before = model().certain();
    return request.submit(
        call,
        done -> {
          String wrong = model().judge(done, before);
          journal().require(wrong == null, name() + ": " + wrong);
          if (done.status() == NtStatus.CONNECTION_RESET) {
            model().surely(Fact.BREAK_SEEN);
          }
          then.accept(done);
          nest(dice(1, routines.incrementAndGet()));
        });
  }

  /** Now and then does something more, inside a callback or a completion routine. */
  void nest(Dice dice) {
    int[] depth = NESTED.get();
    boolean stands = model().mayBe(Fact.CONNECTED);
    if (!stands || winding || depth[0] == MOST_NESTED || !dice.oneIn(5)) {
      return;
    }
    depth[0]++;
    try {
      Operation.any(dice).perform(this, dice);
    } finally {
      depth[0]--;
    }
  }

  @Override
  void operate(Dice dice) {
    Operation operation = Operation.any(dice);
    if (operation.isFreeOfOrder() && dice.oneIn(4)) {
      elsewhere.run(journal(), () -> operation.perform(this, dice));
    } else {
      operation.perform(this, dice);
    }
  }

  // ---- Close

  /** Closes the socket; whether in order depends on what has gone before. */
  void close() {
    WskConnectionSocket open = socket;
    if (open == null) {
      return;
    }
    boolean atRest = winding && requests.outstanding().isEmpty();
    boolean orderly = atRest && in().isEndSeen() && model().mayBe(Fact.ENDED);
    if (!orderly) {
      far().model().farBreaks();
    }
    if (!model().mayBe(Fact.CONNECTED)) {
      far().model().farEnds();
    }
    List<Request> pending = requests.pending();
    Request close = requests.begin(Request.Kind.CLOSE, name() + " close");
    model().maybe(Fact.CLOSING);
    call(close, open::closeSocket, done -> closed(done, pending));
    model().surely(Fact.CLOSING);
  }

  private void closed(Request close, List<Request> pending) {
    if (close.status() != NtStatus.SUCCESS) {
      return;
    }
    for (Request one : pending) {
      journal().require(!one.isPending(), name() + " is closed before " + one + " has completed");
    }
    callbacks.closed();
    model().surely(Fact.CLOSED);
  }

  // ---- The end

  @Override
  boolean endInOrder() {
    winding = true;
    WskConnectionSocket open = socket;
    if (open == null || model().mayBeBroken()) {
      return true;
    }
    retained.releaseAll(open, dice(2));
    if (!model().mayBe(Fact.ENDED)) {
      sends.disconnect(null);
    }
    if (!in().isEndSeen()) {
      receives.readToTheEnd(dice(3).oneIn(2));
      return false;
    }
    return requests.outstanding().isEmpty();
  }

  @Override
  void drop(Dice dice) {
    winding = true;
    if (!model().mayBe(Fact.CLOSING)) {
      close();
    }
    WskConnectionSocket open = socket;
    if (open != null) {
      retained.releaseAll(open, dice);
    }
  }

  @Override
  @Nullable String unfinished() {
    List<String> left = new ArrayList<>();
    requests.outstanding().forEach(one -> left.add(one.toString()));
    if (socket != null && !model().mayBe(Fact.CLOSED)) {
      left.add(name() + " is not closed");
    }
    if (!retained.isEmpty()) {
      left.add(name() + " keeps data");
    }
    return left.isEmpty() ? null : String.join(", ", left);
  }
}
