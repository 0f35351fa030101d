package org.wsk4j.examples;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.datagram.WskDatagramIndication;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;

/**
 * How do I send datagrams without waiting, and without end? Each send has a request of its own,
 * which is used again; when all are in flight, a datagram is not sent, as datagrams may get lost.
 *
 * <p>What is sent may lie in memory of the provider that was kept from a callback; it is released
 * when it has been sent.
 *
 * <p>Threads: any; {@link #awaitNone} waits.
 */
final class DatagramSends {
  private final WskProgram program;
  private final int most;

  // All guarded by this.
  private final ArrayDeque<Send> spare = new ArrayDeque<>();
  private int inFlight;
  private long sent;

  /**
   * Makes sends.
   *
   * @param program counts them
   * @param most how many may be in flight at a time
   */
  DatagramSends(WskProgram program, int most) {
    this.program = program;
    this.most = most;
  }

  /**
   * Sends a datagram.
   *
   * @param socket the socket
   * @param data what to send; not to be changed until it has been sent
   * @param to the destination, or {@code null} for the one that is fixed on the socket
   * @param kept is released when it has been sent; may be {@code null}
   * @return whether there is room for it; if not, nothing happens
   */
  boolean send(
      WskDatagramSocket socket,
      WskBuf data,
      @Nullable SocketAddress to,
      @Nullable WskDatagramIndication kept) {
    Send send = next();
    if (send == null) {
      return false;
    }
    send.begin(socket, data, to, kept);
    return true;
  }

  private synchronized @Nullable Send next() {
    if (inFlight == most) {
      return null;
    }
    inFlight++;
    Send free = spare.poll();
    return free != null ? free : new Send();
  }

  private synchronized void giveBack(Send send, boolean successful) {
    spare.push(send);
    inFlight--;
    sent += successful ? 1 : 0;
    notifyAll();
  }

  /** {@return how many datagrams have been sent} */
  synchronized long sent() {
    return sent;
  }

  /** Waits until no send is in flight, but not longer than that. */
  synchronized void awaitNone(Duration longest) throws InterruptedException {
    long start = System.nanoTime();
    long left = longest.toMillis();
    while (inFlight > 0 && left > 0) {
      wait(left);
      left = longest.minusNanos(System.nanoTime() - start).toMillis();
    }
  }

  /** One send. */
  private final class Send {
    private final Request request = program.request(this::sent);
    private @Nullable WskDatagramSocket socket;
    private @Nullable WskDatagramIndication kept;

    void begin(
        WskDatagramSocket through,
        WskBuf data,
        @Nullable SocketAddress to,
        @Nullable WskDatagramIndication indication) {
      socket = through;
      kept = indication;
      through.sendTo(data, 0, to, null, request.submit());
    }

    private void sent(Irp irp) {
      WskDatagramSocket through = socket;
      WskDatagramIndication indication = kept;
      socket = null;
      kept = null;
      if (through != null && indication != null) {
        through.release(indication);
      }
      giveBack(this, irp.status().isSuccess());
    }
  }
}
