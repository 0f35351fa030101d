package org.wsk4j.registration;

import org.jspecify.annotations.Nullable;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientNpi;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.spi.WskProviders;

/**
 * A program's registration with WSK: the registration block (WSK_REGISTRATION) and the functions
 * that take it.
 *
 * <pre>{@code
 * WskRegistration registration = new WskRegistration();
 * registration.register(new WskClientNpi(context, new WskClientDispatch(WskVersion.V1_0)));
 * Out<WskProviderNpi> captured = new Out<>();
 * NtStatus status = registration.captureProviderNpi(WskRegistration.INFINITE_WAIT, captured);
 * // make sockets with captured.require().dispatch()
 * registration.releaseProviderNpi();
 * // use the sockets, and close them
 * registration.deregister();
 * }</pre>
 *
 * <p>Between register and deregister the block is attached to every provider whose range contains
 * the version; a capture takes the one registered first, and when that one goes, later captures
 * take the next. Captures are counted: each needs one release. A provider can go and come back
 * meanwhile.
 *
 * <p>A block may be used again after deregister has returned (OP-03); a program may have any number
 * of blocks, which don't influence each other (REG-06, REG-08).
 *
 * <p><b>Threads.</b> All functions may be called from any thread. {@link #register} and {@link
 * #deregister} are refused at dispatch level, and so is {@link #captureProviderNpi} with a timeout;
 * all else never blocks. An interrupt ends no wait; it is set again before the return.
 */
public final class WskRegistration {
  /** A capture that doesn't wait (WSK_NO_WAIT). */
  public static final int NO_WAIT = 0;

  /** A capture that waits without limit (WSK_INFINITE_WAIT). */
  public static final int INFINITE_WAIT = 0xFFFFFFFF;

  private final NetworkModuleRegistrar registrar;
  private final Runnable beforeFirst;
  private final WaitClock clock;

  /** Protects the members below; both change together. */
  private final Object lock = new Object();

  private RegistrationState state = RegistrationState.NEW;
  private @Nullable RegisteredClient client;

  /**
   * Makes a block for the process's registrar. The first such block that is registered starts the
   * providers that the class path holds; see {@link WskProviders}.
   */
  public WskRegistration() {
    this(
        NetworkModuleRegistrar.getDefault(),
        WskProviders.getDefault()::autostart,
        WaitClock.SYSTEM);
  }

  /**
   * Makes a block for a certain registrar, for hosts that attach providers themselves. No provider
   * is started.
   *
   * @param registrar where to register
   */
  public WskRegistration(NetworkModuleRegistrar registrar) {
    this(registrar, () -> {}, WaitClock.SYSTEM);
  }

  WskRegistration(NetworkModuleRegistrar registrar, Runnable beforeFirst, WaitClock clock) {
    this.registrar = registrar;
    this.beforeFirst = beforeFirst;
    this.clock = clock;
  }

  /**
   * Registers the program (WskRegister). It doesn't wait for a provider, and doesn't look at the
   * version: that shows when a provider is captured (REG-03, REG-04).
   *
   * @param clientNpi context and table of the program; kept until {@link #deregister} returns
   * @return SUCCESS, and {@code deregister} is owed; INVALID_PARAMETER if an argument is missing or
   *     the reserved member is not 0 (OP-02); INVALID_DEVICE_STATE if the block is registered
   *     (OP-03); INSUFFICIENT_RESOURCES. After a failure nothing is registered (REG-05)
   * @throws IllegalStateException if this thread must not wait
   */
  public NtStatus register(@Nullable WskClientNpi clientNpi) {
    DispatchLevel.requirePassive("WskRegister");
    WskClientDispatch dispatch = clientNpi == null ? null : clientNpi.dispatch();
    if (dispatch == null || dispatch.reserved() != 0) {
      return NtStatus.INVALID_PARAMETER;
    }
    RegisteredClient candidate =
        new RegisteredClient(registrar, clientNpi.clientContext(), dispatch, clock);
    RegistrationState before;
    synchronized (lock) {
      if (!state.isFree()) {
        return NtStatus.INVALID_DEVICE_STATE;
      }
      before = state;
      state = state.to(RegistrationState.REGISTERING);
    }
    return register(candidate, before);
  }

  private NtStatus register(RegisteredClient candidate, RegistrationState before) {
    boolean registered = false;
    try {
      beforeFirst.run();
      NtStatus status = candidate.register();
      registered = status.isSuccess();
      return status;
    } finally {
      synchronized (lock) {
        client = registered ? candidate : client;
        state = state.to(registered ? RegistrationState.REGISTERED : before);
      }
    }
  }

