package org.wsk4j.security;

import java.security.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: the principals of a process and thread at one moment. A socket keeps the one of the
 * moment of its creation, and is judged by it when it binds (SEC-29, SEC-31).
 *
 * @param principals the principals
 */
public record SecurityContext(Set<Principal> principals) {
  /**
   * Copies the set.
   *
   * @param principals the principals
   */
  public SecurityContext {
    principals = Set.copyOf(principals);
  }

  /**
   * Takes the context of a process and a thread as it is now.
   *
   * @param process the process, or {@code null} for this one
   * @param thread the thread, or {@code null}; one that impersonates somebody counts instead of the
   *     process (SEC-30)
   * @return the context
   */
  public static SecurityContext of(@Nullable OwningProcess process, @Nullable OwningThread thread) {
    Set<Principal> impersonated = thread == null ? Set.of() : thread.impersonated();
    if (!impersonated.isEmpty()) {
      return new SecurityContext(impersonated);
    }
    return new SecurityContext((process == null ? OwningProcess.current() : process).principals());
  }
}
