package org.wsk4j.benchmarks.server;

import java.nio.ByteBuffer;

/**
 * Counts the requests in a stream of PINGs, in the two forms that Redis knows: one line, or an
 * array of one string, which is three lines. A request may come in parts.
 */
final class PingCounter {
  /** How long the answer to one request is. */
  static final int ANSWER_BYTES = 7;

  private static final byte[] ANSWER = {'+', 'P', 'O', 'N', 'G', '\r', '\n'};
  private static final int LINE_BYTES = 7;
  private static final int ARRAY_BYTES = 14;
  private static final int LINE_BEGIN = 0x50494e47; // PING
  private static final long ARRAY_BEGIN = 0x2a310d0a24340d0aL; // *1 and $4, each on its line

  /** Of a request that has come in part; 0 between requests. */
  private int linesLeft;

  /**
   * Counts the requests that end in these bytes.
   *
   * @param data big-endian; its position and limit stay
   */
  int count(ByteBuffer data) {
    int requests = 0;
    int at = data.position();
    int end = data.limit();
    while (at < end) {
      int whole = linesLeft == 0 ? wholeRequest(data, at, end - at) : 0;
      if (whole > 0) {
        requests++;
        at += whole;
      } else {
        requests += step(data.get(at++)) ? 1 : 0;
      }
    }
    return requests;
  }

  /** {@return the length of a request that is all here; 0 if that is not seen at once} */
  private static int wholeRequest(ByteBuffer data, int at, int left) {
    if (left >= LINE_BYTES && data.getInt(at) == LINE_BEGIN && data.get(at + 6) == '\n') {
      return LINE_BYTES;
    }
    if (left >= ARRAY_BYTES && data.getLong(at) == ARRAY_BEGIN && data.get(at + 13) == '\n') {
      return ARRAY_BYTES;
    }
    return 0;
  }

  private boolean step(byte next) {
    if (linesLeft == 0) {
      linesLeft = next == '*' ? 3 : 1;
    }
    return next == '\n' && --linesLeft == 0;
  }

  /** {@return direct memory with so many answers} */
  static ByteBuffer answers(int count) {
    ByteBuffer memory = ByteBuffer.allocateDirect(count * ANSWER_BYTES);
    for (int i = 0; i < count; i++) {
      memory.put(ANSWER);
    }
    return memory.flip();
  }
}
