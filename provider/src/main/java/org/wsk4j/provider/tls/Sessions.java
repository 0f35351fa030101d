package org.wsk4j.provider.tls;

import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.wsk4j.tls.WskTlsSession;

/** Says what an engine of the JDK has agreed on. */
final class Sessions {
  private Sessions() {}

  static WskTlsSession of(SSLEngine engine) {
    SSLSession session = engine.getSession();
    String protocol = engine.getApplicationProtocol();
    return new WskTlsSession(
        session.getProtocol(),
        session.getCipherSuite(),
        protocol == null || protocol.isEmpty() ? null : protocol,
        serverName(session),
        peer(session),
        chain(session.getLocalCertificates()));
  }

  private static @Nullable String serverName(SSLSession session) {
    return session instanceof ExtendedSSLSession extended
        ? extended.getRequestedServerNames().stream()
            .filter(SNIHostName.class::isInstance)
            .map(name -> ((SNIHostName) name).getAsciiName())
            .findFirst()
            .orElse(null)
        : null;
  }

  private static List<Certificate> peer(SSLSession session) {
    try {
      return chain(session.getPeerCertificates());
    } catch (SSLPeerUnverifiedException nobody) {
      return List.of();
    }
  }

  private static List<Certificate> chain(Certificate @Nullable [] certificates) {
    return certificates != null ? List.of(certificates) : List.of();
  }
}
