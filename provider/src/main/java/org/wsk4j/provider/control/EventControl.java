package org.wsk4j.provider.control;

import org.jspecify.annotations.Nullable;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.core.EventGate;
import org.wsk4j.spi.WskExtensionModule;

/**
 * SO_WSK_EVENT_CALLBACK: enables and disables the events of a socket, inline from any thread
 * (EVT-02 to EVT-33).
 *
 * <p>Threads: any.
 */
public final class EventControl {
  /**
   * The flags of extensions lie so many bits above those of WSK; their gates know only the latter.
   */
  public static final int EXTENSION_SHIFT = 12;

  private EventControl() {}

  /**
   * Performs the request.
   *
   * @param target the socket
   * @param control what to do
   * @param irp the request, begun and not marked pending, or {@code null}
   * @return what the call has to return; a request that was given has been completed, or will be
   */
  public static NtStatus apply(
      EventTarget target, @Nullable WskEventCallbackControl control, @Nullable Irp irp) {
    if (control == null || control.npiId() == null || isStandard(control.npiId())) {
      return applyTo(target, control, irp);
    }
    if (!hasEvents(target)) {
      return answer(irp, NtStatus.INVALID_DEVICE_REQUEST);
    }
    EventTarget extension = target.extension(control.npiId());
    if (extension == null) {
      return answer(irp, NtStatus.NOT_SUPPORTED);
    }
    int flags = control.eventMask() & ~WskEventCallbackControl.DISABLE;
    if ((flags & ~WskExtensionModule.EVENT_FLAGS) != 0) {
      return answer(irp, NtStatus.INVALID_PARAMETER);
    }
    int disable = control.eventMask() & WskEventCallbackControl.DISABLE;
    return applyTo(
        extension,
        new WskEventCallbackControl(control.npiId(), flags >> EXTENSION_SHIFT | disable),
        irp);
  }

  private static boolean isStandard(NpiId id) {
    return id.equals(WskProviderCharacteristics.NPI_WSK_INTERFACE_ID);
  }

  /** A basic socket has events only through an extension that brings some (BAS-11). */
  private static boolean hasEvents(EventTarget target) {
    return target.validEvents() != 0 || target.hasExtensionEvents();
  }

  private static NtStatus applyTo(
      EventTarget target, @Nullable WskEventCallbackControl control, @Nullable Irp irp) {
    NtStatus status = check(target, control);
    if (status != NtStatus.SUCCESS || control == null) {
      return answer(irp, status);
    }
    return target.isOfferedElsewhere()
        ? applyAfterOffer(target, control, irp)
        : applyNow(target, control, irp);
  }

  /**
   * Which callbacks there are, and which events the socket inherits, is known when the accept
   * callback has returned.
   */
  private static NtStatus applyAfterOffer(
      EventTarget target, WskEventCallbackControl control, @Nullable Irp irp) {
    if (irp == null) {
      return NtStatus.REQUEST_NOT_ACCEPTED;
    }
    irp.markPending();
    target.afterOffer(
        () -> {
          NtStatus status = target.checkEventState();
          if (status == NtStatus.SUCCESS) {
            applyNow(target, control, irp);
          } else {
            Completions.complete(irp, target.isClosing() ? NtStatus.CANCELLED : status);
          }
        });
    return NtStatus.PENDING;
  }

  private static NtStatus applyNow(
      EventTarget target, WskEventCallbackControl control, @Nullable Irp irp) {
    int events = control.eventMask() & ~WskEventCallbackControl.DISABLE;
    return isDisable(control) ? disable(target, events, irp) : answer(irp, enable(target, events));
  }

  private static NtStatus check(EventTarget target, @Nullable WskEventCallbackControl control) {
    if (!hasEvents(target)) {
      return NtStatus.INVALID_DEVICE_REQUEST;
    }
    if (control == null || control.npiId() == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    int events = control.eventMask() & ~WskEventCallbackControl.DISABLE;
    boolean several = isDisable(control) && Integer.bitCount(events) != 1;
    if (events == 0 || (events & ~target.validEvents()) != 0 || several) {
      return NtStatus.INVALID_PARAMETER;
    }
    return target.checkEventState();
  }

  private static boolean isDisable(WskEventCallbackControl control) {
    return (control.eventMask() & WskEventCallbackControl.DISABLE) != 0;
  }

  private static NtStatus enable(EventTarget target, int events) {
    if ((events & ~target.implementedEvents()) != 0) {
      return NtStatus.INVALID_PARAMETER;
    }
    target.gate().enable(events);
    target.eventsChanged();
    return NtStatus.SUCCESS;
  }

  private static NtStatus disable(EventTarget target, int event, @Nullable Irp irp) {
    NtStatus status =
        (event & target.lastingEvents()) != 0
            ? refuseLasting(target, event)
            : target.gate().disable(event, irp != null);
    return answerDisabled(target, status, irp);
  }

  /**
   * SIO_WSK_SET_RECEIVE_EX_CALLBACK without a callback: what stood in for the receive event does so
   * no more (OPB-45).
   *
   * @param target the socket
   * @param irp the request, begun and not marked pending, or {@code null}
   * @return what the call has to return; a request that was given has been completed, or will be
   */
  static NtStatus clearReceiveEx(EventTarget target, @Nullable Irp irp) {
    NtStatus status = target.gate().disable(EventGate.RECEIVE_EX, irp != null);
    target.eventsChanged();
    return answerDisabled(target, status, irp);
  }

  private static NtStatus answerDisabled(EventTarget target, NtStatus status, @Nullable Irp irp) {
    if (status != NtStatus.PENDING) {
      return answer(irp, status);
    }
    if (irp == null) {
      return NtStatus.EVENT_PENDING;
    }
    irp.markPending();
    target.completeAfterCallbacks(irp);
    return NtStatus.PENDING;
  }

  /** What lasts cannot be disabled; what is not enabled needs not be (EVT-32). */
  private static NtStatus refuseLasting(EventTarget target, int event) {
    return (event & target.gate().enabled()) != 0 ? NtStatus.NOT_SUPPORTED : NtStatus.SUCCESS;
  }

  private static NtStatus answer(@Nullable Irp irp, NtStatus status) {
    return irp == null ? status : Completions.finish(irp, status);
  }
}
