/**
 * The interface between a program and a provider as a whole: the WSK NPI.
 *
 * <ul>
 *   <li>the program's side: {@link org.wsk4j.client.WskClientNpi}, {@link
 *       org.wsk4j.client.WskClientDispatch}, {@link org.wsk4j.client.WskClientEvent}
 *   <li>the provider's side: {@link org.wsk4j.client.WskProviderNpi}, {@link
 *       org.wsk4j.client.WskClient}, {@link org.wsk4j.client.WskProviderDispatch}, {@link
 *       org.wsk4j.client.WskProviderCharacteristics}
 *   <li>{@link org.wsk4j.client.WskVersion}: versions
 * </ul>
 *
 * <p>Threads: tables and records are immutable; the functions may be called from any thread and
 * never block.
 */
@NullMarked
package org.wsk4j.client;

import org.jspecify.annotations.NullMarked;
