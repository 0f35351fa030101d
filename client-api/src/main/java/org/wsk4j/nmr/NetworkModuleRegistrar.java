package org.wsk4j.nmr;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/**
 * The functions of the Network Module Registrar.
 *
 * <p>Clients and providers of network programming interfaces register here, in any order (NMR-10).
 * Each pair of the same interface is offered once, when its later half registers: the client is
 * asked first ({@link NpiClientAttachProvider}), and if it wants, brings itself to the provider
 * with {@link #clientAttachProvider} ({@link NpiProviderAttachClient}). A refusal is final for the
 * pair; it fails neither registration (NMR-33, NMR-34).
 *
 * <p>When one side deregisters, both are told to let go of each other, its own side first (OP-18);
 * either may answer PENDING and complete later. When both have, the client is cleaned up, then the
 * provider (OP-19). The waits return when that has happened for all bindings of the registration.
 *
 * <p>Registrars know nothing of each other; a handle of another one is a wrong handle. Programs use
 * {@link #getDefault()}.
 *
 * <p>Threads: every function may be called from any thread. Registering and attaching lead to
 * callbacks that may block, and the waits block, so these are refused at dispatch level with an
 * {@link IllegalStateException} (NMR-76, NMR-78). Deregistering and the detach-complete functions
 * never block by themselves; detach and cleanup callbacks run inside them. Inside callbacks all is
 * allowed but the waits (OP-29).
 */
public final class NetworkModuleRegistrar {
  /** How many registrations a registrar takes unless told otherwise: more look like a leak. */
  public static final int DEFAULT_MAX_REGISTRATIONS = 65_536;

  private final RegistrationTable table;

  /** Makes a registrar that takes {@value #DEFAULT_MAX_REGISTRATIONS} registrations. */
  public NetworkModuleRegistrar() {
    this(DEFAULT_MAX_REGISTRATIONS);
  }

  /**
   * Makes a registrar.
   *
   * @param maxRegistrations how many clients and providers together it takes at a time; those whose
   *     deregistration isn't complete count
   * @throws IllegalArgumentException if that is negative
   */
  public NetworkModuleRegistrar(int maxRegistrations) {
    if (maxRegistrations < 0) {
      throw new IllegalArgumentException("maxRegistrations is negative: " + maxRegistrations);
    }
    table = new RegistrationTable(maxRegistrations);
  }

  /** {@return the registrar of the process} */
  public static NetworkModuleRegistrar getDefault() {
    return Default.REGISTRAR;
  }

  /**
   * Registers a client (NmrRegisterClient). Before this returns, and on this thread, all providers
   * that are registered have been offered to it, oldest first (NMR-04, OP-16, OP-17); those that
   * come later are offered when they register (NMR-06).
   *
   * @param characteristics the client
   * @param clientContext passed to the client with each offer (NMR-12), may be {@code null}
   * @param clientHandle where the handle is stored, before the first offer
   * @return SUCCESS; INVALID_PARAMETER if the characteristics are missing, incomplete or of a
   *     version other than 0 (OP-30, NMR-79); INSUFFICIENT_RESOURCES if the registrar is full
   *     (NMR-03). On failure nothing is registered or called
   * @throws IllegalStateException at dispatch level (NMR-78)
   */
  public NtStatus registerClient(
      @Nullable NpiClientCharacteristics characteristics,
      @Nullable Object clientContext,
      Out<NmrClientHandle> clientHandle) {
    DispatchLevel.requirePassive("Registering a client");
    Objects.requireNonNull(clientHandle, "clientHandle");
    if (characteristics == null || !characteristics.isValid()) {
      return NtStatus.INVALID_PARAMETER;
    }
    ClientRegistration client = new ClientRegistration(table, characteristics, clientContext);
    return register(client, () -> clientHandle.set(client));
  }

  /**
   * Registers a provider (NmrRegisterProvider). Before this returns, and on this thread, it has
   * been offered to all clients that are registered, oldest first (NMR-06, OP-16, OP-17); to those
   * that come later it is offered when they register (NMR-04).
   *
   * @param characteristics the provider
   * @param providerContext passed to the provider with each client (NMR-19), may be {@code null}
   * @param providerHandle where the handle is stored, before the first offer
   * @return as {@link #registerClient}
   * @throws IllegalStateException at dispatch level (NMR-78)
   */
  public NtStatus registerProvider(
      @Nullable NpiProviderCharacteristics characteristics,
      @Nullable Object providerContext,
      Out<NmrProviderHandle> providerHandle) {
    DispatchLevel.requirePassive("Registering a provider");
    Objects.requireNonNull(providerHandle, "providerHandle");
    if (characteristics == null || !characteristics.isValid()) {
      return NtStatus.INVALID_PARAMETER;
    }
    ProviderRegistration provider =
        new ProviderRegistration(table, characteristics, providerContext);
    return register(provider, () -> providerHandle.set(provider));
  }

