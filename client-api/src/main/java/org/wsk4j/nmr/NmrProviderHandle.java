package org.wsk4j.nmr;

/**
 * A registered provider, from {@link NetworkModuleRegistrar#registerProvider} until a wait for the
 * end of its deregistration has returned.
 */
public sealed interface NmrProviderHandle extends NmrHandle permits ProviderRegistration {}
