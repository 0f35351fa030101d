package org.wsk4j.provider.natives;

import com.sun.jna.Native;
import io.netty.util.internal.PlatformDependent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of the system by their descriptors. What fails answers the number of the error, negative,
 * and nothing is thrown.
 *
 * <p>Only {@link #isAvailable} and {@link #unavailabilityCause} may be called where this is not
 * available.
 *
 * <p>Threads: any.
 */
public final class NativeSockets {
  /** The family of IPv4. */
  public static final int AF_INET = 2;

  /** The family of IPv6. */
  public static final int AF_INET6 = 10;

  /** Datagrams of a transport protocol. */
  public static final int SOCK_DGRAM = 2;

  /** Datagrams of the network layer. */
  public static final int SOCK_RAW = 3;

  /** Nothing is there, or there is no room now. */
  public static final int EAGAIN = -11;

  /** In the flags of a received message: it was longer than its memory, or is to be told so. */
  public static final int MSG_TRUNC = 0x20;

  /** In the flags of a received message: there were more control messages than memory for them. */
  public static final int MSG_CTRUNC = 0x8;

  /** Receive what the system tells of errors, not data. */
  public static final int MSG_ERRQUEUE = 0x2000;

  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;

  /** Those whose numbers and layouts are the ones written down here. */
  private static final Set<String> KNOWN_MACHINES = Set.of("x86_64", "aarch_64", "riscv64");

  private static final @Nullable Throwable WHY_NOT = tryOut();

  private NativeSockets() {}

  /** {@return whether the functions can be called on this system} */
  public static boolean isAvailable() {
    return WHY_NOT == null;
  }

  /** {@return why they cannot be called, or {@code null} if they can} */
  public static @Nullable Throwable unavailabilityCause() {
    return WHY_NOT;
  }

  private static @Nullable Throwable tryOut() {
    if (!"linux".equals(PlatformDependent.normalizedOs())
        || !KNOWN_MACHINES.contains(PlatformDependent.normalizedArch())) {
      return new UnsupportedOperationException("only for Linux with 64 bits");
    }
    try {
      // Closing what is no descriptor does nothing, and tells whether errors come through.
      int answer = result(LibC.close(-1));
      return answer < 0 ? null : new UnsupportedOperationException("close answered " + answer);
    } catch (LinkageError | RuntimeException cannotBeLoaded) {
      return cannotBeLoaded;
    }
  }

  /**
   * Opens a socket that does not block.
   *
   * @param family {@link #AF_INET} or {@link #AF_INET6}
   * @param type {@link #SOCK_DGRAM} or {@link #SOCK_RAW}
   * @param protocol the number of the protocol; 0 lets the type decide
   * @return its descriptor, or the error
   */
  public static int open(int family, int type, int protocol) {
    return result(LibC.socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol));
  }

  /**
   * Closes a socket that nobody else has come to own.
   *
   * @param descriptor its descriptor
   * @return 0, or the error
   */
  public static int close(int descriptor) {
    return result(LibC.close(descriptor));
  }

  /**
   * Sends datagrams until one cannot be sent. What is wrong with a later one than the first is not
   * told; it is when it is the first of the next call.
   *
   * @param descriptor the socket
   * @param messages the datagrams
   * @param from the first one to send
   * @param count how many
   * @return how many the system has taken, at least one, or the error of the first
   */
  public static int send(int descriptor, MessageVector messages, int from, int count) {
    return result(LibC.sendmmsg(descriptor, messages.address(from), count, 0));
  }

  /**
   * Receives the datagrams that are there.
   *
   * @param descriptor the socket
   * @param messages where they go, from the first on
   * @param count how many at most
   * @return how many, at least one, or the error; {@link #EAGAIN} if there is none
   */
  public static int receive(int descriptor, MessageVector messages, int count) {
    return result(LibC.recvmmsg(descriptor, messages.address(0), count, 0, 0L));
  }

  /**
   * Receives what the system tells of one error, with the datagram that led to it.
   *
   * @param descriptor the socket
   * @param messages where it goes: the first message
   * @return 1, or the error; {@link #EAGAIN} if there is none
   */
  public static int receiveError(int descriptor, MessageVector messages) {
    long length = LibC.recvmsg(descriptor, messages.address(0), MSG_ERRQUEUE);
    if (length < 0) {
      return -Native.getLastError();
    }
    messages.setLength(0, (int) length);
    return 1;
  }

  /**
   * Sets an option whose value is an int.
   *
   * @param descriptor the socket
   * @param level the system's number of the level
   * @param name the system's number of the option
   * @param value its value
   * @return 0, or the error
   */
  public static int setOption(int descriptor, int level, int name, int value) {
    byte[] bytes = new byte[Integer.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putInt(value);
    return setOption(descriptor, level, name, bytes);
  }

  /**
   * Sets an option.
   *
   * @param descriptor the socket
   * @param level the system's number of the level
   * @param name the system's number of the option
   * @param value its value, as the system lays it out
   * @return 0, or the error
   */
  public static int setOption(int descriptor, int level, int name, byte[] value) {
    return result(LibC.setsockopt(descriptor, level, name, value, value.length));
  }

  /**
   * Reads an option.
   *
   * @param descriptor the socket
   * @param level the system's number of the level
   * @param name the system's number of the option
   * @param value receives its value, as the system lays it out
   * @return how long the value is, or the error
   */
  public static int getOption(int descriptor, int level, int name, byte[] value) {
    int[] length = {value.length};
    int answer = result(LibC.getsockopt(descriptor, level, name, value, length));
    return answer < 0 ? answer : length[0];
  }

  private static int result(int answer) {
    return answer < 0 ? -Native.getLastError() : answer;
  }
}
