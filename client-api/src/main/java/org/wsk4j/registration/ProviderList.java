package org.wsk4j.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskVersion;
import org.wsk4j.nmr.NmrBindingHandle;

/**
 * What one registration knows of providers: those that it is attached to, the oldest first, and
 * those that are there but don't suit it.
 *
 * <p><b>Whose capture a release undoes.</b> Captures are counted for the block and a release
 * doesn't say which one it undoes (REG-38). While one provider is there this makes no difference.
 * When a provider goes and captures are taken of the next, a release undoes the capture made
 * longest ago: so a provider that goes waits for as many releases as there were captures of it, and
 * not for those of its successor, which could go on for ever. Captures are only taken of the oldest
 * provider that isn't going, so the order of the list is the order of the captures.
 *
 * <p><b>Providers that don't suit.</b> The registrar doesn't tell a client that a provider it
 * refused has gone. It is asked instead, when it matters: nobody waits while such a provider is
 * there (REG-31), so nobody has to be woken when it goes.
 *
 * <p>Not synchronised: all is done with the registration's lock held.
 */
final class ProviderList {
  private record Unsuitable(NmrBindingHandle offer, WskProviderCharacteristics characteristics) {}

  private final Predicate<NmrBindingHandle> isRegistered;
  private final List<ProviderBinding> attached = new ArrayList<>();
  private final List<Unsuitable> unsuitable = new ArrayList<>();

  /**
   * Makes an empty list.
   *
   * @param isRegistered tells whether the provider of an offer is still registered
   */
  ProviderList(Predicate<NmrBindingHandle> isRegistered) {
    this.isRegistered = isRegistered;
  }

  void add(ProviderBinding binding) {
    attached.add(binding);
  }

  void remove(ProviderBinding binding) {
    attached.remove(binding);
  }

  void addUnsuitable(NmrBindingHandle offer, WskProviderCharacteristics characteristics) {
    forgetUnsuitable();
    unsuitable.add(new Unsuitable(offer, characteristics));
  }

  /** {@return what the provider offers that captures are, or would be, taken of} */
  @Nullable WskProviderCharacteristics characteristics() {
    ProviderBinding ready = ready();
    if (ready != null) {
      return ready.characteristics();
    }
    forgetUnsuitable();
    return unsuitable.isEmpty() ? null : unsuitable.get(0).characteristics();
  }

  /** {@return the provider to capture: the oldest suitable one that isn't going} */
  @Nullable ProviderBinding ready() {
    for (ProviderBinding binding : attached) {
      if (binding.isReady()) {
        return binding;
      }
    }
    return null;
  }

  /** {@return the provider whose capture was made longest ago, {@code null} if none is out} */
  @Nullable ProviderBinding captured() {
    for (ProviderBinding binding : attached) {
      if (binding.captures() > 0) {
        return binding;
      }
    }
    return null;
  }

  /** {@return whether captures are out, or calls that began under one have not returned} */
  boolean isInUse() {
    for (ProviderBinding binding : attached) {
      if (binding.isInUse()) {
        return true;
      }
    }
    return false;
  }

  private void forgetUnsuitable() {
    unsuitable.removeIf(provider -> !isRegistered.test(provider.offer()));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("providers");
    attached.forEach(binding -> text.append(" (").append(binding).append(')'));
    for (Unsuitable provider : unsuitable) {
      text.append(" (").append(range(provider.characteristics())).append(" unsuitable)");
    }
    return text.toString();
  }

  static String range(WskProviderCharacteristics characteristics) {
    return WskVersion.toString(characteristics.lowestVersion())
        + " to "
        + WskVersion.toString(characteristics.highestVersion());
  }
}
