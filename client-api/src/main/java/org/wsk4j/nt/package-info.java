/**
 * The ground that all else stands on: statuses, output places, and who may wait.
 *
 * <ul>
 *   <li>{@link org.wsk4j.nt.NtStatus}: the outcome of calls and requests
 *   <li>{@link org.wsk4j.nt.Out}, {@link org.wsk4j.nt.LongOut}: places for results
 *   <li>{@link org.wsk4j.nt.DispatchLevel}: is this thread forbidden to wait
 * </ul>
 *
 * <p>Threads: statuses are immutable; output places belong to their caller; the dispatch level
 * belongs to its thread.
 */
@NullMarked
package org.wsk4j.nt;

import org.jspecify.annotations.NullMarked;
