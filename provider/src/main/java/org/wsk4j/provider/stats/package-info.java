/**
 * What a provider counts and records. A leaf: everything may feed it, and it knows nobody.
 *
 * <ul>
 *   <li>{@link org.wsk4j.provider.stats.ProviderStatistics}: the counters; {@link
 *       org.wsk4j.provider.stats.LoopCounters}: those of one event loop
 *   <li>{@link org.wsk4j.provider.stats.StatisticsSnapshot}: the numbers at one moment, with {@link
 *       org.wsk4j.provider.stats.Traffic} and {@link org.wsk4j.provider.stats.Flow}
 *   <li>JFR events, in the category {@code wsk4j}: {@link org.wsk4j.provider.stats.ConnectEvent},
 *       {@link org.wsk4j.provider.stats.AcceptEvent}, {@link org.wsk4j.provider.stats.CloseEvent},
 *       {@link org.wsk4j.provider.stats.DropEvent}, {@link
 *       org.wsk4j.provider.stats.SlowCallbackEvent}
 * </ul>
 *
 * <p>Threads: the counters of a loop belong to that loop; everything else may be used from any
 * thread, and nothing waits.
 */
@NullMarked
package org.wsk4j.provider.stats;

import org.jspecify.annotations.NullMarked;
