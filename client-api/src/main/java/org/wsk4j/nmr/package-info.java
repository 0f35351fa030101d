/**
 * The Network Module Registrar (NMR): where the two ends of an interface find each other, and part
 * again.
 *
 * <p>A <em>network programming interface</em> (NPI) has clients, which use it, and providers, which
 * offer it. Modules of both kinds register, in any order; the registrar offers each provider to
 * each client of the same NPI, once; a pair that agrees is attached and exchanges dispatch tables,
 * and from then on calls each other directly. When either side deregisters, both are told to let
 * go, may take their time, and are cleaned up after. The registrar knows nothing of sockets: apart
 * from the identifier of the NPI it passes everything through unevaluated (NMR-09).
 *
 * <ul>
 *   <li>{@link org.wsk4j.nmr.NetworkModuleRegistrar}: the functions
 *   <li>{@link org.wsk4j.nmr.NpiId}, {@link org.wsk4j.nmr.NpiModuleId}, {@link
 *       org.wsk4j.nmr.NpiRegistrationInstance}: who a module is and what it implements
 *   <li>{@link org.wsk4j.nmr.NpiClientCharacteristics} with {@link
 *       org.wsk4j.nmr.NpiClientAttachProvider}, {@link org.wsk4j.nmr.NpiClientDetachProvider},
 *       {@link org.wsk4j.nmr.NpiClientCleanupBindingContext}: a client
 *   <li>{@link org.wsk4j.nmr.NpiProviderCharacteristics} with {@link
 *       org.wsk4j.nmr.NpiProviderAttachClient}, {@link org.wsk4j.nmr.NpiProviderDetachClient},
 *       {@link org.wsk4j.nmr.NpiProviderCleanupBindingContext}: a provider
 *   <li>{@link org.wsk4j.nmr.NmrHandle}: {@link org.wsk4j.nmr.NmrClientHandle}, {@link
 *       org.wsk4j.nmr.NmrProviderHandle}, {@link org.wsk4j.nmr.NmrBindingHandle}: what the
 *       functions give out and take back
 * </ul>
 *
 * <p>Inside: {@code RegistrationTable} knows who is there; {@code Registration} and {@code Binding}
 * are the two state machines, their states and transitions stand in {@code RegistrationState},
 * {@code BindingState} and {@code HalfState}; {@code ModuleCall} is the one place where code of
 * modules runs.
 *
 * <p>Threads: all functions may be called from any thread, except that those which may wait or lead
 * to waiting are refused at dispatch level. Callbacks run on the thread of the call that caused
 * them, and never with a lock held. Locks are taken in the order table, registration; that of a
 * binding is never held together with another.
 */
@NullMarked
package org.wsk4j.nmr;

import org.jspecify.annotations.NullMarked;
