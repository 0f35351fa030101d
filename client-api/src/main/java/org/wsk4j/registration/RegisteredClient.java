package org.wsk4j.registration;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.client.WskClient;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskProviderDispatch;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.client.WskVersion;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nmr.NmrBindingHandle;
import org.wsk4j.nmr.NmrClientHandle;
import org.wsk4j.nmr.NpiClientCharacteristics;
import org.wsk4j.nmr.NpiModuleId;
import org.wsk4j.nmr.NpiRegistrationInstance;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.rundown.RundownProtection;

/**
 * One registration, from register to deregister: a client of the WSK interface towards the
 * registrar, the counter of captures towards the program.
 *
 * <p>It attaches to every provider that offers the version. Its half of a detachment is complete
 * when all captures of that provider are released and all calls have returned; the provider's half
 * when the client's sockets are closed and its requests are done.
 *
 * <p><b>Why deregistering waits before it tells the registrar.</b> A provider hears of the end by
 * its detach callback, and completes its half when nothing of the client is left. Holders of a
 * capture may go on making sockets while deregister waits (OP-10); a socket made after the provider
 * completed its half would be waited for by nobody. So the registrar is told when no more calls can
 * come, and what the provider counts then is final. Only a provider that goes by itself hears of
 * its own end earlier (OP-15).
 */
final class RegisteredClient {
  private static final Logger LOG = LoggerFactory.getLogger(WskRegistration.class);
  private static final NpiModuleId MODULE_ID =
      NpiModuleId.of("{5b0b9a2e-6f0c-4d0e-9d55-2c0a3f5a7c11}");

  private final NetworkModuleRegistrar registrar;
  private final @Nullable Object clientContext;
  private final WskClientDispatch dispatch;
  private final ChangeMonitor monitor;

  /** Set by register, before anybody else knows this object. */
  private @Nullable NmrClientHandle handle;

  // Protected by the monitor.
  private final ProviderList providers;
  private boolean draining;

  RegisteredClient(
      NetworkModuleRegistrar registrar,
      @Nullable Object clientContext,
      WskClientDispatch dispatch,
      WaitClock clock) {
    this.registrar = registrar;
    this.clientContext = clientContext;
    this.dispatch = dispatch;
    monitor = new ChangeMonitor(clock);
    providers = new ProviderList(registrar::isProviderRegistered);
  }

  // ---- Towards the program

  /** Registers with the registrar, which offers the providers that are there already. */
  NtStatus register() {
    Out<NmrClientHandle> out = new Out<>();
    NpiRegistrationInstance instance =
        NpiRegistrationInstance.of(
            WskProviderCharacteristics.NPI_WSK_INTERFACE_ID, MODULE_ID, null);
    NtStatus status =
        registrar.registerClient(
            NpiClientCharacteristics.of(this::offered, this::detach, this::cleanUp, instance),
            null,
            out);
    handle = out.get();
    return status;
  }

  /** Captures a provider, waiting at most so long until one is there, be it suitable or not. */
  NtStatus capture(long waitMillis, Out<WskProviderNpi> providerNpi) {
    monitor.lock();
    try {
      monitor.await(() -> draining || providers.characteristics() != null, waitMillis);
      return tryCapture(providerNpi);
    } finally {
      monitor.unlock();
    }
  }

  private NtStatus tryCapture(Out<WskProviderNpi> providerNpi) {
    if (draining || providers.characteristics() == null) {
      return NtStatus.DEVICE_NOT_READY;
    }
    ProviderBinding provider = providers.ready();
    if (provider == null) {
      return NtStatus.NOINTERFACE;
    }
    providerNpi.set(provider.capture());
    return NtStatus.SUCCESS;
  }

  /** Undoes the capture made longest ago; {@return whether there was one} */
  boolean release() {
    ProviderBinding provider;
    RundownProtection gate;
    monitor.lock();
    try {
      provider = providers.captured();
      if (provider == null) {
        return false;
      }
      gate = provider.release();
    } finally {
      monitor.unlock();
    }
    if (gate != null) {
      gate.beginRundown(() -> gateDrained(provider));
    }
    return true;
  }

  private void gateDrained(ProviderBinding provider) {
    boolean detached;
    monitor.lock();
    try {
      detached = provider.gateDrained();
      monitor.signal();
    } finally {
      monitor.unlock();
    }
    if (detached) {
      registrar.clientDetachProviderComplete(provider.handle());
    }
  }

  /** Tells what the provider offers that a capture would take, suitable or not. */
  NtStatus query(Out<WskProviderCharacteristics> characteristics) {
    monitor.lock();
    try {
      WskProviderCharacteristics found = draining ? null : providers.characteristics();
      if (found == null) {
        return NtStatus.DEVICE_NOT_READY;
      }
      characteristics.set(found);
      return NtStatus.SUCCESS;
    } finally {
      monitor.unlock();
    }
  }

