package org.wsk4j.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.channel.ChannelException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.wsk4j.nt.NtStatus;

/** The whole table, also the rows that no test can provoke; the real errors are shown elsewhere. */
class StatusesTest {
  /** Said again here, so that a slip in the table does not repeat itself. */
  private static final Map<Errno, NtStatus> EXPECTED = new EnumMap<>(Errno.class);

  static {
    EXPECTED.put(Errno.EPERM, NtStatus.ACCESS_DENIED);
    EXPECTED.put(Errno.EACCES, NtStatus.ACCESS_DENIED);
    EXPECTED.put(Errno.EADDRINUSE, NtStatus.ADDRESS_ALREADY_EXISTS);
    EXPECTED.put(Errno.EADDRNOTAVAIL, NtStatus.INVALID_ADDRESS_COMPONENT);
    EXPECTED.put(Errno.ECONNREFUSED, NtStatus.CONNECTION_REFUSED);
    EXPECTED.put(Errno.ETIMEDOUT, NtStatus.IO_TIMEOUT);
    EXPECTED.put(Errno.EHOSTUNREACH, NtStatus.HOST_UNREACHABLE);
    EXPECTED.put(Errno.ENETUNREACH, NtStatus.NETWORK_UNREACHABLE);
    EXPECTED.put(Errno.ECONNRESET, NtStatus.CONNECTION_RESET);
    EXPECTED.put(Errno.EPIPE, NtStatus.CONNECTION_RESET);
    EXPECTED.put(Errno.ECONNABORTED, NtStatus.CONNECTION_ABORTED);
    EXPECTED.put(Errno.EISCONN, NtStatus.CONNECTION_ACTIVE);
    EXPECTED.put(Errno.ENOTCONN, NtStatus.INVALID_DEVICE_STATE);
    EXPECTED.put(Errno.EMFILE, NtStatus.TOO_MANY_OPENED_FILES);
    EXPECTED.put(Errno.ENFILE, NtStatus.TOO_MANY_OPENED_FILES);
    EXPECTED.put(Errno.ENOMEM, NtStatus.INSUFFICIENT_RESOURCES);
    EXPECTED.put(Errno.ENOBUFS, NtStatus.INSUFFICIENT_RESOURCES);
    EXPECTED.put(Errno.EMSGSIZE, NtStatus.INVALID_BUFFER_SIZE);
    EXPECTED.put(Errno.ENOPROTOOPT, NtStatus.NOT_SUPPORTED);
    EXPECTED.put(Errno.EPROTONOSUPPORT, NtStatus.NOT_SUPPORTED);
    EXPECTED.put(Errno.EOPNOTSUPP, NtStatus.NOT_SUPPORTED);
    EXPECTED.put(Errno.EAFNOSUPPORT, NtStatus.NOT_SUPPORTED);
    EXPECTED.put(Errno.EBADF, NtStatus.FILE_FORCED_CLOSED);
    EXPECTED.put(Errno.ENOTSOCK, NtStatus.FILE_FORCED_CLOSED);
    EXPECTED.put(Errno.EINVAL, NtStatus.UNSUCCESSFUL);
  }

  private static Stream<Arguments> linuxNumbers() {
    return Stream.of(
        arguments(Errno.EPERM, 1),
        arguments(Errno.ENOMEM, 12),
        arguments(Errno.EACCES, 13),
        arguments(Errno.ENFILE, 23),
        arguments(Errno.EMFILE, 24),
        arguments(Errno.EPIPE, 32),
        arguments(Errno.EBADF, 9),
        arguments(Errno.EINVAL, 22),
        arguments(Errno.ENOTSOCK, 88),
        arguments(Errno.EMSGSIZE, 90),
        arguments(Errno.ENOPROTOOPT, 92),
        arguments(Errno.EPROTONOSUPPORT, 93),
        arguments(Errno.EOPNOTSUPP, 95),
        arguments(Errno.EAFNOSUPPORT, 97),
        arguments(Errno.EADDRINUSE, 98),
        arguments(Errno.EADDRNOTAVAIL, 99),
        arguments(Errno.ENETUNREACH, 101),
        arguments(Errno.ECONNABORTED, 103),
        arguments(Errno.ECONNRESET, 104),
        arguments(Errno.ENOBUFS, 105),
        arguments(Errno.EISCONN, 106),
        arguments(Errno.ENOTCONN, 107),
        arguments(Errno.ETIMEDOUT, 110),
        arguments(Errno.ECONNREFUSED, 111),
        arguments(Errno.EHOSTUNREACH, 113));
  }

