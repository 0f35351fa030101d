package org.wsk4j.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Messages of DNS, as a client and a server write them. */
final class DnsMessages {
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int INTERNET = 1;

  private DnsMessages() {}

  /** {@return a query with one question} */
  static byte[] query(int id, String name, int type) {
    ByteBuffer out = ByteBuffer.allocate(512);
    out.putShort((short) id).putShort((short) RECURSION_DESIRED);
    out.putShort((short) 1).putShort((short) 0).putInt(0);
    for (String label : name.split("\\.")) {
      out.put((byte) label.length()).put(label.getBytes(US_ASCII));
    }
    out.put((byte) 0).putShort((short) type).putShort((short) INTERNET);
    return Arrays.copyOf(out.array(), out.position());
  }

  /** {@return the response to a query, without a record} */
  static byte[] response(byte[] query) {
    byte[] response = query.clone();
    response[2] |= (byte) 0x80;
    return response;
  }

  /** {@return how a response says that things went} */
  static int code(byte[] response) {
    return response[3] & 0x0F;
  }
}
