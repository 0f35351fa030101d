package org.wsk4j.examples;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a forwarder has to understand of DNS messages: the header, and where the one question ends
 * (RFC 1035, section 4.1).
 */
final class DnsMessage {
  /** The longest query that is taken; answers are as long as they are. */
  static final int LONGEST_QUERY = 4096;

  private static final int HEADER = 12;
  private static final int FLAGS = 2;
  private static final int QUESTIONS = 4;

  private static final int RESPONSE = 0x8000;
  private static final int OPCODE = 0x7800;
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int RECURSION_AVAILABLE = 0x0080;
  private static final int SERVFAIL = 2;

  private static final int LONGEST_LABEL = 63;

  /** Type and class, behind the name. */
  private static final int BEHIND_NAME = 4;

  private DnsMessage() {}

  /** {@return whether this is a query with one question} */
  static boolean isQuery(byte[] message) {
    return message.length <= LONGEST_QUERY
        && hasQuestion(message)
        && (flags(message) & (RESPONSE | OPCODE)) == 0;
  }

  /** {@return whether this is the response to such a query} */
  static boolean isResponse(byte[] message) {
    return hasQuestion(message) && (flags(message) & (RESPONSE | OPCODE)) == RESPONSE;
  }

  private static boolean hasQuestion(byte[] message) {
    return message.length > HEADER && number(message, QUESTIONS) == 1 && questionEnd(message) > 0;
  }

  /** {@return whether two messages have the same question, to the letter} */
  static boolean sameQuestion(byte[] one, byte[] other) {
    return Arrays.equals(one, HEADER, questionEnd(one), other, HEADER, questionEnd(other));
  }

  /** Labels with their lengths up to an empty one; 0 if that does not lie inside the message. */
  private static int questionEnd(byte[] message) {
    int at = HEADER;
    while (at < message.length && message[at] != 0) {
      int label = Byte.toUnsignedInt(message[at]);
      if (label > LONGEST_LABEL) {
        return 0;
      }
      at += 1 + label;
    }
    int end = at + 1 + BEHIND_NAME;
    return end <= message.length ? end : 0;
  }

  /** {@return the number that joins query and response} */
  static int id(byte[] message) {
    return number(message, 0);
  }

  /** {@return a message with another number; its array is the one given} */
  static byte[] withId(byte[] message, int id) {
    ByteBuffer.wrap(message).putShort((short) id);
    return message;
  }

  /** {@return the response that the server has failed, with the number of the query} */
  static byte[] serverFailure(byte[] query) {
    byte[] answer = Arrays.copyOf(query, questionEnd(query));
    int flags = RESPONSE | flags(query) & RECURSION_DESIRED | RECURSION_AVAILABLE | SERVFAIL;
    ByteBuffer.wrap(answer)
        .putShort(FLAGS, (short) flags)
        .putShort(QUESTIONS, (short) 1)
        .putShort(QUESTIONS + 2, (short) 0)
        .putInt(QUESTIONS + 4, 0);
    return answer;
  }

  private static int flags(byte[] message) {
    return number(message, FLAGS);
  }

  private static int number(byte[] message, int at) {
    return Short.toUnsignedInt(ByteBuffer.wrap(message).getShort(at));
  }
}
