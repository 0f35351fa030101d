package org.wsk4j.provider.transport;

import java.time.Duration;
import java.util.List;

/**
 * How the shutdown of event loops went.
 *
 * @param drained whether all loops ended; otherwise the deadline cut the wait off
 * @param stillRunning the names of the threads that had not ended by then; they end when what holds
 *     them lets go, and do not keep the process alive
 * @param took how long the shutdown took
 */
public record ShutdownResult(boolean drained, List<String> stillRunning, Duration took) {}
