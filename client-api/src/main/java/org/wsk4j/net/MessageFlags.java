package org.wsk4j.net;

/** Flags of a message that was received or is to be sent (MSG_XXX). */
public final class MessageFlags {
  /** Urgent data. */
  public static final int OOB = 0x00000001;

  /** Look at data without taking it. */
  public static final int PEEK = 0x00000002;

  /** Bypass routing. */
  public static final int DONTROUTE = 0x00000004;

  /** Wait until the buffer is full. */
  public static final int WAITALL = 0x00000008;

  /** Receive in interrupt context. */
  public static final int INTERRUPT = 0x00000010;

  /** Deliver what is there without gathering more. */
  public static final int PUSH_IMMEDIATE = 0x00000020;

  /** The datagram was longer than the buffer and was cut. */
  public static final int TRUNC = 0x00000100;

  /** Control information did not fit and was left out. */
  public static final int CTRUNC = 0x00000200;

  /** Sent as a broadcast. */
  public static final int BCAST = 0x00000400;

  /** Sent to a multicast group. */
  public static final int MCAST = 0x00000800;

  /** Receive errors instead of data. */
  public static final int ERRQUEUE = 0x00001000;

  /** Part of a message. */
  public static final int PARTIAL = 0x00008000;

  private MessageFlags() {}
}
