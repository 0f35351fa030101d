package org.wsk4j.provider.natives;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * The functions themselves, with addresses as numbers. Initialising this class loads JNA's native
 * code; what fails then is an {@link Error}.
 */
final class LibC {
  static {
    Native.register(LibC.class, Platform.C_LIBRARY_NAME);
  }

  private LibC() {}

  static native int socket(int family, int type, int protocol);

  static native int close(int descriptor);

  static native int sendmmsg(int descriptor, long messages, int count, int flags);

  static native int recvmmsg(int descriptor, long messages, int count, int flags, long timeout);

  static native long recvmsg(int descriptor, long message, int flags);

  static native int setsockopt(int descriptor, int level, int name, byte[] value, int length);

  static native int getsockopt(int descriptor, int level, int name, byte[] value, int[] length);
}
