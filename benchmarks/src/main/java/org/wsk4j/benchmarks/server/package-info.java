/**
 * The servers that are compared. Each runs in a process of its own, started with {@link
 * org.wsk4j.benchmarks.server.ServerMain}; each does the same work in the way that its library does
 * it best: one event loop, one answer per batch where the work allows it, no copies that the
 * library can do without.
 *
 * <ul>
 *   <li>{@link org.wsk4j.benchmarks.server.ServerWork}: what a server does with what it receives.
 *   <li>{@link org.wsk4j.benchmarks.server.PingCounter}: the one parser of the works with PING.
 *   <li>{@link org.wsk4j.benchmarks.server.WskStreams}, {@link
 *       org.wsk4j.benchmarks.server.WskDatagrams}: wsk4j.
 *   <li>{@link org.wsk4j.benchmarks.server.NettyServer}: Netty without anything on top.
 *   <li>{@link org.wsk4j.benchmarks.server.VertxServer}, {@link
 *       org.wsk4j.benchmarks.server.AsynchronousServer}, {@link
 *       org.wsk4j.benchmarks.server.ThreadServer}: other ways to write one in Java.
 * </ul>
 */
@NullMarked
package org.wsk4j.benchmarks.server;

import org.jspecify.annotations.NullMarked;
