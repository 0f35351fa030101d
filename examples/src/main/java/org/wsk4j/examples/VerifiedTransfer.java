package org.wsk4j.examples;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

/**
 * How do I send and receive at the same time, without waiting for each request? A window of bytes
 * is on its way; what comes back is compared and makes room for more. After the last byte our side
 * ends, and the peer's end has to follow.
 *
 * <p>Threads: {@link #start}, {@link #await} and the queries from any thread. Requests are made
 * with the monitor held, so that sends leave in the order of the stream; no WSK function waits, and
 * none calls back with a lock of its own.
 */
final class VerifiedTransfer {
  private static final int SENDS = 16;
  private static final int SEND_BYTES = 64 * 1024;
  private static final int RECEIVES = 2;
  private static final long WINDOW = (long) SENDS * SEND_BYTES;

  private final WskProgram program;
  private final WskConnectionSocket socket;
  private final long total;
  private final boolean verify;
  private final TestPattern pattern = new TestPattern();
  private final Request disconnect;
  private final CountDownLatch over = new CountDownLatch(1);

  // All guarded by this.
  private final ArrayDeque<Send> idle = new ArrayDeque<>();
  private long sent;
  private boolean ended;
  private boolean peerEnded;
  private @Nullable String failure;

  /** Written with the monitor held, read by whoever shows the progress. */
  private volatile long received;

  /**
   * Makes a transfer that has not begun.
   *
   * @param program counts the requests
   * @param socket a connected socket that nobody else uses; the caller closes it
   * @param total how many bytes to send
   * @param verify whether to compare what comes back, or only to count it
   */
  VerifiedTransfer(WskProgram program, WskConnectionSocket socket, long total, boolean verify) {
    this.program = program;
    this.socket = socket;
    this.total = total;
    this.verify = verify;
    disconnect = program.request(irp -> sideEnded(irp.status()));
    for (int i = 0; i < SENDS; i++) {
      idle.add(new Send());
    }
  }

  /** Begins. */
  synchronized void start() {
    for (int i = 0; i < RECEIVES; i++) {
      new Receive().post();
    }
    sendMore();
  }

  /** {@return how many bytes have come back, and been compared} */
  long received() {
    return received;
  }

  /** {@return whether the transfer was over within that time} */
  boolean await(Duration longest) throws InterruptedException {
    return over.await(longest.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** {@return what went wrong, or {@code null} if nothing did so far} */
  synchronized @Nullable String failure() {
    return failure;
  }

  // ---- Sending

  private void sendMore() {
    while (failure == null && sent < total && sent - received + SEND_BYTES <= WINDOW) {
      Send send = idle.poll();
      if (send == null) {
        return;
      }
      int length = (int) Math.min(SEND_BYTES, total - sent);
      long from = sent;
      sent += length;
      send.from(from, length);
    }
    if (failure == null && sent == total && !ended) {
      ended = true;
      socket.disconnect(null, 0, disconnect.submit());
    }
  }

  /**
   * Once everything has come back, the caller may close while the peer still acknowledges our end.
   */
  private synchronized void sideEnded(NtStatus status) {
    if (received < total) {
      check("end the sending side", status);
    }
  }

  private synchronized void sent(Send send, Irp irp) {
    idle.push(send);
    check("send", irp.status());
    sendMore();
  }

  /** One piece of the stream on its way out. */
  private final class Send {
    private final WskBuf region = new WskBuf();
    private final Request request = program.request(irp -> sent(this, irp));

    void from(long position, int length) {
      socket.send(pattern.piece(region, position, length), 0, request.submit());
    }
  }

  // ---- Receiving

  /** Behind the end of the stream it does not matter how the other receives end. */
  private synchronized void received(Receive receive, Irp irp) {
    if (peerEnded) {
      return;
    }
    int count = (int) irp.information();
    check("receive", irp.status());
    if (failure != null) {
      return;
    }
    if (count == 0) {
      peerEnded();
    } else {
      compare(receive.bytes.clear().limit(count));
      receive.post();
      sendMore();
    }
  }

  private synchronized void compare(ByteBuffer bytes) {
    if (received + bytes.remaining() > total) {
      fail("More came back than the %d bytes that were sent.".formatted(total));
      return;
    }
    int difference = verify ? pattern.firstDifference(received, bytes) : -1;
    if (difference >= 0) {
      long offset = received + difference;
      int got = Byte.toUnsignedInt(bytes.get(difference));
      fail(
          "The byte at offset %d came back as 0x%02X and was sent as 0x%02X."
              .formatted(offset, got, pattern.at(offset)));
      return;
    }
    received += bytes.remaining();
  }

  private void peerEnded() {
    peerEnded = true;
    if (received < total) {
      fail(
          "The peer ended the connection at offset %d, before all %d bytes had come back."
              .formatted(received, total));
    }
    over.countDown();
  }

  /** One buffer that takes what comes back. */
  private final class Receive {
    private final Mdl memory = Mdl.allocateDirect(TestPattern.LONGEST);
    private final ByteBuffer bytes = memory.buffer();
    private final WskBuf region = WskBuf.of(memory);
    private final Request request = program.request(irp -> received(this, irp));

    void post() {
      socket.receive(region, 0, request.submit());
    }
  }

  // ---- Failing

  private synchronized void check(String what, NtStatus status) {
    if (!status.isSuccess()) {
      fail("Cannot %s at offset %d: %s".formatted(what, received, Advice.say(status)));
    }
  }

  private void fail(String why) {
    if (failure == null) {
      failure = why;
    }
    over.countDown();
  }
}
