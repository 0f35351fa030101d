package org.wsk4j.provider.control;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.GroupRequest;
import org.wsk4j.control.GroupSourceRequest;
import org.wsk4j.control.IpMreq;
import org.wsk4j.control.IpMreqSource;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Mreq;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.NativeLayout;
import org.wsk4j.control.NativeLayouts;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.InAddr;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.control.SocketOperation.Carrier;
import org.wsk4j.provider.control.SocketOperation.IrpUse;
import org.wsk4j.provider.control.SocketOperation.When;
import org.wsk4j.provider.transport.GroupChange;
import org.wsk4j.provider.transport.GroupMembership;
import org.wsk4j.provider.transport.SystemOption;
import org.wsk4j.provider.transport.TransportFeature;

/**
 * The options of multicast that are no plain numbers: joining and leaving groups, from which
 * interface, and whether the groups of this machine are heard (OPT-84 to OPT-94).
 */
final class MulticastOperations {
  static final List<SocketOperation> ALL =
      Stream.of(memberships(), levelIndependent(), others()).flatMap(List::stream).toList();

  private MulticastOperations() {}

  /**
   * What a request names: the group, perhaps a sender, and the interface by its address or else by
   * its index.
   */
  private record Wish(
      InetAddress group, @Nullable InetAddress source, @Nullable Inet4Address at, int index) {

    /** An address in 0.0.0.0/8 is an index in network order. */
    static Wish of(Inet4Address group, @Nullable Inet4Address source, Inet4Address at) {
      int index = indexIn(at);
      return new Wish(group, source, index < 0 ? at : null, Math.max(0, index));
    }

    static Wish of(int index, InetAddress group, @Nullable InetAddress source) {
      return new Wish(group, source, null, index);
    }
  }

  private static List<SocketOperation> memberships() {
    return List.of(
        whole(IpOptions.ADD_MEMBERSHIP, GroupChange.JOIN),
        whole(IpOptions.DROP_MEMBERSHIP, GroupChange.LEAVE),
        source(IpOptions.ADD_SOURCE_MEMBERSHIP, GroupChange.JOIN_SOURCE),
        source(IpOptions.DROP_SOURCE_MEMBERSHIP, GroupChange.LEAVE_SOURCE),
        source(IpOptions.BLOCK_SOURCE, GroupChange.BLOCK),
        source(IpOptions.UNBLOCK_SOURCE, GroupChange.UNBLOCK),
        whole6(Ipv6Options.ADD_MEMBERSHIP, GroupChange.JOIN),
        whole6(Ipv6Options.DROP_MEMBERSHIP, GroupChange.LEAVE));
  }

  /** Each is there at the levels of both families, and takes addresses of the one it is at. */
  private static List<SocketOperation> levelIndependent() {
    return List.of(
        group(IpOptions.MCAST_JOIN_GROUP, GroupChange.JOIN, true),
        group(IpOptions.MCAST_LEAVE_GROUP, GroupChange.LEAVE, true),
        groupSource(IpOptions.MCAST_BLOCK_SOURCE, GroupChange.BLOCK, true),
        groupSource(IpOptions.MCAST_UNBLOCK_SOURCE, GroupChange.UNBLOCK, true),
        groupSource(IpOptions.MCAST_JOIN_SOURCE_GROUP, GroupChange.JOIN_SOURCE, true),
        groupSource(IpOptions.MCAST_LEAVE_SOURCE_GROUP, GroupChange.LEAVE_SOURCE, true),
        group(Ipv6Options.MCAST_JOIN_GROUP, GroupChange.JOIN, false),
        group(Ipv6Options.MCAST_LEAVE_GROUP, GroupChange.LEAVE, false),
        groupSource(Ipv6Options.MCAST_BLOCK_SOURCE, GroupChange.BLOCK, false),
        groupSource(Ipv6Options.MCAST_UNBLOCK_SOURCE, GroupChange.UNBLOCK, false),
        groupSource(Ipv6Options.MCAST_JOIN_SOURCE_GROUP, GroupChange.JOIN_SOURCE, false),
        groupSource(Ipv6Options.MCAST_LEAVE_SOURCE_GROUP, GroupChange.LEAVE_SOURCE, false));
  }