  /** Turns away all captures from now on, and waits until those made before are over. */
  void drain() {
    monitor.lock();
    try {
      draining = true;
      monitor.signal();
      monitor.await(() -> !providers.isInUse(), ChangeMonitor.FOR_EVER);
    } finally {
      monitor.unlock();
    }
  }

  /**
   * Refuses to go on inside callbacks of a registrar, where it lets nobody wait: before the
   * deregistration has begun this waits for nothing (NMR-74).
   */
  void requireMayWait() {
    registrar.waitForClientDeregisterComplete(handle);
  }

  /** Leaves the registrar, and waits until all providers have let go of this client. */
  void deregister() {
    expect(NtStatus.PENDING, registrar.deregisterClient(handle));
    expect(NtStatus.SUCCESS, registrar.waitForClientDeregisterComplete(handle));
  }

  private static void expect(NtStatus expected, NtStatus answer) {
    if (answer != expected) {
      throw new IllegalStateException("the registrar answered deregistration with " + answer);
    }
  }

  // ---- Towards the registrar

  private NtStatus offered(
      NmrBindingHandle offer, @Nullable Object context, NpiRegistrationInstance provider) {
    if (!(provider.npiSpecificCharacteristics() instanceof WskProviderCharacteristics offered)
        || offered.lowestVersion() > offered.highestVersion()) {
      LOG.warn("{} registered as a provider of WSK without a range of versions: ignored", provider);
      return NtStatus.NOINTERFACE;
    }
    if (isDraining()) {
      return NtStatus.NOINTERFACE;
    }
    NtStatus status =
        offered.offers(dispatch.version()) ? attach(offer, offered) : NtStatus.NOINTERFACE;
    if (status == NtStatus.NOINTERFACE) {
      keepUnsuitable(offer, offered);
    } else if (!status.isSuccess()) {
      LOG.warn("The WSK provider {} could not be attached: {}", provider, status);
    }
    return status;
  }

  private NtStatus attach(NmrBindingHandle offer, WskProviderCharacteristics offered) {
    ProviderBinding provider =
        new ProviderBinding(offer, offered, dispatch, ClientEventRelay.of(clientContext, dispatch));
    Out<Object> client = new Out<>();
    Out<Object> functions = new Out<>();
    NtStatus status =
        registrar.clientAttachProvider(
            offer, provider, provider.clientDispatch(), client, functions);
    if (!status.isSuccess()) {
      return status;
    }
    if (!(client.get() instanceof WskClient given
        && functions.get() instanceof WskProviderDispatch table
        && suits(offered, table.version()))) {
      LOG.warn(
          "A WSK provider of {} gave {} and {}: refused",
          ProviderList.range(offered),
          client.get(),
          functions.get());
      return NtStatus.NOINTERFACE;
    }
    keep(provider, given, table);
    return status;
  }

  /** Same major number, minor not lower, inside the range (REG-86 to REG-88). */
  private boolean suits(WskProviderCharacteristics offered, int given) {
    return WskVersion.major(given) == WskVersion.major(dispatch.version())
        && given >= dispatch.version()
        && offered.offers(given);
  }

  private void keep(ProviderBinding provider, WskClient client, WskProviderDispatch functions) {
    monitor.lock();
    try {
      provider.attached(client, functions);
      providers.add(provider);
      monitor.signal();
    } finally {
      monitor.unlock();
    }
  }

  private void keepUnsuitable(NmrBindingHandle offer, WskProviderCharacteristics offered) {
    monitor.lock();
    try {
      providers.addUnsuitable(offer, offered);
      monitor.signal();
    } finally {
      monitor.unlock();
    }
  }

  private boolean isDraining() {
    monitor.lock();
    try {
      return draining;
    } finally {
      monitor.unlock();
    }
  }

  private NtStatus detach(@Nullable Object bindingContext) {
    ProviderBinding provider = (ProviderBinding) Objects.requireNonNull(bindingContext);
    monitor.lock();
    try {
      return provider.beginDetach() ? NtStatus.PENDING : NtStatus.SUCCESS;
    } finally {
      monitor.unlock();
    }
  }

  private void cleanUp(@Nullable Object bindingContext) {
    ProviderBinding provider = (ProviderBinding) Objects.requireNonNull(bindingContext);
    provider.end();
    monitor.lock();
    try {
      providers.remove(provider);
    } finally {
      monitor.unlock();
    }
  }

  @Override
  public String toString() {
    monitor.lock();
    try {
      return "version "
          + WskVersion.toString(dispatch.version())
          + ", "
          + monitor.waiting()
          + " waiting, "
          + providers;
    } finally {
      monitor.unlock();
    }
  }
}
