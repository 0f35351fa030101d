package org.wsk4j.security;

import java.security.Principal;
import java.util.Set;

/** A descriptor as programs make it. */
record GrantedPrincipals(Set<Principal> granted) implements SecurityDescriptor {
  static final GrantedPrincipals NOBODY = new GrantedPrincipals(Set.of());

  GrantedPrincipals {
    granted = Set.copyOf(granted);
  }
}