  private static List<SocketOperation> others() {
    return Stream.of(
            List.of(setInterface(), getInterface()),
            loop(
                IpOptions.MULTICAST_LOOP,
                SocketOptions::setMulticastLoop,
                SocketOptions::multicastLoop),
            loop(
                Ipv6Options.MULTICAST_LOOP,
                SocketOptions::setMulticastLoop6,
                SocketOptions::multicastLoop6))
        .flatMap(List::stream)
        .toList();
  }

  // ---- The shapes of requests

  private static SocketOperation whole(WskControlKey<IpMreq, Void> key, GroupChange change) {
    return row(
        key,
        change,
        NativeLayouts.IP_MREQ,
        IpMreq.class,
        asked -> Wish.of(asked.group(), null, asked.interfaceAddress()));
  }

  private static SocketOperation source(WskControlKey<IpMreqSource, Void> key, GroupChange change) {
    return row(
        key,
        change,
        NativeLayouts.IP_MREQ_SOURCE,
        IpMreqSource.class,
        asked -> Wish.of(asked.group(), asked.source(), asked.interfaceAddress()));
  }

  private static SocketOperation whole6(WskControlKey<Ipv6Mreq, Void> key, GroupChange change) {
    return row(
        key,
        change,
        NativeLayouts.IPV6_MREQ,
        Ipv6Mreq.class,
        asked -> Wish.of(asked.interfaceIndex(), asked.group(), null));
  }

  private static SocketOperation group(
      WskControlKey<GroupRequest, Void> key, GroupChange change, boolean v4) {
    return row(
        key,
        change,
        NativeLayouts.GROUP_REQ,
        GroupRequest.class,
        asked -> {
          InetAddress group = of(v4, asked.group());
          return group != null ? Wish.of(asked.interfaceIndex(), group, null) : null;
        });
  }

  private static SocketOperation groupSource(
      WskControlKey<GroupSourceRequest, Void> key, GroupChange change, boolean v4) {
    return row(
        key,
        change,
        NativeLayouts.GROUP_SOURCE_REQ,
        GroupSourceRequest.class,
        asked -> {
          InetAddress group = of(v4, asked.group());
          InetAddress source = of(v4, asked.source());
          return group != null && source != null
              ? Wish.of(asked.interfaceIndex(), group, source)
              : null;
        });
  }

  /** An address of the family of the level. */
  private static @Nullable InetAddress of(boolean v4, SocketAddress address) {
    InetAddress plain = address instanceof InetSocketAddress inet ? inet.getAddress() : null;
    Class<?> family = v4 ? Inet4Address.class : Inet6Address.class;
    return family.isInstance(plain) ? plain : null;
  }

  private static <T> SocketOperation row(
      WskControlKey<T, Void> key,
      GroupChange change,
      NativeLayout<T> layout,
      Class<T> type,
      Function<T, @Nullable Wish> reader) {
    return new SocketOperation(
        WskControlSocketType.SET_OPTION,
        key,
        DatagramOperations.DATAGRAM,
        Carrier.DATAGRAMS,
        IrpUse.REQUIRED,
        When.ALWAYS,
        (target, call) -> {
          T value = call.input(layout, type);
          return perform(target, call, change, value != null ? reader.apply(value) : null);
        });
  }

  // ---- Memberships

