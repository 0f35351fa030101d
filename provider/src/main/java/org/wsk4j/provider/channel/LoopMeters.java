package org.wsk4j.provider.channel;

import org.wsk4j.provider.stats.LoopCounters;
import org.wsk4j.provider.stats.ProviderStatistics;

/**
 * Where the network end of a socket counts what it does.
 *
 * @param statistics what all loops share
 * @param counters what belongs to the socket's loop; written there only
 */
record LoopMeters(ProviderStatistics statistics, LoopCounters counters) {}
