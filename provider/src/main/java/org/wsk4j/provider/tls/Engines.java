package org.wsk4j.provider.tls;

import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.wsk4j.tls.WskTlsClientAuthentication;
import org.wsk4j.tls.WskTlsParameters;

/** Makes engines of the JDK as parameters say. */
final class Engines {
  /** How the JDK calls the check that a certificate is for the host that was asked for. */
  private static final String FOR_HOST = "HTTPS";

  private Engines() {}

  /**
   * Makes an engine.
   *
   * @throws IllegalArgumentException if the parameters name what does not exist
   * @throws IllegalStateException if the context is not set up
   */
  static SSLEngine of(WskTlsParameters parameters) {
    String host = parameters.server() ? null : parameters.serverName();
    if (!parameters.server() && parameters.verifyServerName() && host == null) {
      throw new IllegalArgumentException("there is no name to verify");
    }
    SSLEngine engine =
        host != null
            ? parameters.context().createSSLEngine(host, -1)
            : parameters.context().createSSLEngine();
    engine.setUseClientMode(!parameters.server());
    engine.setSSLParameters(settings(engine.getSSLParameters(), parameters, host));
    return engine;
  }

  private static SSLParameters settings(
      SSLParameters settings, WskTlsParameters parameters, @Nullable String host) {
    if (!parameters.protocols().isEmpty()) {
      settings.setProtocols(parameters.protocols().toArray(String[]::new));
    }
    if (!parameters.cipherSuites().isEmpty()) {
      settings.setCipherSuites(parameters.cipherSuites().toArray(String[]::new));
    }
    settings.setUseCipherSuitesOrder(true);
    settings.setApplicationProtocols(parameters.applicationProtocols().toArray(String[]::new));
    if (host != null) {
      settings.setServerNames(List.of(new SNIHostName(host)));
    }
    if (!parameters.server() && parameters.verifyServerName()) {
      settings.setEndpointIdentificationAlgorithm(FOR_HOST);
    }
    if (parameters.server()) {
      ask(settings, parameters.clientAuthentication());
    }
    return settings;
  }

  private static void ask(SSLParameters settings, WskTlsClientAuthentication authentication) {
    if (authentication == WskTlsClientAuthentication.REQUIRED) {
      settings.setNeedClientAuth(true);
    } else {
      settings.setWantClientAuth(authentication == WskTlsClientAuthentication.WANTED);
    }
  }
}
