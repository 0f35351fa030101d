/**
 * Runs servers side by side and compares them: {@code ./wsk4j bench}.
 *
 * <p>Every server of {@link org.wsk4j.benchmarks.run.ServerKind} is a process of its own. For each
 * {@link org.wsk4j.benchmarks.run.Work} all servers are started; then, round by round, each of them
 * is driven for some time by a load generator in C ({@link org.wsk4j.benchmarks.run.Load}). Rounds
 * interleave the servers, so what changes on the machine meanwhile meets all of them, and ratios
 * are taken within a round. {@link org.wsk4j.benchmarks.run.Comparison} makes figures of that, and
 * {@link org.wsk4j.benchmarks.run.TextReport}, {@link org.wsk4j.benchmarks.run.JsonReport} and
 * {@link org.wsk4j.benchmarks.run.Charts} show them.
 *
 * <p>Threads: one, which starts processes and waits for them.
 */
@NullMarked
package org.wsk4j.benchmarks.run;

import org.jspecify.annotations.NullMarked;
