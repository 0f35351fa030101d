package org.wsk4j.examples;

import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

/**
 * How do I receive into my own memory?
 *
 * <p>Two buffers take turns: while one is being sent back, the other one receives. Each has its
 * IRPs, used again and again: receive, send what came, receive. Requests complete in the order of
 * the calls, one after the other on the socket's event loop, so the echo keeps the order of the
 * stream.
 *
 * <p>What is in flight is bounded by the buffers: if the peer does not read, no receive is waiting,
 * the provider stops reading, and TCP makes the peer wait.
 */
final class IrpEchoConnection extends EchoConnection {
  private static final int BUFFERS = 2;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final WskProgram program;

  IrpEchoConnection(EchoServer server, WskConnectionSocket socket) {
    super(server, socket);
    program = server.program();
  }

  /** Posts the first receives. */
  void start() {
    for (int i = 0; i < BUFFERS; i++) {
      new Buffer().receive();
    }
  }

  /** One buffer and its two requests. */
  private final class Buffer {
    private final Mdl memory = Mdl.allocateDirect(BUFFER_BYTES);
    private final WskBuf region = new WskBuf();
    private final Request receive = program.request(this::received);
    private final Request send = program.request(this::sent);

    void receive() {
      socket().receive(region.set(memory, 0, BUFFER_BYTES), 0, receive.submit());
    }

    private void received(Irp irp) {
      long count = irp.information();
      if (irp.status() != NtStatus.SUCCESS) {
        broken();
      } else if (count == 0) {
        peerEnded();
      } else if (sendBegins()) {
        socket().send(region.set(memory, 0, count), 0, send.submit());
      } else {
        receive(); // our side has ended: wait for the end of the peer's
      }
    }

    private void sent(Irp irp) {
      if (sendEnded(irp.status(), irp.information())) {
        receive();
      }
    }
  }
}
