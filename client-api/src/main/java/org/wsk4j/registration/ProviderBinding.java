package org.wsk4j.registration;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wsk4j.client.WskClient;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskProviderDispatch;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.client.WskVersion;
import org.wsk4j.nmr.NmrBindingHandle;
import org.wsk4j.rundown.RundownProtection;

/**
 * One provider that a registration is attached to: the client binding context that the registrar
 * hands back. It is in use while captures of it are out, or calls that began under one have not
 * returned; while it is in use, its detachment waits.
 *
 * <p>Not synchronised: all is done with the registration's lock held.
 */
final class ProviderBinding {
  private final NmrBindingHandle handle;
  private final WskProviderCharacteristics characteristics;
  private final WskClientDispatch clientDispatch;
  private final @Nullable ClientEventRelay events;

  // Both are set when the provider has accepted the client.
  private @Nullable WskProviderNpi npi;
  private @Nullable GuardedProviderDispatch guard;

  private long captures;

  /** Gates that were opened and not drained yet: the open one, and shut ones with calls inside. */
  private int gates;

  private boolean detaching;

  ProviderBinding(
      NmrBindingHandle handle,
      WskProviderCharacteristics characteristics,
      WskClientDispatch dispatch,
      @Nullable ClientEventRelay events) {
    this.handle = handle;
    this.characteristics = characteristics;
    this.clientDispatch = new WskClientDispatch(dispatch.version(), dispatch.reserved(), events);
    this.events = events;
  }

  NmrBindingHandle handle() {
    return handle;
  }

  WskProviderCharacteristics characteristics() {
    return characteristics;
  }

  /** {@return the client's table as the provider is given it} */
  WskClientDispatch clientDispatch() {
    return clientDispatch;
  }

  /** Takes what the provider gave when it accepted. */
  void attached(WskClient client, WskProviderDispatch provider) {
    GuardedProviderDispatch guarded = new GuardedProviderDispatch(client, provider);
    guard = guarded;
    npi = new WskProviderNpi(client, guarded);
  }

  /** {@return whether it can be captured} */
  boolean isReady() {
    return npi != null && !detaching;
  }

  /** Counts a capture; {@return what is captured, the same each time (OP-07)} */
  WskProviderNpi capture() {
    if (captures++ == 0) {
      gates++;
      requireGuard().open();
    }
    return Objects.requireNonNull(npi);
  }

  /** Undoes a capture; {@return the gate to run down if it was the last, else {@code null}} */
  @Nullable RundownProtection release() {
    return --captures == 0 ? requireGuard().gate() : null;
  }

  /**
   * Notes that all calls through a gate have returned; {@return whether that ends the detachment}
   */
  boolean gateDrained() {
    gates--;
    return detaching && !isInUse();
  }

  /** Notes that the provider goes; {@return whether the detachment has to wait} */
  boolean beginDetach() {
    detaching = true;
    return isInUse();
  }

  /** Notes that the provider is gone. */
  void end() {
    if (events != null) {
      events.end();
    }
  }

  long captures() {
    return captures;
  }

  boolean isInUse() {
    return gates > 0;
  }

  private GuardedProviderDispatch requireGuard() {
    return Objects.requireNonNull(guard);
  }

  @Override
  public String toString() {
    String doing = npi == null ? "attaching" : detaching ? "detaching" : "attached";
    return WskVersion.toString(characteristics.lowestVersion())
        + " to "
        + WskVersion.toString(characteristics.highestVersion())
        + " "
        + doing
        + ", "
        + captures
        + " captures of "
        + guard;
  }
}
