package org.wsk4j.tls;

import java.security.cert.Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What both sides of a connection have agreed on.
 *
 * @param protocol the version of the protocol, such as {@code TLSv1.3}
 * @param cipherSuite the cipher suite, by its standard name
 * @param applicationProtocol the application protocol chosen by ALPN, or {@code null} for none
 * @param serverName the host name that the client has asked for (SNI), or {@code null} for none
 * @param peerCertificates the chain of the peer, its own certificate first; empty if it has shown
 *     none
 * @param localCertificates the chain that this side has shown, likewise
 */
public record WskTlsSession(
    String protocol,
    String cipherSuite,
    @Nullable String applicationProtocol,
    @Nullable String serverName,
    List<Certificate> peerCertificates,
    List<Certificate> localCertificates) {
  /**
   * Makes a description.
   *
   * @param protocol the version of the protocol
   * @param cipherSuite the cipher suite
   * @param applicationProtocol the application protocol, or {@code null}
   * @param serverName the host name, or {@code null}
   * @param peerCertificates the chain of the peer
   * @param localCertificates the chain of this side
   */
  public WskTlsSession {
    peerCertificates = List.copyOf(peerCertificates);
    localCertificates = List.copyOf(localCertificates);
  }
}
