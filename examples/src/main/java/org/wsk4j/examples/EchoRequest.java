package org.wsk4j.examples;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The messages by which hosts say that they are there: echo request and reply of ICMP (RFC 792) and
 * ICMPv6 (RFC 4443). The two differ in their types, in who does the checksum, and in what a raw
 * socket shows: over IPv4 the header of the packet comes first.
 *
 * @param identifier tells the requests of one program from those of others
 * @param sequence numbers the requests
 * @param sentAt when it was sent, in nanoseconds; the reply brings it back
 */
record EchoRequest(int identifier, int sequence, long sentAt) {
  private static final int HEADER = 8;
  private static final int CHECKSUM = 2;
  private static final int IDENTIFIER = 4;
  private static final int SEQUENCE = 6;

  private static final int REQUEST = 8;
  private static final int REPLY = 0;
  private static final int REQUEST6 = 128;
  private static final int REPLY6 = 129;

  private static final int WORD = 4;
  private static final int LENGTH_IN_WORDS = 0x0F;

  /** {@return the message, with so much data, at least the 8 bytes of the time} */
  byte[] encode(boolean ipv6, int dataBytes) {
    byte[] message = new byte[HEADER + Math.max(Long.BYTES, dataBytes)];
    ByteBuffer.wrap(message)
        .put((byte) (ipv6 ? REQUEST6 : REQUEST))
        .putShort(IDENTIFIER, (short) identifier)
        .putShort(SEQUENCE, (short) sequence)
        .putLong(HEADER, sentAt);
    if (!ipv6) { // over IPv6 the system does it, since it counts the addresses in
      ByteBuffer.wrap(message).putShort(CHECKSUM, (short) ~sum(message));
    }
    return message;
  }

  /** Adds the words of 16 bits up, carries included (RFC 1071). */
  static int sum(byte[] message) {
    ByteBuffer words = ByteBuffer.wrap(Arrays.copyOf(message, message.length + message.length % 2));
    int sum = 0;
    while (words.hasRemaining()) {
      sum += Short.toUnsignedInt(words.getShort());
      sum = (sum & 0xFFFF) + (sum >>> Short.SIZE);
    }
    return sum;
  }

  /** {@return where the message begins in a received packet} */
  static int begin(boolean ipv6, byte[] packet) {
    return ipv6 || packet.length == 0 ? 0 : (packet[0] & LENGTH_IN_WORDS) * WORD;
  }

  /** {@return the request that a received packet replies to, or {@code null} if it does not} */
  static @Nullable EchoRequest ofReply(boolean ipv6, byte[] packet) {
    int start = begin(ipv6, packet);
    if (packet.length < start + HEADER + Long.BYTES) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(packet, start, packet.length - start).slice();
    if (Byte.toUnsignedInt(in.get(0)) != (ipv6 ? REPLY6 : REPLY)) {
      return null;
    }
    return new EchoRequest(
        Short.toUnsignedInt(in.getShort(IDENTIFIER)),
        Short.toUnsignedInt(in.getShort(SEQUENCE)),
        in.getLong(HEADER));
  }
}
