package org.wsk4j.provider.channel;

import javax.net.ssl.SSLEngine;

/**
 * Who begins TLS on a connection: brings the engine and is told how the handshake has ended.
 *
 * <p>Threads: told on the event loop of the connection.
 */
public interface TlsOwner {
  /** {@return the engine, set up and not started} */
  SSLEngine engine();

  /** {@return how long the handshake may take; 0 for as long as it takes} */
  long timeoutMillis();

  /**
   * The session is established; the request that began it completes next.
   *
   * @return the object of the request
   */
  Object established();

  /** The request that began TLS has completed with success. */
  void told();

  /**
   * The handshake has failed; the request that began it completes next.
   *
   * @param cause why
   */
  void failed(Throwable cause);
}
