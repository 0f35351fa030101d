package org.wsk4j.provider.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The multicast groups of a datagram channel of the JDK, which gives a key for each. */
final class NioGroups {
  private final DatagramChannel channel;
  private final Map<GroupMembership, MembershipKey> keys = new HashMap<>();

  NioGroups(DatagramChannel channel) {
    this.channel = channel;
  }

  void change(GroupChange change, GroupMembership membership) throws IOException {
    InetAddress source = membership.source();
    GroupMembership whole =
        new GroupMembership(membership.group(), membership.interfaceIndex(), null);
    switch (change) {
      case JOIN -> keys.put(whole, channel.join(whole.group(), byIndex(whole)));
      case JOIN_SOURCE -> keys.put(membership, channel.join(whole.group(), byIndex(whole), source));
      case LEAVE -> leave(whole);
      case LEAVE_SOURCE -> drop(keys.remove(membership));
      case BLOCK -> key(whole).block(source);
      case UNBLOCK -> key(whole).unblock(source);
      default -> throw new IllegalArgumentException(change.toString());
    }
  }

  /** With all senders that were joined one by one. */
  private void leave(GroupMembership whole) {
    keys.entrySet()
        .removeIf(
            entry -> {
              GroupMembership each = entry.getKey();
              boolean left =
                  each.group().equals(whole.group())
                      && each.interfaceIndex() == whole.interfaceIndex();
              if (left) {
                entry.getValue().drop();
              }
              return left;
            });
  }

  private static void drop(@Nullable MembershipKey key) {
    if (key != null) {
      key.drop();
    }
  }

  private MembershipKey key(GroupMembership whole) throws IOException {
    MembershipKey key = keys.get(whole);
    if (key == null) {
      throw new IOException("not joined: " + whole);
    }
    return key;
  }

  private static NetworkInterface byIndex(GroupMembership whole) throws IOException {
    return byIndex(whole.interfaceIndex());
  }

  private static NetworkInterface byIndex(int index) throws IOException {
    NetworkInterface found = NetworkInterface.getByIndex(index);
    if (found == null) {
      throw new IOException("no interface " + index);
    }
    return found;
  }

  // ---- By which interface multicasts leave

  /** The JDK cannot leave it to the routes again, so another interface stands in for them. */
  void setInterface(int index) throws IOException {
    NetworkInterface before = channel.getOption(StandardSocketOptions.IP_MULTICAST_IF);
    NetworkInterface wanted = index != 0 ? byIndex(index) : before != null ? usual() : null;
    if (wanted != null && !wanted.equals(before)) {
      channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, wanted);
    }
  }

  private static @Nullable NetworkInterface usual() throws IOException {
    for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      if (one.isUp() && one.supportsMulticast() && !one.isLoopback()) {
        return one;
      }
    }
    return null;
  }
}
