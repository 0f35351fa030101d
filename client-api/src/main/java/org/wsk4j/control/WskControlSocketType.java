package org.wsk4j.control;

/** What a control call on a socket does (WSK_CONTROL_SOCKET_TYPE). The ordinal is the C value. */
public enum WskControlSocketType {
  /** Sets an option. */
  SET_OPTION,
  /** Gets an option. */
  GET_OPTION,
  /** Performs an ioctl. */
  IOCTL
}
