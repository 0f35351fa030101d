/**
 * What tests of the provider share.
 *
 * <ul>
 *   <li>{@link org.wsk4j.provider.testing.EachTransport}, {@link
 *       org.wsk4j.provider.testing.EachTransportAndFamily}: run a test on every transport
 *   <li>{@link org.wsk4j.provider.testing.TransportMatrix}: which transports those are, and the
 *       event loops that tests share
 *   <li>{@link org.wsk4j.provider.testing.SharedLoops}: that the threads of those loops may stay
 *   <li>{@link org.wsk4j.provider.testing.ChildJvm}: runs a class in a process of its own
 *   <li>{@link org.wsk4j.provider.testing.NetworkNamespace}: interfaces and routes of a test's own
 *   <li>{@link org.wsk4j.provider.testing.ForeignProgram}: a program of the system to talk to
 * </ul>
 */
@NullMarked
package org.wsk4j.provider.testing;

import org.jspecify.annotations.NullMarked;
