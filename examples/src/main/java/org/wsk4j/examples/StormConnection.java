package org.wsk4j.examples;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

/**
 * How does one connection go from step to step without a thread of its own? Each completion makes
 * the next request: connect, send a line, receive until it is back; then, when told to, end,
 * receive the peer's end, close.
 *
 * <p>Threads: any; all is done with the monitor held.
 */
final class StormConnection {
  private final byte[] line;
  private final byte[] answer;
  private final Mdl answerMemory;
  private final WskBuf region = new WskBuf();
  private final WskProgram program;
  private final CountDownLatch answered;
  private final CountDownLatch closed;

  private final Request connect;
  private final Request send;
  private final Request receive;
  private final Request disconnect;
  private final Request close;

  // All guarded by this.
  private @Nullable WskConnectionSocket socket;
  private @Nullable String failure;
  private long begun;
  private long connected;
  private long echoed;
  private int received;
  private boolean answeredTold;
  private boolean ending;
  private boolean closing;

  /**
   * Makes a connection that has not begun.
   *
   * @param program the program
   * @param text what to send
   * @param answered counted down when the line is back, or something failed
   * @param closed counted down at the end of everything
   */
  StormConnection(WskProgram program, String text, CountDownLatch answered, CountDownLatch closed) {
    this.program = program;
    this.answered = answered;
    this.closed = closed;
    line = text.getBytes(StandardCharsets.US_ASCII);
    answer = new byte[line.length + 1]; // one more, to see if too much comes back
    answerMemory = Mdl.of(answer);
    connect = program.request(this::connected);
    send = program.request(irp -> check("send", irp.status()));
    receive = program.request(this::received);
    disconnect = program.request(irp -> check("disconnect", irp.status()));
    close = program.request(irp -> closed());
  }

  /** Begins to connect. */
  synchronized void start(InetSocketAddress server) {
    begun = System.nanoTime();
    program.connect(server, connect.submit());
  }

  /** Ends the connection in order; one that has failed, or has no answer yet, is closed at once. */
  synchronized void end() {
    WskConnectionSocket open = socket;
    ending = true;
    if (open == null) {
      if (failure == null) {
        fail("no connection in time");
        connect.cancel();
      } else {
        closed.countDown();
      }
    } else if (echoed == 0) {
      fail("no answer in time");
      close(open);
    } else {
      open.disconnect(null, 0, disconnect.submit());
      receiveMore(open);
    }
  }

  /** Closes the connection whatever its peer does. */
  synchronized void giveUp() {
    WskConnectionSocket open = socket;
    if (open != null && !closing) {
      fail("the peer did not end in time");
      close(open);
    }
  }

  /** {@return what went wrong, or {@code null}} */
  synchronized @Nullable String failure() {
    return failure;
  }

  /** {@return how long connecting took, in nanoseconds; 0 if it failed} */
  synchronized long connectNanos() {
    return connected == 0 ? 0 : connected - begun;
  }

  /** {@return how long the line took there and back, in nanoseconds; 0 if it failed} */
  synchronized long echoNanos() {
    return echoed == 0 ? 0 : echoed - connected;
  }

  // ---- Steps

  private synchronized void connected(Irp irp) {
    if (irp.status() != NtStatus.SUCCESS) {
      fail("connect: " + irp.status());
      if (ending) {
        closed.countDown();
      }
      return;
    }
    program.outstanding().socketOpened();
    connected = System.nanoTime();
    WskConnectionSocket open = irp.object(WskConnectionSocket.class);
    socket = open;
    if (ending) {
      close(open); // it came too late
      return;
    }
    open.send(WskBuf.of(line), 0, send.submit());
    receiveMore(open);
  }

  private void receiveMore(WskConnectionSocket open) {
    open.receive(region.set(answerMemory, received, answer.length - received), 0, receive.submit());
  }

  private synchronized void received(Irp irp) {
    WskConnectionSocket open = socket;
    if (open == null || !check("receive", irp.status())) {
      return;
    }
    int count = (int) irp.information();
    received += count;
    if (count == 0) {
      if (!ending) {
        fail("the peer ended first");
      }
      close(open);
    } else if (ending) {
      fail("more came back than was sent");
      close(open);
    } else if (received < line.length) {
      receiveMore(open);
    } else if (received > line.length || !Arrays.equals(answer, 0, received, line, 0, received)) {
      fail("something else came back");
    } else {
      echoed = System.nanoTime();
      tellAnswered();
    }
  }

  private synchronized boolean check(String what, NtStatus status) {
    WskConnectionSocket open = socket;
    if (status.isSuccess()) {
      return true;
    }
    if (!closing) {
      fail(what + ": " + status);
    }
    if (ending && open != null) {
      close(open);
    }
    return false;
  }

  private void fail(String why) {
    if (failure == null) {
      failure = why;
    }
    tellAnswered();
  }

  private void tellAnswered() {
    if (!answeredTold) {
      answeredTold = true;
      answered.countDown();
    }
  }

  private void close(WskConnectionSocket open) {
    if (!closing) {
      closing = true;
      open.closeSocket(close.submit());
    }
  }

  private void closed() {
    program.outstanding().socketClosed();
    closed.countDown();
  }
}
