package org.wsk4j.nmr;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.nt.NtStatus;

/**
 * A client and a provider of the same interface: one state machine, see {@link BindingState}, with
 * a half for each side.
 *
 * <p>Every step has the same shape: move the state under the lock, call out without it, take the
 * answer under the lock. Whoever made the move does what follows from it, so each callback is made
 * once whoever else is moving. A binding is made for every pair, and ends by leaving both
 * registrations, whether or not it was ever attached.
 */
final class Binding implements NmrBindingHandle {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkModuleRegistrar.class);

  private final ClientRegistration client;
  private final ProviderRegistration provider;

  /** Protects the members below and the halves; {@code state} may be read without it. */
  private final Object lock = new Object();

  private final BindingHalf clientHalf;
  private final BindingHalf providerHalf;
  private volatile BindingState state = BindingState.OFFERED;

  /** The thread that runs the client's attach callback. */
  private @Nullable Thread attaching;

  /** The side that deregistered first. */
  private @Nullable Side leaving;

  Binding(ClientRegistration client, ProviderRegistration provider) {
    this.client = client;
    this.provider = provider;
    clientHalf = new BindingHalf(client);
    providerHalf = new BindingHalf(provider);
  }

  /** Offers the provider to the client, unless one of them has deregistered since (NMR-51). */
  void offer() {
    if (beginOffer()) {
      endOffer(client.attach(this, provider.instance()));
    }
  }

  private boolean beginOffer() {
    synchronized (lock) {
      boolean current = client.isRegistered() && provider.isRegistered();
      if (state != BindingState.OFFERED || !current) {
        return false; // the side that deregisters withdraws the offer
      }
      state = state.to(BindingState.ATTACHING);
      attaching = Thread.currentThread();
      return true;
    }
  }

  private void endOffer(NtStatus answer) {
    BindingState reached;
    Side left;
    synchronized (lock) {
      attaching = null;
      reached = afterOffer(answer);
      state = state.to(reached);
      if (reached == BindingState.ATTACHED) {
        clientHalf.attached();
      }
      left = leaving;
    }
    switch (reached) {
      case GONE -> notAttached(answer);
      case DETACHING -> attachedOneSidedly(answer);
      default -> {
        if (left != null) {
          detach(left);
        }
      }
    }
  }

  private BindingState afterOffer(NtStatus answer) {
    if (state != BindingState.ACCEPTED) {
      return BindingState.GONE;
    }
    return answer == NtStatus.SUCCESS ? BindingState.ATTACHED : BindingState.DETACHING;
  }

  private void notAttached(NtStatus answer) {
    if (answer == NtStatus.SUCCESS) {
      LOG.warn("Taken as a refusal: {} answered SUCCESS without being attached", client);
    }
    leave();
  }

  /** The provider is attached to a client that isn't, so only the provider lets go (OP-23). */
  private void attachedOneSidedly(NtStatus answer) {
    LOG.warn("The provider is detached, as the client failed after all: {}, {}", this, answer);
    detachHalf(providerHalf);
  }

  /** Brings the client to the provider, for the client's attach callback alone (OP-24). */
  NtStatus attach(Exchange requested) {
    synchronized (lock) {
      if (state != BindingState.ATTACHING || attaching != Thread.currentThread()) {
        return NtStatus.INVALID_PARAMETER;
      }
      state = state.to(BindingState.ASKING);
    }
    Exchange attempt = requested.withFreshPlaces();
    NtStatus answer = provider.attach(this, client.instance(), attempt);
    synchronized (lock) {
      if (answer != NtStatus.SUCCESS) {
        state = state.to(BindingState.ATTACHING);
        return answer;
      }
      state = state.to(BindingState.ACCEPTED);
      clientHalf.hold(attempt.clientBindingContext());
      providerHalf.hold(attempt.providerBindingContext().get());
      providerHalf.attached();
    }
    attempt.deliverTo(requested);
    return answer;
  }

  /**
   * Detaches because one side deregisters; the first one does it, for both (NMR-48).
   *
   * @param initiator the side that deregisters
   */
  void detach(Side initiator) {
    BindingState before;
    synchronized (lock) {
      before = state;
      switch (before) {
        case OFFERED -> state = state.to(BindingState.GONE);
        case ATTACHING, ASKING, ACCEPTED -> leaving = leaving == null ? initiator : leaving;
        case ATTACHED -> state = state.to(BindingState.DETACHING);
        case DETACHING, CLEANING_UP, GONE -> {}
      }
    }
    if (before == BindingState.OFFERED) {
      leave();
    } else if (before == BindingState.ATTACHED) {
      detachHalf(half(initiator));
      detachHalf(half(initiator.other()));
    }
  }

  private void detachHalf(BindingHalf half) {
    synchronized (lock) {
      if (!half.beginDetach()) {
        return;
      }
    }
    NtStatus answer = half.callDetach();
    boolean contradiction;
    boolean last;
    synchronized (lock) {
      contradiction = half.answered(answer);
      last = beginCleanup();
    }
    if (contradiction) {
      LOG.warn("The {} reported detachment and then didn't answer PENDING: {}", half.side(), this);
    }
    if (last) {
      cleanup();
    }
  }

  /**
   * Takes the report that a side has let go.
   *
   * @param side which
   * @throws IllegalStateException if it isn't expected (OP-27); nothing changes
   */
  void detachComplete(Side side) {
    boolean last;
    synchronized (lock) {
      if (!half(side).complete()) {
        throw new IllegalStateException("the " + side + " has no detachment to complete: " + this);
      }
      last = beginCleanup();
    }
    if (last) {
      cleanup();
    }
  }

  private boolean beginCleanup() {
    if (!clientHalf.isFree() || !providerHalf.isFree()) {
      return false;
    }
    state = state.to(BindingState.CLEANING_UP);
    return true;
  }

  private void cleanup() {
    clientHalf.callCleanup();
    providerHalf.callCleanup();
    synchronized (lock) {
      state = state.to(BindingState.GONE);
    }
    leave();
  }

  private void leave() {
    client.unlink(this);
    provider.unlink(this);
  }

  private BindingHalf half(Side side) {
    return side == Side.CLIENT ? clientHalf : providerHalf;
  }

  boolean isProviderRegistered() {
    return provider.isRegistered();
  }

  boolean belongsTo(RegistrationTable table) {
    return client.table() == table;
  }

  @Override
  public String toString() {
    BindingState current = state;
    String halves =
        current == BindingState.DETACHING ? " (" + clientHalf + ", " + providerHalf + ")" : "";
    return "binding[" + client + " to " + provider + ": " + current + halves + "]";
  }
}