  private NtStatus register(Registration registration, Runnable handOut) {
    List<Binding> offers = table.add(registration, handOut);
    if (offers == null) {
      return NtStatus.INSUFFICIENT_RESOURCES;
    }
    offers.forEach(Binding::offer);
    return NtStatus.SUCCESS;
  }

  /**
   * Attaches a client to the provider that it is being offered (NmrClientAttachProvider); to be
   * called inside the client's attach callback and on its thread. Calls the provider's attach
   * callback before it returns (NMR-17). After a refusal it may be called again (NMR-26).
   *
   * @param binding the pair, as the attach callback was given it
   * @param clientBindingContext what the client wants to get with each callback of this binding; on
   *     failure the client cleans it up itself (NMR-29)
   * @param clientDispatch the client's callbacks, or {@code null} if the interface has none
   *     (NMR-21)
   * @param providerBindingContext where to store what the client passes with each call; left
   *     unchanged on failure (OP-25)
   * @param providerDispatch where to store the provider's functions; left unchanged on failure
   * @return what the provider answered (NMR-23); INVALID_PARAMETER, without asking the provider, if
   *     the handle isn't that of an offer which the client decides on this thread, or the provider
   *     has accepted already (OP-24); UNSUCCESSFUL if the provider's callback failed (OP-31)
   * @throws IllegalStateException at dispatch level (NMR-78)
   */
  public NtStatus clientAttachProvider(
      @Nullable NmrBindingHandle binding,
      @Nullable Object clientBindingContext,
      @Nullable Object clientDispatch,
      Out<Object> providerBindingContext,
      Out<Object> providerDispatch) {
    DispatchLevel.requirePassive("Attaching to a provider");
    Objects.requireNonNull(providerBindingContext, "providerBindingContext");
    Objects.requireNonNull(providerDispatch, "providerDispatch");
    if (!(binding instanceof Binding own) || !own.belongsTo(table)) {
      return NtStatus.INVALID_PARAMETER;
    }
    return own.attach(
        new Exchange(
            clientBindingContext, clientDispatch, providerBindingContext, providerDispatch));
  }

  /**
   * Tells whether the provider of an offer is still registered. The NMR has no such function: a
   * client that didn't attach is never told that the provider has gone, and one that wants to know
   * asks here. Takes no lock and calls nobody.
   *
   * @param binding the pair, as the client's attach callback was given it, also long after
   * @return {@code true} until the deregistration of the provider is started
   * @throws IllegalStateException if it is no binding of this registrar
   */
  public boolean isProviderRegistered(NmrBindingHandle binding) {
    return own(binding).isProviderRegistered();
  }

  /**
   * Starts the deregistration of a client (NmrDeregisterClient): it is offered no more providers,
   * and all its bindings are detached, both sides of each. Doesn't wait for detachments that were
   * answered with PENDING (NMR-44). A binding that is just being attached is detached as soon as it
   * is (OP-26).
   *
   * @param clientHandle the client
   * @return PENDING, also if nothing has to be waited for (OP-20); INVALID_PARAMETER without any
   *     effect if the handle isn't that of a registered client (OP-21)
   */
  public NtStatus deregisterClient(@Nullable NmrHandle clientHandle) {
    ClientRegistration client = client(clientHandle);
    return client == null ? NtStatus.INVALID_PARAMETER : client.deregister();
  }

  /**
   * Starts the deregistration of a provider (NmrDeregisterProvider): it is offered to no more
   * clients, and all its bindings are detached, both sides of each. Doesn't wait for detachments
   * that were answered with PENDING (NMR-44). A binding that is just being attached is detached as
   * soon as it is (OP-26).
   *
   * @param providerHandle the provider
   * @return PENDING, also if nothing has to be waited for (OP-20); INVALID_PARAMETER without any
   *     effect if the handle isn't that of a registered provider (OP-21)
   */
  public NtStatus deregisterProvider(@Nullable NmrHandle providerHandle) {
    ProviderRegistration provider = provider(providerHandle);
    return provider == null ? NtStatus.INVALID_PARAMETER : provider.deregister();
  }

