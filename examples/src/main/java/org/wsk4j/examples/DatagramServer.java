package org.wsk4j.examples;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.datagram.WskClientDatagramDispatch;
import org.wsk4j.datagram.WskDatagramIndication;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.nt.NtStatus;

/**
 * How does a server of datagrams begin and stop? It binds a socket and enables the receive event;
 * it disables the event, which waits for the callback that runs, lets its sends go out, closes, and
 * can then say that nothing is left.
 *
 * <p>Threads: {@link #start} and {@link #stop} wait, on ordinary threads.
 */
abstract class DatagramServer {
  private static final Logger LOG = LoggerFactory.getLogger(DatagramServer.class);

  /** So many sends may be in flight; what would have to be sent beyond that is dropped. */
  private static final int MOST_SENDS = 1024;

  /** The system takes a datagram at once or drops it; this bounds the wait all the same. */
  private static final Duration SENDS_WITHIN = Duration.ofSeconds(10);

  private final WskProgram program;
  private final DatagramSends sends;
  private final LongAdder received = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  private volatile @Nullable WskDatagramSocket socket;
  private volatile boolean stopping;

  DatagramServer(WskProgram program) {
    this.program = program;
    sends = new DatagramSends(program, MOST_SENDS);
  }

  /**
   * Begins to serve.
   *
   * @param address where; port 0 lets the system choose
   * @return where it serves now
   */
  InetSocketAddress start(InetSocketAddress address) throws ToolException, InterruptedException {
    WskDatagramSocket made = program.datagrams(address, this, dispatch(this::received));
    socket = made;
    WskProgram.enable(made, WskEventCallbackControl.RECEIVE_FROM);
    return program.localAddress(made);
  }

  /** What is done with a list of datagrams. */
  interface Arrival {
    /** {@return what the callback answers} */
    NtStatus received(WskDatagramIndication list);
  }

  /** {@return the callback that takes datagrams, and complains if its socket is dead} */
  static WskClientDatagramDispatch dispatch(Arrival arrival) {
    return new WskClientDatagramDispatch(
        (context, flags, list) -> {
          if (list != null) {
            return arrival.received(list);
          }
          LOG.error("A datagram socket does not function any more");
          return NtStatus.SUCCESS;
        });
  }

  /**
   * Takes datagrams; on the event loop of the socket.
   *
   * @param list the datagrams
   * @return what the callback answers
   */
  abstract NtStatus received(WskDatagramIndication list);

  // ---- What servers use

  final WskProgram program() {
    return program;
  }

  final DatagramSends sends() {
    return sends;
  }

  /** {@return the socket, which is there once datagrams can arrive} */
  final WskDatagramSocket socket() {
    WskDatagramSocket made = socket;
    if (made == null) {
      throw new IllegalStateException("the server has not been started");
    }
    return made;
  }

  /** Counts a datagram that has arrived. */
  final void counted() {
    received.increment();
  }

  /** Counts a datagram that comes to nothing. */
  final void dropped() {
    dropped.increment();
  }

  // ---- The end

  /**
   * What a server has done, and what is left of it.
   *
   * @param received how many datagrams have arrived from clients
   * @param sent how many it has sent
   * @param dropped how many it could do nothing with
   * @param sockets how many sockets are still open
   * @param requests how many requests are still in flight
   */
  record Report(long received, long sent, long dropped, long sockets, long requests) {
    /** {@return whether nothing is left} */
    boolean isClean() {
      return sockets == 0 && requests == 0;
    }
  }

  /**
   * Stops. Nothing that arrives from now on is taken.
   *
   * @param drain how long what is under way may take to come to its end
   * @return what was done, and whether anything is left
   */
  final Report stop(Duration drain) throws InterruptedException {
    WskDatagramSocket serving = socket;
    if (serving != null) {
      program.disable(serving, WskEventCallbackControl.RECEIVE_FROM);
      stopping = true;
      finish(drain);
      sends.awaitNone(SENDS_WITHIN);
      program.close(serving);
    }
    return report();
  }

  /** {@return whether it takes nothing any more} */
  final boolean isStopping() {
    return stopping;
  }

  /** {@return what it has done so far} */
  final Report report() {
    Outstanding outstanding = program.outstanding();
    return new Report(
        received.sum(), sends.sent(), dropped.sum(), outstanding.sockets(), outstanding.requests());
  }

  /**
   * Brings what is under way to its end.
   *
   * @param drain how long that may take
   */
  void finish(Duration drain) throws InterruptedException {}

  /** {@return what there is to say beyond the report} */
  String summary() {
    return "";
  }
}
