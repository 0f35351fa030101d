package org.wsk4j.tls;

/** Whether a server asks its peer for a certificate. */
public enum WskTlsClientAuthentication {
  /** It does not. */
  NONE,
  /** It does, and goes on without one. */
  WANTED,
  /** It does, and a peer without one is refused. */
  REQUIRED
}
