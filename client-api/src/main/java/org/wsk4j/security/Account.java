package org.wsk4j.security;

import java.security.Principal;

/**
 * A principal that is an account of the system.
 *
 * @param name the account's name
 */
public record Account(String name) implements Principal {
  @Override
  public String getName() {
    return name;
  }
}
