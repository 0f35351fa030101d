package org.wsk4j.connection;

import org.wsk4j.control.IoControlCodes;
import org.wsk4j.control.WskControlKey;

/** The ioctls whose values belong to connections; all others are in {@code WskIoctls}. */
public final class WskConnectionIoctls {
  /**
   * Sets a callback that stands in for {@link WskReceiveEvent} while it is set, whether or not the
   * receive event is enabled; no input clears it (RCV-86). On a connected socket only.
   *
   * <p>Clearing it is like disabling an event: if it is running now, the request answers PENDING
   * and completes when the callback has returned, and without an IRP the answer is EVENT_PENDING.
   *
   * <p>The public header of Windows does not give the number. This one is the next of the WSK
   * family.
   */
  public static final WskControlKey<WskReceiveExEvent, Void> SET_RECEIVE_EX_CALLBACK =
      WskControlKey.callback(
          "SIO_WSK_SET_RECEIVE_EX_CALLBACK",
          IoControlCodes.compose(IoControlCodes.IOC_IN, IoControlCodes.IOC_WSK, 8));

  private WskConnectionIoctls() {}
}
