package org.wsk4j.socket;

/**
 * The flag words of functions and callbacks (WSK_FLAG_XXX). What a value means depends on where.
 */
public final class WskFlags {
  /** For creating: a basic socket. */
  public static final int BASIC_SOCKET = 0x00000000;

  /** For creating: a listening socket. */
  public static final int LISTEN_SOCKET = 0x00000001;

  /** For creating: a connection-oriented socket. */
  public static final int CONNECTION_SOCKET = 0x00000002;

  /** For creating: a datagram socket. */
  public static final int DATAGRAM_SOCKET = 0x00000004;

  /** For creating: a stream socket. */
  public static final int STREAM_SOCKET = 0x00000008;

  /** In callbacks: release a retained indication soon, memory is short (RCV-49). */
  public static final int RELEASE_ASAP = 0x00000002;

  /** In callbacks: a segment ended with the push bit (RCV-48). */
  public static final int ENTIRE_MESSAGE = 0x00000004;

  /** In callbacks: the thread is an event loop, waiting is forbidden. */
  public static final int AT_DISPATCH_LEVEL = 0x00000008;

  /** For disconnecting, and in the disconnect event: by a reset. */
  public static final int ABORTIVE = 0x00000001;

  /** For sending: urgent data, which no transport here supports. */
  public static final int OOB = 0x00000001;

  /** For sending: let this and all earlier data leave without gathering more. */
  public static final int NODELAY = 0x00000002;

  /** For receiving: complete only when the whole buffer is filled. */
  public static final int WAITALL = 0x00000002;

  /** For receiving: discard all data until the peer disconnects. */
  public static final int DRAIN = 0x00000004;

  private WskFlags() {}
}
