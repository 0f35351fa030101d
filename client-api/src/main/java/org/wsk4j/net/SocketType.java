package org.wsk4j.net;

/** Types of sockets (SOCK_XXX). */
public final class SocketType {
  /** A connection that carries a stream of bytes. */
  public static final int STREAM = 1;

  /** Datagrams. */
  public static final int DGRAM = 2;

  /** Packets of a protocol below TCP and UDP. */
  public static final int RAW = 3;

  /** Datagrams that are delivered reliably. */
  public static final int RDM = 4;

  /** A connection that carries packets. */
  public static final int SEQPACKET = 5;

  private SocketType() {}
}
