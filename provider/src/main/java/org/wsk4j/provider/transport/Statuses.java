package org.wsk4j.provider.transport;

import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.socket.ChannelOutputShutdownException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/**
 * The one table from what the system and Netty report to statuses (OPB-05, OPC-10, OPC-13, decision
 * 25).
 *
 * <p>An error number decides, wherever in the chain of causes it is; without one, the first class
 * of the chain that has a row here; otherwise the status is UNSUCCESSFUL. The rows with numbers
 * are:
 *
 * <table>
 * <caption>Errors of the system</caption>
 * <tr><th>error</th><th>status</th></tr>
 * <tr><td>EPERM, EACCES</td><td>ACCESS_DENIED</td></tr>
 * <tr><td>EADDRINUSE</td><td>ADDRESS_ALREADY_EXISTS</td></tr>
 * <tr><td>EADDRNOTAVAIL</td><td>INVALID_ADDRESS_COMPONENT</td></tr>
 * <tr><td>ECONNREFUSED</td><td>CONNECTION_REFUSED; of datagrams PORT_UNREACHABLE</td></tr>
 * <tr><td>ETIMEDOUT</td><td>IO_TIMEOUT</td></tr>
 * <tr><td>EHOSTUNREACH</td><td>HOST_UNREACHABLE</td></tr>
 * <tr><td>ENETUNREACH</td><td>NETWORK_UNREACHABLE</td></tr>
 * <tr><td>ECONNRESET, EPIPE</td><td>CONNECTION_RESET</td></tr>
 * <tr><td>ECONNABORTED</td><td>CONNECTION_ABORTED</td></tr>
 * <tr><td>EISCONN</td><td>CONNECTION_ACTIVE</td></tr>
 * <tr><td>ENOTCONN</td><td>INVALID_DEVICE_STATE; on a connection CONNECTION_RESET</td></tr>
 * <tr><td>EMFILE, ENFILE</td><td>TOO_MANY_OPENED_FILES</td></tr>
 * <tr><td>ENOMEM, ENOBUFS</td><td>INSUFFICIENT_RESOURCES</td></tr>
 * <tr><td>EMSGSIZE</td><td>INVALID_BUFFER_SIZE</td></tr>
 * <tr><td>EBADF, ENOTSOCK; EINVAL of an accept</td><td>FILE_FORCED_CLOSED</td></tr>
 * <tr><td>ENOPROTOOPT, EPROTONOSUPPORT, EOPNOTSUPP, EAFNOSUPPORT</td><td>NOT_SUPPORTED</td></tr>
 * </table>
 *
 * <p>Threads: may be used from any thread; nothing here waits.
 */
public final class Statuses {
  private static final List<Row> BY_CLASS =
      List.of(
          new Row(ConnectTimeoutException.class, NtStatus.IO_TIMEOUT),
          new Row(SocketTimeoutException.class, NtStatus.IO_TIMEOUT),
          new Row(NoRouteToHostException.class, NtStatus.HOST_UNREACHABLE),
          new Row(PortUnreachableException.class, NtStatus.PORT_UNREACHABLE),
          new Row(ChannelOutputShutdownException.class, NtStatus.INVALID_DEVICE_STATE),
          new Row(NotYetConnectedException.class, NtStatus.INVALID_DEVICE_STATE),
          new Row(ConnectionPendingException.class, NtStatus.INVALID_DEVICE_STATE),
          new Row(AlreadyConnectedException.class, NtStatus.CONNECTION_ACTIVE),
          new Row(AlreadyBoundException.class, NtStatus.ADDRESS_ALREADY_ASSOCIATED),
          new Row(UnsupportedAddressTypeException.class, NtStatus.NOT_SUPPORTED),
          new Row(UnsupportedOperationException.class, NtStatus.NOT_SUPPORTED),
          new Row(SecurityException.class, NtStatus.ACCESS_DENIED),
          new Row(CancellationException.class, NtStatus.CANCELLED),
          new Row(OutOfMemoryError.class, NtStatus.INSUFFICIENT_RESOURCES),
          // The event loop is gone, or the channel under the socket: the socket is dead (OPB-15).
          new Row(RejectedExecutionException.class, NtStatus.FILE_FORCED_CLOSED),
          new Row(ClosedChannelException.class, NtStatus.FILE_FORCED_CLOSED));

  private record Row(Class<? extends Throwable> type, NtStatus status) {}

  private Statuses() {}

  /**
   * Gives the status of a failure.
   *
   * @param failure what the system or Netty reported
   * @param operation what was being done
   * @return the status, never SUCCESS
   */
  public static NtStatus of(Throwable failure, IoOperation operation) {
    Errno errno = errno(failure);
    if (errno != null) {
      return errno.during(operation);
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      NtStatus status = byClass(cause, operation);
      if (status != null) {
        return status;
      }
    }
    return NtStatus.UNSUCCESSFUL;
  }

  /**
   * Gives the status of a failed connect. Netty's native transports report an unreachable network
   * and an unreachable host alike, so the system's routes are asked which of the two it is; no
   * packet is sent for that.
   *
   * @param failure what the system or Netty reported
   * @param remote where the connect went
   * @return the status, never SUCCESS
   */
  public static NtStatus ofConnect(Throwable failure, SocketAddress remote) {
    NtStatus status = of(failure, IoOperation.CONNECT);
    boolean ambiguous = status == NtStatus.HOST_UNREACHABLE && errno(failure) == null;
    return ambiguous && remote instanceof InetSocketAddress internet && !hasRoute(internet)
        ? NtStatus.NETWORK_UNREACHABLE
        : status;
  }

  private static @Nullable Errno errno(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Errno errno = Errno.of(cause);
      if (errno != null) {
        return errno;
      }
    }
    return null;
  }

  private static @Nullable NtStatus byClass(Throwable failure, IoOperation operation) {
    if (failure instanceof ClosedChannelException && operation.needsConnection()) {
      return NtStatus.CONNECTION_RESET;
    }
    for (Row row : BY_CLASS) {
      if (row.type.isInstance(failure)) {
        return row.status;
      }
    }
    return null;
  }

  /** Connecting a datagram socket looks the route up and does nothing else. */
  private static boolean hasRoute(InetSocketAddress remote) {
    InetAddress address = remote.getAddress();
    StandardProtocolFamily family =
        address instanceof Inet4Address
            ? StandardProtocolFamily.INET
            : StandardProtocolFamily.INET6;
    try (DatagramChannel probe = DatagramChannel.open(family)) {
      probe.connect(new InetSocketAddress(address, Math.max(1, remote.getPort())));
      return true;
    } catch (IOException e) {
      return errno(e) != Errno.ENETUNREACH;
    }
  }
}
