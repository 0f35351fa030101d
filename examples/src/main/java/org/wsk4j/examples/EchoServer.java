package org.wsk4j.examples;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.listen.WskListeningSocket;

/**
 * How does a server stop? It closes the listening socket, ends every connection gracefully, waits
 * for the peers until a deadline, breaks off the rest, and can then say that nothing is left.
 *
 * <p>How connections are accepted and served is told by {@link EventEchoServer} and {@link
 * IrpEchoServer}.
 *
 * <p>Threads: {@link #start} and {@link #stop} wait; the rest may be called from any thread.
 */
abstract class EchoServer {
  /** Breaking off takes no time worth mentioning; this bounds it all the same. */
  private static final Duration BREAK_OFF_WITHIN = Duration.ofSeconds(10);

  private final WskProgram program;
  private final LongAdder echoed = new LongAdder();

  // Both guarded by this.
  private final Set<EchoConnection> connections = new HashSet<>();
  private long served;

  private final @Nullable TlsSettings tls;

  private @Nullable WskListeningSocket listener;

  EchoServer(WskProgram program, @Nullable TlsSettings tls) {
    this.program = program;
    this.tls = tls;
  }

  /** How connections are accepted and served. */
  enum Mode {
    /** By event callbacks, see {@link EventEchoServer}. */
    EVENTS,
    /** By posted requests, see {@link IrpEchoServer}. */
    IRP;

    /** {@return the name on the command line} */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Makes a server that does not listen yet. */
  static EchoServer of(Mode mode, WskProgram program) {
    return of(mode, program, null);
  }

  /**
   * Makes a server that does not listen yet.
   *
   * @param tls how connections are secured, or {@code null} if they are not
   */
  static EchoServer of(Mode mode, WskProgram program, @Nullable TlsSettings tls) {
    return mode == Mode.EVENTS
        ? new EventEchoServer(program, tls)
        : new IrpEchoServer(program, tls);
  }

  /**
   * Begins to listen.
   *
   * @param address where; port 0 lets the system choose
   * @return where it listens now
   */
  InetSocketAddress start(InetSocketAddress address) throws ToolException, InterruptedException {
    WskListeningSocket made = program.listen(address, this, callbacks());
    listener = made;
    InetSocketAddress local = program.localAddress(made);
    beginAccepting(made);
    return local;
  }

  /** {@return the callbacks of the listening socket, or {@code null} for none} */
  abstract @Nullable WskClientListenDispatch callbacks();

  /** Accepts connections from now on, until the listening socket is closed. */
  abstract void beginAccepting(WskListeningSocket listening);

  // ---- What the connections use

  final WskProgram program() {
    return program;
  }

  /** A connection was accepted; {@link #closed} follows in the end. */
  final synchronized void accepted(EchoConnection connection) {
    program.outstanding().socketOpened();
    connections.add(connection);
    served++;
  }

  /** {@return how connections are secured, or {@code null} if they are not} */
  final @Nullable TlsSettings tls() {
    return tls;
  }

  final void echoed(long bytes) {
    echoed.add(bytes);
  }

  final synchronized void closed(EchoConnection connection) {
    program.outstanding().socketClosed();
    connections.remove(connection);
    notifyAll();
  }

  // ---- The end

  /**
   * What a server has done, and what is left of it.
   *
   * @param served how many connections it has accepted
   * @param echoed how many bytes it has sent back
   * @param brokenOff how many connections did not end before the deadline
   * @param sockets how many sockets are still open
   * @param requests how many requests are still in flight
   */
  record Report(long served, long echoed, int brokenOff, long sockets, long requests) {
    /** {@return whether nothing is left} */
    boolean isClean() {
      return sockets == 0 && requests == 0;
    }
  }

  /**
   * Stops. No connection is accepted any more; on each of those that there are, what was received
   * is echoed, and then our side ends.
   *
   * @param drain how long to wait for the peers to end their connections too
   * @return what was done, and whether anything is left
   */
  final Report stop(Duration drain) throws InterruptedException {
    WskListeningSocket listening = listener;
    if (listening != null) {
      program.close(listening); // when this has returned, no further connection is accepted
    }
    List<EchoConnection> left = snapshot();
    left.forEach(EchoConnection::end);
    awaitNone(drain);
    List<EchoConnection> late = snapshot();
    late.forEach(EchoConnection::abort);
    awaitNone(BREAK_OFF_WITHIN);
    return report(late.size());
  }

  /** {@return the connections that there are now} */
  final synchronized List<EchoConnection> snapshot() {
    return List.copyOf(connections);
  }

  private synchronized void awaitNone(Duration longest) throws InterruptedException {
    long start = System.nanoTime();
    while (!connections.isEmpty()) {
      long left = longest.minusNanos(System.nanoTime() - start).toMillis();
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  private synchronized Report report(int brokenOff) {
    Outstanding outstanding = program.outstanding();
    return new Report(
        served, echoed.sum(), brokenOff, outstanding.sockets(), outstanding.requests());
  }
}
