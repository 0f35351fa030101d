package org.wsk4j.nmr;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.rundown.RundownProtection;

/**
 * A registered module with its bindings: one state machine, see {@link RegistrationState}.
 *
 * <p>Each binding holds a reference of the rundown protection from the offer until it is gone, so
 * that deregistration is complete when the protection is drained.
 */
abstract sealed class Registration permits ClientRegistration, ProviderRegistration {
  private final RegistrationTable table;
  private final NpiRegistrationInstance instance;
  private final NpiId npiId;
  private final @Nullable Object context;
  private final RundownProtection inUse = new RundownProtection();

  /** Protects the members below; {@code state} may be read without it. */
  private final Object lock = new Object();

  private volatile RegistrationState state = RegistrationState.REGISTERED;
  private final Set<Binding> bindings = new LinkedHashSet<>();
  private int waiting;

  Registration(
      RegistrationTable table, NpiRegistrationInstance instance, @Nullable Object context) {
    this.table = table;
    this.instance = instance;
    this.npiId = Objects.requireNonNull(instance.npiId());
    this.context = context;
  }

  /** {@return which kind of module this is} */
  abstract Side side();

  /** Calls the module's detach callback; without a lock. */
  abstract NtStatus detach(@Nullable Object bindingContext);

  /** Calls the module's cleanup callback if it has one; without a lock. */
  abstract void cleanup(@Nullable Object bindingContext);

  /** Notes a new binding; the table does so, and only for registrations that it lists. */
  void link(Binding binding) {
    if (!inUse.acquire()) {
      throw new IllegalStateException(this + " is deregistered and was offered a peer");
    }
    synchronized (lock) {
      bindings.add(binding);
    }
  }

  /** Forgets a binding that is gone; the last one may complete the deregistration. */
  void unlink(Binding binding) {
    synchronized (lock) {
      bindings.remove(binding);
    }
    inUse.release();
  }

  /** Starts the deregistration and detaches all bindings (NMR-45, NMR-46). */
  NtStatus deregister() {
    synchronized (lock) {
      if (state != RegistrationState.REGISTERED) {
        return NtStatus.INVALID_PARAMETER;
      }
      state = state.to(RegistrationState.DEREGISTERING);
    }
    table.remove(this);
    inUse.beginRundown(this::deregistered);
    for (Binding binding : bindings()) {
      binding.detach(side());
    }
    return NtStatus.PENDING;
  }

  /** Waits until the deregistration is complete; see {@link RegistrationState} for who may. */
  NtStatus awaitDeregistered() {
    synchronized (lock) {
      switch (state) {
        case REGISTERED, RETIRED -> {
          return NtStatus.INVALID_PARAMETER;
        }
        case DEREGISTERED -> {
          state = state.to(RegistrationState.RETIRED);
          return NtStatus.SUCCESS;
        }
        case DEREGISTERING -> waiting++;
      }
    }
    inUse.awaitDrained();
    return NtStatus.SUCCESS;
  }

  private void deregistered() {
    table.forget(this);
    synchronized (lock) {
      boolean somebodyIsTold = waiting > 0;
      state = state.to(somebodyIsTold ? RegistrationState.RETIRED : RegistrationState.DEREGISTERED);
    }
  }

  boolean isRegistered() {
    return state == RegistrationState.REGISTERED;
  }

  List<Binding> bindings() {
    synchronized (lock) {
      return new ArrayList<>(bindings);
    }
  }

  RegistrationTable table() {
    return table;
  }

  NpiRegistrationInstance instance() {
    return instance;
  }

  NpiId npiId() {
    return npiId;
  }

  @Nullable Object context() {
    return context;
  }

  @Override
  public String toString() {
    return side()
        + "[npi "
        + npiId
        + ", module "
        + instance.moduleId()
        + ", number "
        + instance.number()
        + ", "
        + state
        + "]";
  }
}
