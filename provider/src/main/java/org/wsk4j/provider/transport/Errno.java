package org.wsk4j.provider.transport;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Errors.NativeIoException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/**
 * The errors of the system that have a status of their own: one row per error. Whatever is not here
 * is UNSUCCESSFUL (OPB-05).
 *
 * <p>An exception tells its error in one of three ways: as a number (Netty's native code), as a
 * number inside its message (Netty's connect), or by the system's words for it (the JDK). Those
 * words differ between systems and languages, so the system is asked for them where native code can
 * do that; the words given here are the JDK's own, and those of Linux in English.
 */
enum Errno {
  EPERM(1, 1, NtStatus.ACCESS_DENIED, "Operation not permitted"),
  EACCES(13, 13, NtStatus.ACCESS_DENIED, "Permission denied"),
  EADDRINUSE(98, 48, NtStatus.ADDRESS_ALREADY_EXISTS, "Address already in use"),
  EADDRNOTAVAIL(99, 49, NtStatus.INVALID_ADDRESS_COMPONENT, "Cannot assign requested address"),
  ECONNREFUSED(111, 61, NtStatus.CONNECTION_REFUSED, "Connection refused"),
  ETIMEDOUT(110, 60, NtStatus.IO_TIMEOUT, "Connection timed out"),
  EHOSTUNREACH(113, 65, NtStatus.HOST_UNREACHABLE, "No route to host"),
  ENETUNREACH(101, 51, NtStatus.NETWORK_UNREACHABLE, "Network is unreachable"),
  ECONNRESET(104, 54, NtStatus.CONNECTION_RESET, "Connection reset", "forcibly closed"),
  EPIPE(32, 32, NtStatus.CONNECTION_RESET, "Broken pipe"),
  ECONNABORTED(103, 53, NtStatus.CONNECTION_ABORTED, "connection abort", "connection was aborted"),
  EISCONN(106, 56, NtStatus.CONNECTION_ACTIVE, "is already connected"),
  ENOTCONN(107, 57, NtStatus.INVALID_DEVICE_STATE, "endpoint is not connected"),
  EMFILE(24, 24, NtStatus.TOO_MANY_OPENED_FILES, "Too many open files"),
  ENFILE(23, 23, NtStatus.TOO_MANY_OPENED_FILES, "Too many open files in system"),
  ENOMEM(12, 12, NtStatus.INSUFFICIENT_RESOURCES, "Cannot allocate memory"),
  ENOBUFS(105, 55, NtStatus.INSUFFICIENT_RESOURCES, "No buffer space available"),
  EMSGSIZE(90, 40, NtStatus.INVALID_BUFFER_SIZE, "Message too long"),
  ENOPROTOOPT(92, 42, NtStatus.NOT_SUPPORTED, "Protocol not available"),
  EPROTONOSUPPORT(93, 43, NtStatus.NOT_SUPPORTED, "Protocol not supported"),
  EOPNOTSUPP(95, 102, NtStatus.NOT_SUPPORTED, "Operation not supported"),
  EAFNOSUPPORT(97, 47, NtStatus.NOT_SUPPORTED, "Address family not supported"),
  EBADF(9, 9, NtStatus.FILE_FORCED_CLOSED, "Bad file descriptor"),
  ENOTSOCK(88, 38, NtStatus.FILE_FORCED_CLOSED, "Socket operation on non-socket"),
  EINVAL(22, 22, NtStatus.UNSUCCESSFUL, "Invalid argument");

  private static final Pattern NUMBER_IN_MESSAGE =
      Pattern.compile("failed with error\\(-(\\d+)\\)");

  private final int number;
  private final NtStatus status;
  private final List<String> words;

  Errno(int linux, int bsd, NtStatus status, String... words) {
    this.number = SystemKind.current() == SystemKind.LINUX ? linux : bsd;
    this.status = status;
    this.words =
        Stream.concat(Stream.of(words), Words.ofSystem(number))
            .map(word -> word.toLowerCase(Locale.ROOT))
            .toList();
  }

  /**
   * Gives the status of this error.
   *
   * @param operation what was being done
   * @return the status
   */
  NtStatus during(IoOperation operation) {
    if (this == ECONNREFUSED && operation.movesDatagram()) {
      // The ICMP answer to an earlier datagram (IOC-54).
      return NtStatus.PORT_UNREACHABLE;
    }
    if (this == ENOTCONN && operation.needsConnection()) {
      // There was a connection. A reset ended it, and someone else was told.
      return NtStatus.CONNECTION_RESET;
    }
    if (this == EINVAL && operation == IoOperation.ACCEPT) {
      // The socket does not listen, though it did: somebody has shut it down.
      return NtStatus.FILE_FORCED_CLOSED;
    }
    return status;
  }

  /**
   * Finds the error that an exception tells of, its causes not looked at.
   *
   * @param failure the exception
   * @return the error, or {@code null} if it tells none of these
   */
  static @Nullable Errno of(Throwable failure) {
    if (failure instanceof NativeIoException numbered) {
      return ofNumber(-numbered.expectedErr());
    }
    String message = failure.getMessage();
    if (message == null) {
      return null;
    }
    Matcher matcher = NUMBER_IN_MESSAGE.matcher(message);
    return matcher.find() ? ofNumber(Integer.parseInt(matcher.group(1))) : ofWords(message);
  }

  private static @Nullable Errno ofNumber(int number) {
    for (Errno errno : values()) {
      if (errno.number == number) {
        return errno;
      }
    }
    return null;
  }

  private static @Nullable Errno ofWords(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    for (Errno errno : values()) {
      if (errno.words.stream().anyMatch(text::contains)) {
        return errno;
      }
    }
    return null;
  }

  /** What the system calls its errors, asked through Netty's native code. */
  private static final class Words {
    private static final boolean KNOWN = Epoll.isAvailable() || KQueue.isAvailable();

    static Stream<String> ofSystem(int number) {
      if (!KNOWN) {
        return Stream.empty();
      }
      String message = Errors.newIOException("", -number).getMessage();
      return Stream.of(message.substring(message.indexOf("): ") + 3));
    }
  }
}
