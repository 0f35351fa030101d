package org.wsk4j.benchmarks.server;

import java.nio.ByteBuffer;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

/**
 * Answers PINGs with requests alone: receives into its own memory, sends the answers, and receives
 * again when those have gone out.
 */
final class WskPostedPeer {
  private static final int ROOM = 16 * 1024;
  private static final int MOST = ROOM / PingCounter.ANSWER_BYTES + 1;

  private final WskConnectionSocket socket;
  private final PingCounter counter = new PingCounter();
  private final ByteBuffer room = ByteBuffer.allocateDirect(ROOM);
  private final Mdl received = Mdl.of(room);
  private final Mdl answers = Mdl.of(PingCounter.answers(MOST));
  private final WskBuf region = new WskBuf();
  private final Irp receive = Irp.allocate();
  private final Irp send = Irp.allocate();

  WskPostedPeer(WskConnectionSocket socket) {
    this.socket = socket;
    receive.setCompletionRoutine((done, context) -> received(), null);
    send.setCompletionRoutine((done, context) -> receive(), null);
  }

  NtStatus receive() {
    socket.receive(region.set(received, 0, ROOM), 0, receive);
    return NtStatus.MORE_PROCESSING_REQUIRED;
  }

  private NtStatus received() {
    int bytes = (int) receive.information();
    if (receive.status() != NtStatus.SUCCESS || bytes == 0) {
      socket.closeSocket(Irp.allocate());
      return NtStatus.MORE_PROCESSING_REQUIRED;
    }
    int requests = counter.count(room.clear().limit(bytes));
    if (requests == 0) {
      return receive();
    }
    long length = (long) requests * PingCounter.ANSWER_BYTES;
    socket.send(region.set(answers, 0, length), 0, send);
    return NtStatus.MORE_PROCESSING_REQUIRED;
  }
}
