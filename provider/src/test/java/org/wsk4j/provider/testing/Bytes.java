package org.wsk4j.provider.testing;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskDataIndication;

/** Data for tests. */
public final class Bytes {
  private Bytes() {}

  /** {@return bytes that tell where in a stream they belong} */
  public static byte[] pattern(int seed, int count) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** {@return what a list of indications holds} */
  public static byte[] of(@Nullable WskDataIndication list) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (WskDataIndication each = list; each != null; each = each.next()) {
      all.writeBytes(each.buffer().toByteArray());
    }
    return all.toByteArray();
  }

  /** {@return all parts, one behind the other} */
  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