  /** The words for it are the system's own, and so are those in the exceptions of the JDK. */
  @ParameterizedTest
  @MethodSource("linuxNumbers")
  void shouldKnowAnErrorByItsNumberAndByTheSystemsWords(Errno errno, int number) {
    assumeTrue(Epoll.isAvailable(), "the numbers are those of Linux");
    IOException numbered = Errors.newIOException("call", -number);
    String words = numbered.getMessage().replaceFirst(".*\\): ", "");

    assertThat(Errno.of(numbered)).isSameAs(errno);
    assertThat(Errno.of(new ConnectException(numbered.getMessage()))).isSameAs(errno);
    assertThat(statusOf(new SocketException(words))).isSameAs(EXPECTED.get(errno));
    assertThat(statusOf(new SocketException(words + ": /127.0.0.1:1")))
        .isSameAs(EXPECTED.get(errno));
  }

  @ParameterizedTest
  @EnumSource(Errno.class)
  void shouldGiveEachErrorItsStatus(Errno errno) {
    assertThat(errno.during(IoOperation.BIND)).isSameAs(EXPECTED.get(errno));
  }

  @Test
  void shouldTakeAnAcceptThatIsInvalidForTheEndOfTheListener() {
    assertThat(Errno.EINVAL.during(IoOperation.ACCEPT)).isSameAs(NtStatus.FILE_FORCED_CLOSED);
    assertThat(Errno.EMFILE.during(IoOperation.ACCEPT)).isSameAs(NtStatus.TOO_MANY_OPENED_FILES);
  }

  private static Stream<Arguments> words() {
    return Stream.of(
        arguments("Address already in use: bind", NtStatus.ADDRESS_ALREADY_EXISTS),
        arguments("Cannot assign requested address: bind", NtStatus.INVALID_ADDRESS_COMPONENT),
        arguments("Connection refused: no further information", NtStatus.CONNECTION_REFUSED),
        arguments("Connection timed out: no further information", NtStatus.IO_TIMEOUT),
        arguments("Network is unreachable: connect", NtStatus.NETWORK_UNREACHABLE),
        arguments("No route to host: connect", NtStatus.HOST_UNREACHABLE),
        arguments("Connection reset", NtStatus.CONNECTION_RESET),
        arguments("Connection reset by peer", NtStatus.CONNECTION_RESET),
        arguments("Broken pipe", NtStatus.CONNECTION_RESET),
        arguments(
            "An existing connection was forcibly closed by the remote host",
            NtStatus.CONNECTION_RESET),
        arguments(
            "An established connection was aborted by the software in your host machine",
            NtStatus.CONNECTION_ABORTED),
        arguments("Software caused connection abort", NtStatus.CONNECTION_ABORTED),
        arguments("Too many open files", NtStatus.TOO_MANY_OPENED_FILES),
        arguments("Permission denied", NtStatus.ACCESS_DENIED),
        arguments("Message too long", NtStatus.INVALID_BUFFER_SIZE));
  }

  @ParameterizedTest
  @MethodSource("words")
  void shouldKnowTheWordsOfTheJdk(String words, NtStatus expected) {
    assertThat(statusOf(new SocketException(words))).isSameAs(expected);
  }

