package org.wsk4j.provider.socket;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.core.SocketPhase;
import org.wsk4j.provider.core.SocketState;
import org.wsk4j.socket.WskFlags;

/**
 * Judges the arguments of calls on connections: first what the call itself says, then the state.
 *
 * <p>Threads: any.
 */
final class ConnectionArguments {
  /** The most bytes that can go with a connect (CON-36, CON-37). */
  private static final int MOST_FIRST_DATA = 65_535;

  private ConnectionArguments() {}

  static NtStatus connect(
      @Nullable SocketAddress remoteAddress,
      int addressFamily,
      @Nullable WskBuf firstData,
      int flags) {
    if (flags != 0 || remoteAddress == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    NtStatus family = Addresses.check(remoteAddress, addressFamily);
    if (family != NtStatus.SUCCESS) {
      return family;
    }
    NtStatus destination = Addresses.checkDestination(remoteAddress);
    return destination != NtStatus.SUCCESS ? destination : firstData(firstData);
  }

  private static NtStatus firstData(@Nullable WskBuf buffer) {
    if (buffer == null) {
      return NtStatus.SUCCESS;
    }
    return buffer.length() > MOST_FIRST_DATA ? NtStatus.BUFFER_OVERFLOW : buffer.check();
  }

  static NtStatus send(SocketState state, @Nullable WskBuf buffer, int flags) {
    if (buffer == null || (flags & ~(WskFlags.NODELAY | WskFlags.OOB)) != 0) {
      return NtStatus.INVALID_PARAMETER;
    }
    if ((flags & WskFlags.OOB) != 0) {
      return NtStatus.NOT_SUPPORTED;
    }
    NtStatus region = buffer.check();
    return region != NtStatus.SUCCESS ? region : state.checkSend();
  }

  static NtStatus receive(SocketState state, @Nullable WskBuf buffer, int flags) {
    int both = WskFlags.WAITALL | WskFlags.DRAIN;
    boolean drain = (flags & WskFlags.DRAIN) != 0;
    if (buffer == null || (flags & ~both) != 0 || (flags & both) == both) {
      return NtStatus.INVALID_PARAMETER;
    }
    if (drain && buffer.length() != 0) {
      return NtStatus.INVALID_PARAMETER;
    }
    NtStatus region = buffer.checkWritable();
    return region != NtStatus.SUCCESS ? region : state.checkReceive();
  }

  static NtStatus disconnect(SocketState state, @Nullable WskBuf buffer, int flags) {
    boolean abortive = (flags & WskFlags.ABORTIVE) != 0;
    if ((flags & ~WskFlags.ABORTIVE) != 0 || abortive && buffer != null) {
      return NtStatus.INVALID_PARAMETER;
    }
    NtStatus region = buffer == null ? NtStatus.SUCCESS : buffer.check();
    if (region != NtStatus.SUCCESS) {
      return region;
    }
    return abortive && state.phase() == SocketPhase.CONNECTED
        ? NtStatus.SUCCESS
        : state.checkReceive();
  }

  static boolean isEmpty(@Nullable WskBuf buffer) {
    return buffer == null || buffer.length() == 0;
  }
}
