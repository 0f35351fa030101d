package org.wsk4j.tls;

import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What one side offers and asks for in a handshake.
 *
 * <p>Keys, and whom to trust, come with the {@link SSLContext}. Its key and trust managers are
 * asked on the event loop of the socket and must not wait. A server that serves several names has a
 * key manager that chooses by the name asked for; that of the JDK does.
 *
 * @param context keys and trust
 * @param server whether this side is the server
 * @param protocols the versions allowed, such as {@code TLSv1.3}; empty for those of the context
 * @param cipherSuites the cipher suites allowed, in order; empty for those of the context
 * @param applicationProtocols what is offered by ALPN, in order; empty for no ALPN
 * @param serverName as client, the host to ask for (SNI), or {@code null}
 * @param verifyServerName as client, whether the certificate of the server has to be for {@code
 *     serverName}
 * @param clientAuthentication as server, whether to ask for a certificate
 * @param handshakeTimeout how long the handshake may take; zero for as long as it takes
 */
public record WskTlsParameters(
    SSLContext context,
    boolean server,
    List<String> protocols,
    List<String> cipherSuites,
    List<String> applicationProtocols,
    @Nullable String serverName,
    boolean verifyServerName,
    WskTlsClientAuthentication clientAuthentication,
    Duration handshakeTimeout) {
  /**
   * Makes parameters; {@link #client} and {@link #server(SSLContext)} are easier to read.
   *
   * @param context keys and trust
   * @param server whether this side is the server
   * @param protocols the versions allowed
   * @param cipherSuites the cipher suites allowed
   * @param applicationProtocols what is offered by ALPN
   * @param serverName the host to ask for, or {@code null}
   * @param verifyServerName whether the certificate has to be for it
   * @param clientAuthentication whether to ask for a certificate
   * @param handshakeTimeout how long the handshake may take
   */
  public WskTlsParameters {
    protocols = List.copyOf(protocols);
    cipherSuites = List.copyOf(cipherSuites);
    applicationProtocols = List.copyOf(applicationProtocols);
  }

  /**
   * Begins the parameters of a client.
   *
   * @param context whom to trust, and the keys to show if the server asks for one
   * @return a builder
   */
  public static Builder client(SSLContext context) {
    return new Builder(context, false);
  }

  /**
   * Begins the parameters of a server.
   *
   * @param context the keys, and whom to trust if clients are asked for certificates
   * @return a builder
   */
  public static Builder server(SSLContext context) {
    return new Builder(context, true);
  }

  /** Makes parameters step by step. */
  public static final class Builder {
    private final SSLContext context;
    private final boolean server;
    private List<String> protocols = List.of();
    private List<String> cipherSuites = List.of();
    private List<String> applicationProtocols = List.of();
    private @Nullable String serverName;
    private boolean verifyServerName;
    private WskTlsClientAuthentication clientAuthentication = WskTlsClientAuthentication.NONE;
    private Duration handshakeTimeout = Duration.ofSeconds(10);

    private Builder(SSLContext context, boolean server) {
      this.context = context;
      this.server = server;
    }

    /**
     * Allows versions of the protocol.
     *
     * @param names such as {@code TLSv1.3}
     * @return this
     */
    public Builder protocols(String... names) {
      protocols = List.of(names);
      return this;
    }

    /**
     * Allows cipher suites.
     *
     * @param names their standard names, the preferred one first
     * @return this
     */
    public Builder cipherSuites(String... names) {
      cipherSuites = List.of(names);
      return this;
    }

    /**
     * Offers application protocols (ALPN). A server that shares none with its peer fails the
     * handshake.
     *
     * @param names such as {@code h2}, the preferred one first
     * @return this
     */
    public Builder applicationProtocols(String... names) {
      applicationProtocols = List.of(names);
      return this;
    }

    /**
     * Asks for a host by name (SNI), and has the certificate of the server checked to be for it.
     *
     * @param name the host
     * @return this
     */
    public Builder serverName(String name) {
      serverName = name;
      verifyServerName = true;
      return this;
    }

    /**
     * Says whether the certificate of the server has to be for the name that was asked for.
     *
     * @param verify whether it has to
     * @return this
     */
    public Builder verifyServerName(boolean verify) {
      verifyServerName = verify;
      return this;
    }

    /**
     * Says whether a server asks for a certificate.
     *
     * @param authentication whether it does
     * @return this
     */
    public Builder clientAuthentication(WskTlsClientAuthentication authentication) {
      clientAuthentication = authentication;
      return this;
    }

    /**
     * Bounds the handshake.
     *
     * @param timeout how long it may take (default: 10 seconds); zero for as long as it takes
     * @return this
     */
    public Builder handshakeTimeout(Duration timeout) {
      handshakeTimeout = timeout;
      return this;
    }

    /** {@return the parameters} */
    public WskTlsParameters build() {
      return new WskTlsParameters(
          context,
          server,
          protocols,
          cipherSuites,
          applicationProtocols,
          serverName,
          verifyServerName,
          clientAuthentication,
          handshakeTimeout);
    }
  }
}