  /**
   * Captures the provider (WskCaptureProviderNPI), waiting for one if there is none. Each success
   * needs one {@link #releaseProviderNpi}. All captures give the same while the provider stays the
   * same (OP-07).
   *
   * @param waitTimeoutMillis how long to wait for a provider, an unsigned count of milliseconds;
   *     {@link #NO_WAIT} and {@link #INFINITE_WAIT} as named
   * @param providerNpi receives the provider; left alone on failure
   * @return SUCCESS; DEVICE_NOT_READY if no provider came in that time, or as soon as the block is
   *     deregistered (REG-47, REG-49); NOINTERFACE as soon as there are providers, but none offers
   *     the version (REG-31); INVALID_PARAMETER if {@code providerNpi} is missing
   * @throws IllegalStateException if it may wait and this thread must not (REG-44)
   */
  public NtStatus captureProviderNpi(
      int waitTimeoutMillis, @Nullable Out<WskProviderNpi> providerNpi) {
    if (waitTimeoutMillis != NO_WAIT) {
      DispatchLevel.requirePassive("WskCaptureProviderNPI with a timeout");
    }
    if (providerNpi == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    RegisteredClient registered = registered();
    if (registered == null) {
      return NtStatus.DEVICE_NOT_READY;
    }
    long wait =
        waitTimeoutMillis == INFINITE_WAIT
            ? ChangeMonitor.FOR_EVER
            : Integer.toUnsignedLong(waitTimeoutMillis);
    return registered.capture(wait, providerNpi);
  }

  /**
   * Undoes one capture (WskReleaseProviderNPI), on any thread. Sockets made before stay as they are
   * (REG-55 to REG-57). After the last release the captured functions answer INVALID_HANDLE, until
   * there is a capture again (OP-06). If captures of several providers are out, because one is
   * going and the next was captured meanwhile, the capture made longest ago is undone.
   *
   * @throws IllegalStateException if no capture is out (OP-05); nothing changes
   */
  public void releaseProviderNpi() {
    RegisteredClient current;
    synchronized (lock) {
      current = client;
    }
    if (current == null || !current.release()) {
      throw new IllegalStateException("no capture is out that could be released: " + this);
    }
  }

  /**
   * Tells which versions the provider offers (WskQueryProviderCharacteristics), also if the version
   * of this registration is not among them. It is no capture, and never waits.
   *
   * @param characteristics receives the range; left alone on failure
   * @return SUCCESS; DEVICE_NOT_READY if there is no provider, or the block is not registered
   *     (OP-13); INVALID_PARAMETER if {@code characteristics} is missing
   */
  public NtStatus queryProviderCharacteristics(
      @Nullable Out<WskProviderCharacteristics> characteristics) {
    if (characteristics == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    RegisteredClient registered = registered();
    return registered == null ? NtStatus.DEVICE_NOT_READY : registered.query(characteristics);
  }

  /**
   * Ends the registration (WskDeregister). Blocked captures return and no new ones are made; then
   * it waits until all captures are released, all calls of the captured functions have returned,
   * all requests given to them have completed, and all sockets of the registration are closed. It
   * closes nothing itself (REG-68). When it has returned, no callback or completion routine of the
   * registration runs any more (REG-72).
   *
   * <p>If it seems to hang, {@link #toString} says what it waits for.
   *
   * @throws IllegalStateException if the block is not registered, or deregistered already (OP-04);
   *     or if this thread must not wait (REG-74)
   */
  public void deregister() {
    DispatchLevel.requirePassive("WskDeregister");
    RegisteredClient leaving = beginDeregister();
    leaving.drain();
    leaving.deregister();
    synchronized (lock) {
      state = state.to(RegistrationState.DEREGISTERED);
    }
  }

  private RegisteredClient beginDeregister() {
    synchronized (lock) {
      RegisteredClient leaving = client;
      if (leaving == null || state != RegistrationState.REGISTERED) {
        throw new IllegalStateException("not registered, so it can't be deregistered: " + this);
      }
      leaving.requireMayWait();
      state = state.to(RegistrationState.DRAINING);
      return leaving;
    }
  }

  private @Nullable RegisteredClient registered() {
    synchronized (lock) {
      return state == RegistrationState.REGISTERED ? client : null;
    }
  }

  /** {@return the state, the captures and calls that are out, and the providers, for people} */
  @Override
  public String toString() {
    synchronized (lock) {
      return "WskRegistration[" + state + (client == null ? "" : ", " + client) + "]";
    }
  }
}
