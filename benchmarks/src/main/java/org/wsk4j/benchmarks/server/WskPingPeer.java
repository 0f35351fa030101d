package org.wsk4j.benchmarks.server;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.nt.NtStatus;

/** Answers PINGs, all that came together or each by itself, here or on another thread. */
final class WskPingPeer extends WskPeer {
  private static final int MOST = 256;

  /** Copying a little costs less than a view of the memory, which would be an object. */
  private static final ThreadLocal<ByteBuffer> COPY =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(4096));

  private final PingCounter counter = new PingCounter();
  private final Mdl answers = Mdl.of(PingCounter.answers(MOST));
  private final WskBuf region = new WskBuf();
  private final int atOnce;
  private final @Nullable Executor elsewhere;

  WskPingPeer(WskConnectionSocket socket, boolean each, @Nullable Executor elsewhere) {
    super(socket);
    this.elsewhere = elsewhere;
    atOnce = each ? 1 : MOST;
  }

  @Override
  NtStatus take(WskDataIndication list) {
    int requests = 0;
    for (WskDataIndication each = list; each != null; each = each.next()) {
      requests += count(each.buffer());
    }
    Executor other = elsewhere;
    if (other == null) {
      answer(requests);
    } else if (requests > 0) {
      int all = requests;
      other.execute(() -> answer(all));
    }
    return NtStatus.SUCCESS;
  }

  /** Received data lies in one piece. */
  private int count(WskBuf data) {
    Mdl memory = data.mdl();
    if (memory == null) {
      return 0;
    }
    ByteBuffer bytes = COPY.get();
    int requests = 0;
    for (int done = 0; done < data.length(); done += bytes.limit()) {
      int part = (int) Math.min(bytes.capacity(), data.length() - done);
      memory.copyTo((int) data.offset() + done, part, bytes.clear());
      requests += counter.count(bytes.flip());
    }
    return requests;
  }

  private void answer(int requests) {
    for (int left = requests; left > 0; left -= atOnce) {
      long bytes = (long) Math.min(left, atOnce) * PingCounter.ANSWER_BYTES;
      nextSend().begin(region.set(answers, 0, bytes), null);
    }
  }
}
