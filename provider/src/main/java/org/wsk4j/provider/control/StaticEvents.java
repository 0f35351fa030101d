package org.wsk4j.provider.control;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.nt.NtStatus;

/**
 * The events that a client enables for every socket it will make (WSK_SET_STATIC_EVENT_CALLBACKS).
 *
 * <p>The set is open until the first socket is made; enabling and making a socket meet in one word,
 * so a socket is made either before, and the request is refused, or after, and has the events
 * (CLI-72).
 *
 * <p>Threads: any.
 */
public final class StaticEvents {
  private static final int ALL =
      WskEventCallbackControl.ACCEPT
          | WskEventCallbackControl.RECEIVE_FROM
          | WskEventCallbackControl.RECEIVE
          | WskEventCallbackControl.DISCONNECT
          | WskEventCallbackControl.SEND_BACKLOG;

  private static final int SEALED = 1 << 31;

  private final AtomicInteger word = new AtomicInteger();

  /** Makes an empty set. */
  public StaticEvents() {}

  /**
   * Adds events.
   *
   * @param control the events
   * @return SUCCESS; INVALID_PARAMETER for an empty mask, unknown flags, DISABLE or a missing
   *     identifier; NOT_SUPPORTED for an interface other than WSK; INVALID_DEVICE_STATE if the
   *     client has made a socket
   */
  public NtStatus add(@Nullable WskEventCallbackControl control) {
    if (control == null || control.npiId() == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    if (!control.npiId().equals(WskProviderCharacteristics.NPI_WSK_INTERFACE_ID)) {
      return NtStatus.NOT_SUPPORTED;
    }
    int events = control.eventMask();
    if (events == 0 || (events & ~ALL) != 0) {
      return NtStatus.INVALID_PARAMETER;
    }
    int before = word.getAndUpdate(current -> current < 0 ? current : current | events);
    return before < 0 ? NtStatus.INVALID_DEVICE_STATE : NtStatus.SUCCESS;
  }

  /** {@return whether the client has made a socket} */
  public boolean isSealed() {
    return word.get() < 0;
  }

  /** {@return the events, which stay as they are from now on, because a socket is made} */
  public int seal() {
    return word.getAndUpdate(current -> current | SEALED) & ALL;
  }
}
