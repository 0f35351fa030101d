package org.wsk4j.provider.core;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.transport.GroupChange;
import org.wsk4j.provider.transport.GroupMembership;

/**
 * The multicast groups that a socket has joined. A change is judged here before the system is asked
 * for it, so that all systems give the same answers, and noted when it was made.
 *
 * <p>A group is joined as a whole, and then senders of it may be blocked; or one sender after the
 * other is joined. Each interface counts by itself.
 *
 * <p>Threads: owned by the event loop of the socket.
 */
public final class Memberships {
  /** Oldest first. */
  private final Map<Place, Senders> joined = new LinkedHashMap<>();

  /** Makes an empty book. */
  public Memberships() {}

  /** A group on one interface. */
  private record Place(InetAddress group, int interfaceIndex) {
    static Place of(GroupMembership membership) {
      return new Place(membership.group(), membership.interfaceIndex());
    }

    GroupMembership with(InetAddress source) {
      return new GroupMembership(group, interfaceIndex, source);
    }
  }

  /** Whom a membership hears: all but those listed, or those listed alone. */
  private record Senders(boolean all, Set<InetAddress> listed) {}

  /** A change and what it is about. */
  public record Step(GroupChange change, GroupMembership membership) {}

  /**
   * Finds the interface where a change is to be made that names none.
   *
   * @param membership what the change is about
   * @return the same with the interface where the group was joined first, if it was
   */
  public GroupMembership located(GroupMembership membership) {
    if (membership.interfaceIndex() != 0) {
      return membership;
    }
    for (Place place : joined.keySet()) {
      if (place.group.equals(membership.group())) {
        return new GroupMembership(place.group, place.interfaceIndex, membership.source());
      }
    }
    return membership;
  }

  /**
   * Judges a change (OPT-93).
   *
   * @param change what is to be done
   * @param membership the group, and the sender where the change needs one
   * @return SUCCESS; ADDRESS_ALREADY_EXISTS for what is joined already; INVALID_ADDRESS_COMPONENT
   *     for what is not joined, blocked already or not blocked; INVALID_PARAMETER where a group
   *     that was joined as a whole and one of single senders are taken for each other
   */
  public NtStatus judge(GroupChange change, GroupMembership membership) {
    Senders senders = joined.get(Place.of(membership));
    if (senders == null) {
      return change.isJoin() ? NtStatus.SUCCESS : NtStatus.INVALID_ADDRESS_COMPONENT;
    }
    if (!change.needsSource()) {
      return change.isJoin() ? NtStatus.ADDRESS_ALREADY_EXISTS : NtStatus.SUCCESS;
    }
    boolean ofWhole = change == GroupChange.BLOCK || change == GroupChange.UNBLOCK;
    if (ofWhole != senders.all) {
      return NtStatus.INVALID_PARAMETER;
    }
    boolean listed = senders.listed.contains(membership.source());
    if (listed != adds(change)) {
      return NtStatus.SUCCESS;
    }
    return change.isJoin() ? NtStatus.ADDRESS_ALREADY_EXISTS : NtStatus.INVALID_ADDRESS_COMPONENT;
  }

  private static boolean adds(GroupChange change) {
    return change == GroupChange.JOIN_SOURCE || change == GroupChange.BLOCK;
  }

  /**
   * Notes a change that was judged and made.
   *
   * @param change what was done
   * @param membership the group, and the sender where the change needs one
   */
  public void made(GroupChange change, GroupMembership membership) {
    Place place = Place.of(membership);
    switch (change) {
      case JOIN -> joined.put(place, new Senders(true, new HashSet<>()));
      case LEAVE -> joined.remove(place);
      default -> list(place, change, membership);
    }
  }

  private void list(Place place, GroupChange change, GroupMembership membership) {
    InetAddress source = membership.source();
    Senders senders = joined.computeIfAbsent(place, any -> new Senders(false, new HashSet<>()));
    if (source != null && adds(change)) {
      senders.listed.add(source);
    } else {
      senders.listed.remove(source);
    }
    if (!senders.all && senders.listed.isEmpty()) {
      joined.remove(place);
    }
  }

  /** {@return the changes that make all this of a new socket of the system} */
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    joined.forEach(
        (place, senders) -> {
          if (senders.all) {
            GroupMembership whole = new GroupMembership(place.group, place.interfaceIndex, null);
            steps.add(new Step(GroupChange.JOIN, whole));
          }
          GroupChange each = senders.all ? GroupChange.BLOCK : GroupChange.JOIN_SOURCE;
          senders.listed.forEach(source -> steps.add(new Step(each, place.with(source))));
        });
    return steps;
  }
}
