package org.wsk4j.connection;

import org.jspecify.annotations.Nullable;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;

/**
 * Called instead of {@link WskReceiveEvent} while it is set on a socket, by {@link
 * WskConnectionIoctls#SET_RECEIVE_EX_CALLBACK} (WskReceiveExEvent); the same rules hold, and
 * control information comes with the data (RCV-86 to RCV-88).
 */
@FunctionalInterface
public interface WskReceiveExEvent {
  /**
   * Takes received data.
   *
   * @param socketContext the context given with the socket
   * @param flags as for {@link WskReceiveEvent}
   * @param dataIndication the data; {@code null} says that the socket no longer functions and has
   *     to be closed
   * @param bytesIndicated how many bytes the list holds
   * @param controlInfo control information, or {@code null} if there is none
   * @param bytesAccepted as for {@link WskReceiveEvent}
   * @return as for {@link WskReceiveEvent}
   */
  NtStatus onReceive(
      @Nullable Object socketContext,
      int flags,
      @Nullable WskDataIndication dataIndication,
      long bytesIndicated,
      @Nullable ControlInfo controlInfo,
      LongOut bytesAccepted);
}
