package org.wsk4j.net;

import java.util.UUID;

/**
 * A combination of family, type and protocol of which sockets can be made (WSK_TRANSPORT), as the
 * list of transports holds them.
 *
 * @param version the version of the transport, which is no version of WSK (CLI-34)
 * @param socketType see {@link SocketType}
 * @param protocol see {@link Protocol}
 * @param addressFamily see {@link AddressFamily}
 * @param providerId names the transport's provider; several combinations may share one (CLI-33)
 */
public record WskTransport(
    int version, int socketType, int protocol, int addressFamily, UUID providerId) {
  /** The native size of one entry, in bytes. */
  public static final int NATIVE_SIZE = 28;
}
