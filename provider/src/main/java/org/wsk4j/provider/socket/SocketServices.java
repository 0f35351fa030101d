package org.wsk4j.provider.socket;

import org.wsk4j.provider.channel.Channels;
import org.wsk4j.provider.stats.ProviderStatistics;

/**
 * What all sockets of a provider share.
 *
 * @param channels makes their network ends
 * @param statistics counts what they do
 */
public record SocketServices(Channels channels, ProviderStatistics statistics) {}
