package org.wsk4j.provider.control;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.core.EventGate;

/** A socket as far as events are concerned, whose event loop runs when the test says so. */
final class EventSocket implements EventTarget {
  static final int CONNECTION =
      WskEventCallbackControl.RECEIVE
          | WskEventCallbackControl.DISCONNECT
          | WskEventCallbackControl.SEND_BACKLOG;

  private final EventGate gate = new EventGate();
  private final int valid;
  private final int lasting;
  private final List<Runnable> later = new ArrayList<>();

  int implemented;
  NtStatus state = NtStatus.SUCCESS;
  boolean offeredElsewhere;
  boolean closing;
  int looks;

  private EventSocket(int valid, int lasting) {
    this.valid = valid;
    this.lasting = lasting;
    implemented = valid;
  }

  static EventSocket basic() {
    return new EventSocket(0, 0);
  }

  static EventSocket connection() {
    return new EventSocket(CONNECTION, 0);
  }

  static EventSocket listening() {
    return new EventSocket(CONNECTION | WskEventCallbackControl.ACCEPT, CONNECTION);
  }

  @Override
  public @Nullable EventTarget extension(NpiId id) {
    return null;
  }

  @Override
  public boolean hasExtensionEvents() {
    return false;
  }

  @Override
  public EventGate gate() {
    return gate;
  }

  @Override
  public int validEvents() {
    return valid;
  }

  @Override
  public int lastingEvents() {
    return lasting;
  }

  @Override
  public int implementedEvents() {
    return implemented;
  }

  @Override
  public NtStatus checkEventState() {
    return state;
  }

  @Override
  public boolean isClosing() {
    return closing;
  }

  @Override
  public boolean isOfferedElsewhere() {
    return offeredElsewhere;
  }

  @Override
  public void eventsChanged() {
    looks++;
  }

  @Override
  public void completeAfterCallbacks(Irp irp) {
    later.add(
        () -> {
          irp.complete(NtStatus.SUCCESS);
          gate.drained();
        });
  }

  @Override
  public void afterOffer(Runnable work) {
    later.add(work);
  }

  void runLater() {
    later.forEach(Runnable::run);
    later.clear();
  }
}
