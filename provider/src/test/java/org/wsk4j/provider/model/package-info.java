/**
 * A model of the contract of connections, held against whole sockets: random calls, network events
 * and cancellations on many real loopback connections at once.
 *
 * <p>How to read it, from the top:
 *
 * <ul>
 *   <li>{@link org.wsk4j.provider.model.WholeSocketModelTest}: the test, on each transport
 *   <li>{@link org.wsk4j.provider.model.ModelRun}: runs episodes in batches until there were enough
 *       operations; {@link org.wsk4j.provider.model.Failure} replays one that went wrong, shorter
 *       and shorter
 *   <li>{@link org.wsk4j.provider.model.Episode}: the life of one connection, or of one listener;
 *       {@link org.wsk4j.provider.model.ConnectionEpisode}, {@link
 *       org.wsk4j.provider.model.ListenerEpisode}
 *   <li>{@link org.wsk4j.provider.model.Operation}: what can be done at an end of a connection;
 *       {@link org.wsk4j.provider.model.WskEnd} and {@link org.wsk4j.provider.model.PlainEnd} are
 *       the ends
 *   <li>{@link org.wsk4j.provider.model.SocketModel}: what is known of a socket, and hence which
 *       statuses the contract allows
 *   <li>{@link org.wsk4j.provider.model.ByteStream}: one direction of a connection, each byte of
 *       which is checked; {@link org.wsk4j.provider.model.Request}: one IRP, which completes once;
 *       {@link org.wsk4j.provider.model.EventWatch}: when callbacks may come; {@link
 *       org.wsk4j.provider.model.Retained}: data that is kept
 *   <li>{@link org.wsk4j.provider.model.Dice}: the decisions; {@link
 *       org.wsk4j.provider.model.Journal}: what has happened in an episode
 * </ul>
 *
 * <p>Threads: one thread drives all episodes of a run and is the foreign end of their connections;
 * a second one, {@link org.wsk4j.provider.model.Elsewhere}, makes some of the calls; callbacks and
 * completion routines run on the event loops and make calls, too.
 */
@NullMarked
package org.wsk4j.provider.model;

import org.jspecify.annotations.NullMarked;
