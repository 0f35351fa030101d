package org.wsk4j.security;

import java.security.Principal;
import java.util.Set;

/**
 * The process on whose behalf a socket is made or a name is asked for (PEPROCESS), as far as
 * security is concerned: its principals.
 *
 * <p>A provider asks for the principals once, when the socket is made, and keeps them: a process
 * that changes its identity afterwards does not change its sockets (SEC-31).
 */
@FunctionalInterface
public interface OwningProcess {
  /** {@return who the process is now} */
  Set<Principal> principals();

  /** {@return this process: its principal is the account that it runs under} */
  static OwningProcess current() {
    return CurrentProcess.INSTANCE;
  }

  /**
   * Makes a process with an identity of its own, for a server that makes sockets for others.
   *
   * @param principals who it is
   * @return the process
   */
  static OwningProcess of(Principal... principals) {
    Set<Principal> identity = Set.of(principals);
    return () -> identity;
  }
}
