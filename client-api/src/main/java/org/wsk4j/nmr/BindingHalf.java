package org.wsk4j.nmr;

import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/**
 * One side of a binding: the module, its context, and how far it has let go (see {@link
 * HalfState}). All is protected by the lock of the binding, except the calls to the module, which
 * are made without it; they use the context, which doesn't change after the attachment.
 */
final class BindingHalf {
  private final Registration module;
  private HalfState state = HalfState.UNATTACHED;
  private @Nullable Object bindingContext;

  BindingHalf(Registration module) {
    this.module = module;
  }

  /** Keeps the context of an attachment that isn't complete. */
  void hold(@Nullable Object context) {
    bindingContext = context;
  }

  void attached() {
    state = state.to(HalfState.ATTACHED);
  }

  /** {@return whether the module has to be told to let go; it has been by whoever got true} */
  boolean beginDetach() {
    if (state != HalfState.ATTACHED) {
      return false;
    }
    state = state.to(HalfState.CALLED);
    return true;
  }

  /** Tells the module to let go; without the lock. */
  NtStatus callDetach() {
    return module.detach(bindingContext);
  }

  /**
   * Takes the answer of the detach callback.
   *
   * @return whether it contradicts a detach-complete call that came before
   */
  boolean answered(NtStatus answer) {
    boolean early = state == HalfState.COMPLETED_EARLY;
    boolean pending = answer == NtStatus.PENDING;
    state = state.to(pending && !early ? HalfState.PENDING : HalfState.DETACHED);
    return early && !pending;
  }

  /** Takes a detach-complete call. */
  boolean complete() {
    switch (state) {
      case CALLED -> state = state.to(HalfState.COMPLETED_EARLY);
      case PENDING -> state = state.to(HalfState.DETACHED);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** {@return whether nothing keeps this side} */
  boolean isFree() {
    return state == HalfState.UNATTACHED || state == HalfState.DETACHED;
  }

  /** Lets the module clean up if it ever was attached; without the lock, when both are free. */
  void callCleanup() {
    if (state == HalfState.DETACHED) {
      module.cleanup(bindingContext);
    }
  }

  Side side() {
    return module.side();
  }

  @Override
  public String toString() {
    return side() + " " + state;
  }
}
