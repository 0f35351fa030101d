package org.wsk4j.control;

/** Values of IP_MTU_DISCOVER and IPV6_MTU_DISCOVER (IP_PMTUDISC_XXX). */
public final class PathMtuDiscovery {
  /** As the system is configured. */
  public static final int NOT_SET = 0;

  /** Packets are not cut; too long ones are refused. */
  public static final int DO = 1;

  /** Packets may be cut. */
  public static final int DONT = 2;

  /** Packets are not cut, whatever is known of the path. */
  public static final int PROBE = 3;

  private PathMtuDiscovery() {}
}
