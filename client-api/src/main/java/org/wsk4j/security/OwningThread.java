package org.wsk4j.security;

import java.security.Principal;
import java.util.Set;

/**
 * The thread on whose behalf a socket is made or a name is asked for (PETHREAD), as far as security
 * is concerned. A thread that impersonates somebody takes the place of its process (SEC-30).
 */
@FunctionalInterface
public interface OwningThread {
  /** {@return whom the thread impersonates now; empty if it does not, and its process counts} */
  Set<Principal> impersonated();

  /**
   * Makes a thread that impersonates somebody.
   *
   * @param principals whom; none for a thread that does not impersonate
   * @return the thread
   */
  static OwningThread impersonating(Principal... principals) {
    Set<Principal> identity = Set.of(principals);
    return () -> identity;
  }
}
