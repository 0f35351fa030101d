package org.wsk4j.provider.control;

import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wsk4j.security.CachedSecurityDescriptor;
import org.wsk4j.security.SecurityDescriptor;

/**
 * The security descriptors that one client has cached (WSK_CACHE_SD). Equal ones are one object,
 * which counts how often it was given out; as often it has to be released (SEC-08).
 *
 * <p>What was released altogether is of no use any more, also if an equal descriptor is cached
 * again. Sockets that were given it keep it nevertheless (SEC-12).
 *
 * <p>Threads: any.
 */
public final class DescriptorCache {
  /** Those that are held, by whom they grant. Guarded by this. */
  private final Map<Set<Principal>, Cached> held = new HashMap<>();

  /** Makes an empty cache. */
  public DescriptorCache() {}

  private static final class Cached implements CachedSecurityDescriptor {
    private final Set<Principal> granted;

    /** How often it was given out and not released. Guarded by the cache. */
    private long references;

    Cached(Set<Principal> granted) {
      this.granted = granted;
    }

    @Override
    public Set<Principal> granted() {
      return granted;
    }

    @Override
    public String toString() {
      return "cached descriptor granting " + granted;
    }
  }

  /**
   * Gives out a copy of a descriptor, which has to be released.
   *
   * @param descriptor any descriptor; it is read during the call only
   * @return the copy
   */
  public CachedSecurityDescriptor acquire(SecurityDescriptor descriptor) {
    Set<Principal> granted = Set.copyOf(descriptor.granted());
    synchronized (this) {
      Cached cached = held.computeIfAbsent(granted, Cached::new);
      cached.references++;
      return cached;
    }
  }

  /**
   * Takes one reference back.
   *
   * @param descriptor what was given out
   * @return whether it was, and not taken back as often before
   */
  public synchronized boolean release(@Nullable Object descriptor) {
    if (!(descriptor instanceof Cached cached) || !isHeld(cached)) {
      return false;
    }
    cached.references--;
    if (cached.references == 0) {
      held.remove(cached.granted);
    }
    return true;
  }

  /**
   * Tells whether a descriptor may be given to a socket.
   *
   * @param descriptor the descriptor, or {@code null} for none
   * @return whether it is none, or one that is held here
   */
  public synchronized boolean isUsable(@Nullable SecurityDescriptor descriptor) {
    return descriptor == null || descriptor instanceof Cached cached && isHeld(cached);
  }

  private boolean isHeld(Cached cached) {
    return held.get(cached.granted) == cached;
  }
}