  /**
   * Reports that a client has let go of a provider after it answered PENDING
   * (NmrClientDetachProviderComplete). It may come from another thread before that answer (NMR-58).
   * If the provider has let go too, the cleanup callbacks run in here.
   *
   * @param binding the pair
   * @throws IllegalStateException if the client isn't asked to let go, or has done so (OP-27);
   *     nothing changes
   */
  public void clientDetachProviderComplete(NmrBindingHandle binding) {
    own(binding).detachComplete(Side.CLIENT);
  }

  /**
   * Reports that a provider has let go of a client after it answered PENDING
   * (NmrProviderDetachClientComplete). It may come from another thread before that answer (NMR-58).
   * If the client has let go too, the cleanup callbacks run in here.
   *
   * @param binding the pair
   * @throws IllegalStateException if the provider isn't asked to let go, or has done so (OP-27);
   *     nothing changes
   */
  public void providerDetachClientComplete(NmrBindingHandle binding) {
    own(binding).detachComplete(Side.PROVIDER);
  }

  /**
   * Waits until a client is detached from all its providers and they from it, and all are cleaned
   * up (NmrWaitForClientDeregisterComplete, NMR-69). An interrupt doesn't end the wait; it is set
   * again before the return (OP-12). The first return retires the handle (OP-22).
   *
   * @param clientHandle the client
   * @return SUCCESS; INVALID_PARAMETER at once if the handle isn't that of a client whose
   *     deregistration was started (NMR-74, NMR-75), or is retired
   * @throws IllegalStateException at dispatch level (NMR-76) and inside callbacks of a registrar
   *     (OP-29)
   */
  public NtStatus waitForClientDeregisterComplete(@Nullable NmrHandle clientHandle) {
    requireMayWait("Waiting for the deregistration of a client");
    ClientRegistration client = client(clientHandle);
    return client == null ? NtStatus.INVALID_PARAMETER : client.awaitDeregistered();
  }

  /**
   * Waits until a provider is detached from all its clients and they from it, and all are cleaned
   * up (NmrWaitForProviderDeregisterComplete, NMR-70). An interrupt doesn't end the wait; it is set
   * again before the return (OP-12). The first return retires the handle (OP-22).
   *
   * @param providerHandle the provider
   * @return SUCCESS; INVALID_PARAMETER at once if the handle isn't that of a provider whose
   *     deregistration was started (NMR-74, NMR-75), or is retired
   * @throws IllegalStateException at dispatch level (NMR-76) and inside callbacks of a registrar
   *     (OP-29)
   */
  public NtStatus waitForProviderDeregisterComplete(@Nullable NmrHandle providerHandle) {
    requireMayWait("Waiting for the deregistration of a provider");
    ProviderRegistration provider = provider(providerHandle);
    return provider == null ? NtStatus.INVALID_PARAMETER : provider.awaitDeregistered();
  }

  /**
   * Tells who is registered and what their bindings wait for: for people who look why a
   * deregistration doesn't end (OP-11).
   *
   * @return a line for each registration, oldest first, and one for each of its bindings
   */
  public String describe() {
    StringBuilder text = new StringBuilder();
    for (Registration registration : table.snapshot()) {
      text.append(registration).append('\n');
      for (Binding binding : registration.bindings()) {
        text.append("  ").append(binding).append('\n');
      }
    }
    return text.toString();
  }

  private static void requireMayWait(String what) {
    DispatchLevel.requirePassive(what);
    ModuleCall.requireOutside(what);
  }

  private @Nullable ClientRegistration client(@Nullable NmrHandle handle) {
    return handle instanceof ClientRegistration client && client.table() == table ? client : null;
  }

  private @Nullable ProviderRegistration provider(@Nullable NmrHandle handle) {
    return handle instanceof ProviderRegistration provider && provider.table() == table
        ? provider
        : null;
  }

  private Binding own(@Nullable NmrBindingHandle handle) {
    if (handle instanceof Binding binding && binding.belongsTo(table)) {
      return binding;
    }
    throw new IllegalStateException("not a binding of this registrar: " + handle);
  }

  /** Makes the registrar of the process when it is first asked for. */
  private static final class Default {
    static final NetworkModuleRegistrar REGISTRAR = new NetworkModuleRegistrar();
  }
}
