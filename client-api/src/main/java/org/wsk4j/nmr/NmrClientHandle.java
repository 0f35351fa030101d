package org.wsk4j.nmr;

/**
 * A registered client, from {@link NetworkModuleRegistrar#registerClient} until a wait for the end
 * of its deregistration has returned.
 */
public sealed interface NmrClientHandle extends NmrHandle permits ClientRegistration {}
