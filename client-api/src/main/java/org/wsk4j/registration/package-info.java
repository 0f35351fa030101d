/**
 * The registration service: how a program and a provider of WSK find each other, and part again.
 *
 * <ul>
 *   <li>{@link org.wsk4j.registration.WskRegistration}: the registration block with the five
 *       functions register, capture, release, query and deregister
 * </ul>
 *
 * <p>Inside: {@code RegistrationState} is the life cycle of the block. {@code RegisteredClient} is
 * one registration, from register to deregister: the client that the registrar knows, and the count
 * of captures. {@code ProviderList} holds what it knows of providers, each attached one being a
 * {@code ProviderBinding}. What a program captures is a {@code GuardedProviderDispatch}, which
 * keeps the provider until the last call has returned and refuses calls after the release. {@code
 * ChangeMonitor} is the lock, and the one place that waits.
 *
 * <p>Threads: every function may be called from any thread. Register, deregister and a capture with
 * a timeout may wait and are refused at dispatch level; all else never blocks. No lock is held
 * while the registrar, a provider or the program is called.
 */
@NullMarked
package org.wsk4j.registration;

import org.jspecify.annotations.NullMarked;
