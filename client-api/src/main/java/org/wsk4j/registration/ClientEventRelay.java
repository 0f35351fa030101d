package org.wsk4j.registration;

import org.jspecify.annotations.Nullable;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientEvent;
import org.wsk4j.nt.NtStatus;

/**
 * Passes client events on with the program's own context: towards the provider a binding stands for
 * the client, because that is what the registrar hands back when the binding ends. Nothing passes
 * after {@link #end} (REG-11).
 */
final class ClientEventRelay implements WskClientEvent {
  private final @Nullable Object clientContext;
  private volatile @Nullable WskClientEvent target;

  private ClientEventRelay(@Nullable Object clientContext, WskClientEvent target) {
    this.clientContext = clientContext;
    this.target = target;
  }

  /** {@return a relay, or {@code null} where the program's table has no such callback (REG-13)} */
  static @Nullable ClientEventRelay of(@Nullable Object clientContext, WskClientDispatch dispatch) {
    WskClientEvent event = dispatch.clientEvent();
    return event == null ? null : new ClientEventRelay(clientContext, event);
  }

  void end() {
    target = null;
  }

  @Override
  public NtStatus onClientEvent(
      @Nullable Object bindingContext,
      int eventType,
      @Nullable Object information,
      long informationLength) {
    WskClientEvent event = target;
    return event == null
        ? NtStatus.NOT_IMPLEMENTED
        : event.onClientEvent(clientContext, eventType, information, informationLength);
  }
}
