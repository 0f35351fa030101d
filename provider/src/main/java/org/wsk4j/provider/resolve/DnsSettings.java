package org.wsk4j.provider.resolve;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How name servers are asked.
 *
 * @param servers the servers, in the order in which they are asked; none for those of the system
 * @param search the domains that complete a name, the local one first; {@code null} for those of
 *     the system
 * @param timeoutMillis how long one server has for one answer, in milliseconds
 * @param attempts how often all servers are asked before a question is given up; 0 for as often as
 *     the system says
 */
public record DnsSettings(
    List<InetSocketAddress> servers,
    @Nullable List<String> search,
    int timeoutMillis,
    int attempts) {}