  private static NtStatus perform(
      ControlTarget target, ControlCall call, GroupChange change, @Nullable Wish wish) {
    Irp irp = call.irp();
    if (!target.can(TransportFeature.MULTICAST)) {
      return call.answer(NtStatus.NOT_SUPPORTED);
    }
    if (irp == null || wish == null || !wish.group.isMulticastAddress()) {
      return call.answer(NtStatus.INVALID_PARAMETER);
    }
    int index = find(wish, change);
    if (index < 0) {
      boolean byAddress = wish.at != null;
      return call.answer(
          byAddress ? NtStatus.INVALID_ADDRESS_COMPONENT : NtStatus.INVALID_PARAMETER);
    }
    GroupMembership membership = new GroupMembership(wish.group, index, wish.source);
    return target.onLoop(
        irp,
        pended -> IoctlOperations.finish(irp, pended, target.changeGroups(change, membership), 0));
  }

  /**
   * {@return the index of the interface, or a negative number if there is none such} Where none is
   * named, a join takes the usual one, and all else the one where the group was joined: 0.
   */
  private static int find(Wish wish, GroupChange change) {
    int index = find(LocalInterfaces.known(), wish, change);
    // What is not known may have come a moment ago.
    return index >= 0 ? index : find(LocalInterfaces.ask(), wish, change);
  }

  private static int find(LocalInterfaces there, Wish wish, GroupChange change) {
    if (wish.at != null) {
      return positive(there.indexOf(wish.at));
    }
    if (wish.index != 0) {
      return there.have(wish.index) ? wish.index : -1;
    }
    return change.isJoin() ? positive(there.forGroup(wish.group)) : 0;
  }

  private static int positive(int index) {
    return index > 0 ? index : -1;
  }

  // ---- The interface of what is sent

  private static int indexIn(Inet4Address address) {
    int number = InAddr.toNumber(address);
    return number >>> 24 == 0 ? number : -1;
  }

  private static SocketOperation setInterface() {
    return new SocketOperation(
        WskControlSocketType.SET_OPTION,
        IpOptions.MULTICAST_IF,
        IpOperations.DATAGRAM_OR_BASIC,
        Carrier.DATAGRAMS,
        IrpUse.REQUIRED,
        When.ALWAYS,
        (target, call) ->
            call.answer(
                setInterface(target, call.input(NativeLayouts.IN_ADDR, Inet4Address.class))));
  }

  private static NtStatus setInterface(ControlTarget target, @Nullable Inet4Address asked) {
    if (asked == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    int index = indexIn(asked);
    if (index >= 0) {
      return IpOperations.setInterface(target, SystemOption.GROUP_INTERFACE, index);
    }
    int known = LocalInterfaces.known().indexOf(asked);
    int found = known != 0 ? known : LocalInterfaces.ask().indexOf(asked);
    return found == 0
        ? NtStatus.INVALID_ADDRESS_COMPONENT
        : IpOperations.setInterface(target, SystemOption.GROUP_INTERFACE, found);
  }

  private static SocketOperation getInterface() {
    return Rows.get(
        IpOptions.MULTICAST_IF,
        IpOperations.DATAGRAM_OR_BASIC,
        Carrier.DATAGRAMS,
        target -> target.options().system(SystemOption.GROUP_INTERFACE));
  }

  // ---- The groups of this machine

  /**
   * It decides what the socket hears, not what it sends (OPT-85). What is heard can only be told
   * apart where the destination of datagrams is visible.
   */
  private static List<SocketOperation> loop(
      WskControlKey<Integer, Integer> key,
      BiConsumer<SocketOptions, Boolean> set,
      Function<SocketOptions, Boolean> get) {
    return List.of(
        Rows.set(
            key,
            IpOperations.DATAGRAM_OR_BASIC,
            Carrier.DATAGRAMS,
            When.ALWAYS,
            (target, value) -> {
              if (value == 0 && !target.can(TransportFeature.DESTINATION)) {
                return NtStatus.NOT_SUPPORTED;
              }
              set.accept(target.options(), value != 0);
              LocalInterfaces.recent(target.changes());
              return NtStatus.SUCCESS;
            }),
        Rows.get(
            key,
            IpOperations.DATAGRAM_OR_BASIC,
            Carrier.DATAGRAMS,
            target -> get.apply(target.options()) ? 1 : 0));
  }
}
