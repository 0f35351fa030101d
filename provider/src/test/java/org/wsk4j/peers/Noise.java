package org.wsk4j.peers;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * So many bytes of noise; the same ones for the same seed. None is a letter: openssl takes a letter
 * that it reads first as a command.
 */
final class Noise extends InputStream {
  private final SplittableRandom random;
  private long left;

  Noise(long seed, long bytes) {
    random = new SplittableRandom(seed);
    left = bytes;
  }

  /** {@return what identifies the bytes of such noise} */
  static String digest(long seed, long bytes) throws IOException {
    return digest(new Noise(seed, bytes));
  }

  /** Reads a stream to its end; {@return what identifies its bytes} */
  static String digest(InputStream stream) throws IOException {
    DigestInputStream digesting = new DigestInputStream(stream, sha256());
    byte[] buffer = new byte[64 * 1024];
    long count = 0;
    for (int n = digesting.read(buffer); n >= 0; n = digesting.read(buffer)) {
      count += n;
    }
    return text(digesting.getMessageDigest(), count);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** The count tells at once whether bytes are missing or wrong. */
  static String text(MessageDigest digest, long count) {
    return count + " bytes, " + HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public int read() {
    if (left == 0) {
      return -1;
    }
    left--;
    return random.nextInt() & 0xFF | 0x80;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    if (left == 0) {
      return -1;
    }
    int count = (int) Math.min(left, length);
    for (int i = 0; i < count; i++) {
      buffer[offset + i] = (byte) read();
    }
    return count;
  }
}
