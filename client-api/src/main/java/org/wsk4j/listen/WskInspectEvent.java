package org.wsk4j.listen;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.WskInspectId;

/**
 * Called for each request for a connection under conditional accept, before it can be accepted
 * (WskInspectEvent). It must not wait; it may call every function.
 */
@FunctionalInterface
public interface WskInspectEvent {
  /**
   * Looks at a request.
   *
   * @param socketContext the context given with the listening socket
   * @param localAddress the concrete local address of the request
   * @param remoteAddress the address of the peer
   * @param inspectId identifies the request; {@code null} says that the listening socket no longer
   *     functions and has to be closed
   * @return what to do; {@code null} counts as REJECT
   */
  @Nullable WskInspectAction onInspect(
      @Nullable Object socketContext,
      @Nullable SocketAddress localAddress,
      @Nullable SocketAddress remoteAddress,
      @Nullable WskInspectId inspectId);
}
