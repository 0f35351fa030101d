package org.wsk4j.benchmarks.server;

import java.nio.ByteBuffer;

/** Makes answers to what is read into its room; for servers that read and write in turn. */
final class Answerer {
  private static final int PING_ROOM = 16 * 1024;
  private static final int ECHO_ROOM = 256 * 1024;
  private static final int MOST_ANSWERS = PING_ROOM / PingCounter.ANSWER_BYTES + 1;

  private final PingCounter counter = new PingCounter();
  private final ByteBuffer room;
  private final ByteBuffer answers;

  Answerer(ServerWork work) {
    room = ByteBuffer.allocateDirect(work.isPing() ? PING_ROOM : ECHO_ROOM);
    answers = work.isPing() ? PingCounter.answers(MOST_ANSWERS) : room;
  }

  /** {@return where to read to; all that was read before is forgotten} */
  ByteBuffer room() {
    return room.clear();
  }

  /** {@return what is to be written, for what was read} */
  ByteBuffer answer() {
    room.flip();
    return answers == room
        ? room
        : answers.clear().limit(counter.count(room) * PingCounter.ANSWER_BYTES);
  }
}
