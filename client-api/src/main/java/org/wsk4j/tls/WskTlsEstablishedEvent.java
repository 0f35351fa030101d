package org.wsk4j.tls;

import org.jspecify.annotations.Nullable;

/** Tells a program that a TLS session is established, if {@link WskTls#ESTABLISHED} is enabled. */
@FunctionalInterface
public interface WskTlsEstablishedEvent {
  /**
   * The handshake is over; called once, behind the completion of the request that began it. Runs on
   * the event loop of the socket and must not wait.
   *
   * @param clientContext the context that the program has registered with (EXT-13)
   * @param flags {@link org.wsk4j.socket.WskFlags#AT_DISPATCH_LEVEL}
   * @param session what was agreed on
   */
  void onEstablished(@Nullable Object clientContext, int flags, WskTlsSession session);
}