  private static Stream<Arguments> classes() {
    return Stream.of(
        arguments(new ConnectTimeoutException(), NtStatus.IO_TIMEOUT),
        arguments(new SocketTimeoutException(), NtStatus.IO_TIMEOUT),
        arguments(new NoRouteToHostException(), NtStatus.HOST_UNREACHABLE),
        arguments(new PortUnreachableException(), NtStatus.PORT_UNREACHABLE),
        arguments(new NotYetConnectedException(), NtStatus.INVALID_DEVICE_STATE),
        arguments(new ConnectionPendingException(), NtStatus.INVALID_DEVICE_STATE),
        arguments(new AlreadyConnectedException(), NtStatus.CONNECTION_ACTIVE),
        arguments(new AlreadyBoundException(), NtStatus.ADDRESS_ALREADY_ASSOCIATED),
        arguments(new UnsupportedAddressTypeException(), NtStatus.NOT_SUPPORTED),
        arguments(new UnsupportedOperationException(), NtStatus.NOT_SUPPORTED),
        arguments(new SecurityException(), NtStatus.ACCESS_DENIED),
        arguments(new CancellationException(), NtStatus.CANCELLED),
        arguments(new OutOfMemoryError(), NtStatus.INSUFFICIENT_RESOURCES),
        arguments(new RejectedExecutionException(), NtStatus.FILE_FORCED_CLOSED),
        arguments(new ClosedChannelException(), NtStatus.FILE_FORCED_CLOSED),
        arguments(new IOException("something else"), NtStatus.UNSUCCESSFUL),
        arguments(new IOException(), NtStatus.UNSUCCESSFUL),
        arguments(new IllegalStateException("a defect"), NtStatus.UNSUCCESSFUL));
  }

  @ParameterizedTest
  @MethodSource("classes")
  void shouldKnowExceptionsByTheirClass(Throwable failure, NtStatus expected) {
    assertThat(statusOf(failure)).isSameAs(expected);
    assertThat(statusOf(new ChannelException("wrapped", failure))).isSameAs(expected);
  }

  @Test
  void shouldLetAnErrorNumberDecideWhereverItIsInTheChain() {
    ClosedChannelException closed = new ClosedChannelException();
    closed.initCause(new IOException("sendAddress(..) failed with error(-110): whatever"));
    assumeTrue(SystemKind.current() == SystemKind.LINUX, "the number is that of Linux");

    assertThat(Statuses.of(closed, IoOperation.SEND)).isSameAs(NtStatus.IO_TIMEOUT);
  }

  @Test
  void shouldTakeAnUnknownNumberForWhatItIs() {
    IOException unknown = new IOException("bind(..) failed with error(-9999): Permission denied");

    assertThat(Statuses.of(unknown, IoOperation.BIND)).isSameAs(NtStatus.UNSUCCESSFUL);
  }

  @ParameterizedTest
  @EnumSource(IoOperation.class)
  void shouldTellAClosedChannelAndAMissingConnectionByTheOperation(IoOperation operation) {
    boolean onConnection =
        switch (operation) {
          case SEND, RECEIVE, DISCONNECT -> true;
          default -> false;
        };

    assertThat(Statuses.of(new ClosedChannelException(), operation))
        .isSameAs(onConnection ? NtStatus.CONNECTION_RESET : NtStatus.FILE_FORCED_CLOSED);
    assertThat(Errno.ENOTCONN.during(operation))
        .isSameAs(onConnection ? NtStatus.CONNECTION_RESET : NtStatus.INVALID_DEVICE_STATE);
  }

  @ParameterizedTest
  @EnumSource(IoOperation.class)
  void shouldTellARefusalOfADatagramFromThatOfAConnection(IoOperation operation) {
    boolean datagram = operation == IoOperation.SEND_TO || operation == IoOperation.RECEIVE_FROM;

    assertThat(Errno.ECONNREFUSED.during(operation))
        .isSameAs(datagram ? NtStatus.PORT_UNREACHABLE : NtStatus.CONNECTION_REFUSED);
  }

  @Test
  void shouldNotDoubtThatAHostIsUnreachableIfThereIsARoute() {
    InetSocketAddress here = TestChannels.address("127.0.0.1", 9);

    assertThat(Statuses.ofConnect(new NoRouteToHostException(), here))
        .isSameAs(NtStatus.HOST_UNREACHABLE);
  }

  private static NtStatus statusOf(Throwable failure) {
    return Statuses.of(failure, IoOperation.BIND);
  }
}
