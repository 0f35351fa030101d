package org.wsk4j.security;

import java.security.Principal;
import java.util.Set;

/** This process. */
final class CurrentProcess implements OwningProcess {
  static final CurrentProcess INSTANCE = new CurrentProcess();

  private final Set<Principal> principals = Set.of(new Account(accountName()));

  private CurrentProcess() {}

  private static String accountName() {
    return ProcessHandle.current().info().user().orElse(System.getProperty("user.name"));
  }

  @Override
  public Set<Principal> principals() {
    return principals;
  }

  @Override
  public String toString() {
    return "this process " + principals;
  }
}
