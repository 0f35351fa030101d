package org.wsk4j.nmr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is registered. Additions and removals are totally ordered by the lock, which is what makes
 * every pair meet exactly once: the one that is added later finds the earlier one (NMR-04, NMR-06).
 */
final class RegistrationTable {
  /** All modules of one side of one interface. */
  private record Room(NpiId npiId, Side side) {}

  private final int limit;

  /** Protects the members below. */
  private final Object lock = new Object();

  /** Those that are offered peers, the oldest first; no room is empty. */
  private final Map<Room, Set<Registration>> rooms = new HashMap<>();

  /** All, those included whose deregistration isn't complete. */
  private final Set<Registration> all = new LinkedHashSet<>();

  RegistrationTable(int limit) {
    this.limit = limit;
  }

  /**
   * Lists a registration and pairs it with its peers.
   *
   * @param added the registration
   * @param handOut gives its handle away, before anybody can meet it (OP-16); under the lock, so
   *     that a deregistration with that handle comes after the addition
   * @return the pairs, oldest peer first; {@code null} if the table is full and nothing was done
   */
  @Nullable List<Binding> add(Registration added, Runnable handOut) {
    synchronized (lock) {
      if (all.size() >= limit) {
        return null;
      }
      handOut.run();
      all.add(added);
      rooms.computeIfAbsent(roomOf(added), room -> new LinkedHashSet<>()).add(added);
      List<Binding> offers = new ArrayList<>();
      for (Registration peer : rooms.getOrDefault(roomOpposite(added), Set.of())) {
        offers.add(pair(added, peer));
      }
      return offers;
    }
  }

  private static Binding pair(Registration added, Registration peer) {
    Registration client = added.side() == Side.CLIENT ? added : peer;
    Registration provider = added.side() == Side.CLIENT ? peer : added;
    Binding binding = new Binding((ClientRegistration) client, (ProviderRegistration) provider);
    client.link(binding);
    provider.link(binding);
    return binding;
  }

  /** Takes a registration out of its room: it meets nobody any more. */
  void remove(Registration removed) {
    synchronized (lock) {
      Set<Registration> room = rooms.get(roomOf(removed));
      if (room != null && room.remove(removed) && room.isEmpty()) {
        rooms.remove(roomOf(removed));
      }
    }
  }

  /** Forgets a registration whose deregistration is complete. */
  void forget(Registration gone) {
    synchronized (lock) {
      all.remove(gone);
    }
  }

  /** {@return all registrations, oldest first} */
  List<Registration> snapshot() {
    synchronized (lock) {
      return new ArrayList<>(all);
    }
  }

  private static Room roomOf(Registration module) {
    return new Room(module.npiId(), module.side());
  }

  private static Room roomOpposite(Registration module) {
    return new Room(module.npiId(), module.side().other());
  }
}
