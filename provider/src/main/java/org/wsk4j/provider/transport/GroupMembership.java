package org.wsk4j.provider.transport;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A multicast group as one interface hears it.
 *
 * @param group its address
 * @param interfaceIndex the interface; 0 stands for the one where it was joined
 * @param source the sender that a change concerns, of the family of the group, or {@code null}
 */
public record GroupMembership(
    InetAddress group, int interfaceIndex, @Nullable InetAddress source) {}
