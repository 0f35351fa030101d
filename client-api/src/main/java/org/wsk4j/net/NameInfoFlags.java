package org.wsk4j.net;

/** What a question for names asks for (NI_XXX). */
public final class NameInfoFlags {
  /** Hosts of the local domain by their first label only. */
  public static final int NOFQDN = 0x00000001;

  /** The address as text; nothing is looked up. */
  public static final int NUMERICHOST = 0x00000002;

  /** A host without a name is an error. */
  public static final int NAMEREQD = 0x00000004;

  /** The port number as text; nothing is looked up. */
  public static final int NUMERICSERV = 0x00000008;

  /** The service as known to UDP. */
  public static final int DGRAM = 0x00000010;

  /** The longest host name, with its end mark, in characters; not a flag. */
  public static final int MAXHOST = 1025;

  /** The longest service name, with its end mark, in characters; not a flag. */
  public static final int MAXSERV = 32;

  private NameInfoFlags() {}
}
