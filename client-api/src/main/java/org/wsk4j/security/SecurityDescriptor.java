package org.wsk4j.security;

import java.security.Principal;
import java.util.Set;

/**
 * Says who may bind to an address that a socket holds already (SECURITY_DESCRIPTOR): a set of
 * principals. It matters when a later socket binds, and never blocks sending, receiving or
 * connecting (SEC-23).
 *
 * <p>A program makes one with {@link #granting} and hands it to WSK_CACHE_SD. What comes back is a
 * {@link CachedSecurityDescriptor}: a copy that the provider keeps, and the only kind that sockets
 * accept (SEC-10). Instances made here are immutable.
 */
public interface SecurityDescriptor {
  /** {@return the principals who are granted access} */
  Set<Principal> granted();

  /**
   * Makes a descriptor that grants nobody: what a socket without a descriptor of its own has.
   *
   * @return the descriptor, not cached
   */
  static SecurityDescriptor grantingNobody() {
    return GrantedPrincipals.NOBODY;
  }

  /**
   * Makes a descriptor.
   *
   * @param principals who are granted access
   * @return the descriptor, not cached
   */
  static SecurityDescriptor granting(Principal... principals) {
    return new GrantedPrincipals(Set.of(principals));
  }

  /**
   * Makes a descriptor.
   *
   * @param principals who are granted access; the set is copied
   * @return the descriptor, not cached
   */
  static SecurityDescriptor granting(Set<? extends Principal> principals) {
    return new GrantedPrincipals(Set.copyOf(principals));
  }

  /**
   * Tells whether somebody is granted access.
   *
   * @param context who asks
   * @return whether at least one of its principals is granted
   */
  default boolean grants(SecurityContext context) {
    Set<Principal> granted = granted();
    return context.principals().stream().anyMatch(granted::contains);
  }
}
