package org.wsk4j.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.NativeLayouts;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskExtensionControlIn;
import org.wsk4j.control.WskExtensionControlOut;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.tls.WskTls;
import org.wsk4j.tls.WskTlsClientAuthentication;
import org.wsk4j.tls.WskTlsParameters;
import org.wsk4j.tls.WskTlsProviderDispatch;

/**
 * How is a connection secured? TLS is an extension: it is registered on the socket, which gives its
 * functions and a context for them, and is begun by one request. From then on the socket is used as
 * ever.
 */
final class TlsSettings {
  /** The kinds of keys that are tried, since PKCS #8 files do not say which in a way Java reads. */
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  private static final char[] NO_PASSWORD = {};

  private final WskTlsParameters parameters;

  private TlsSettings(WskTlsParameters parameters) {
    this.parameters = parameters;
  }

  /**
   * Begins TLS on a connected socket, as the server.
   *
   * @param socket the socket
   * @param irp completes when both sides have agreed, or with why not
   */
  void begin(WskSocket socket, Irp irp) {
    Out<WskExtensionControlOut> place = new Out<>();
    NtStatus status =
        socket.controlSocket(
            WskControlSocketType.IOCTL,
            WskIoctls.REGISTER_EXTENSION,
            new WskExtensionControlIn(WskTls.NPI_ID, null, null),
            NativeLayouts.EXTENSION_CONTROL_OUT.size(),
            place,
            null,
            null);
    if (!status.isSuccess()) {
      throw new IllegalStateException("TLS cannot be registered on " + socket + ": " + status);
    }
    WskExtensionControlOut tls = place.require();
    if (tls.providerDispatch() instanceof WskTlsProviderDispatch functions) {
      functions.start(tls.providerContext(), parameters, irp);
    }
  }

  // ---- Files

  /**
   * Reads keys.
   *
   * @param certificates the certificate, and those that lead to it
   * @param key its private key
   * @param clients whose certificates of clients are taken, or {@code null} to ask for none
   * @param applicationProtocols what is offered by ALPN
   * @throws ToolException if a file cannot be read, or is not what it should be
   */
  static TlsSettings read(
      Path certificates, Path key, @Nullable Path clients, String... applicationProtocols)
      throws ToolException {
    KeyStore keys = store();
    try {
      Certificate[] chain = certificates(certificates).toArray(Certificate[]::new);
      keys.setKeyEntry("server", privateKey(key), NO_PASSWORD, chain);
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
      managers.init(keys, NO_PASSWORD);
      context.init(managers.getKeyManagers(), clients != null ? trust(clients) : null, null);
      return new TlsSettings(
          WskTlsParameters.server(context)
              .applicationProtocols(applicationProtocols)
              .clientAuthentication(
                  clients != null
                      ? WskTlsClientAuthentication.REQUIRED
                      : WskTlsClientAuthentication.NONE)
              .build());
    } catch (GeneralSecurityException fault) {
      throw new ToolException(
          "The certificate in "
              + certificates
              + " and the key in "
              + key
              + " do not make a server: "
              + fault.getMessage());
    }
  }

  private static KeyStore store() throws ToolException {
    try {
      KeyStore made = KeyStore.getInstance("PKCS12");
      made.load(null, null);
      return made;
    } catch (GeneralSecurityException | IOException fault) {
      throw new ToolException("This Java has no place for keys: " + fault.getMessage());
    }
  }

  private static TrustManager[] trust(Path file) throws ToolException, GeneralSecurityException {
    KeyStore trusted = store();
    int count = 0;
    for (Certificate each : certificates(file)) {
      trusted.setCertificateEntry("trusted " + count, each);
      count++;
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    return managers.getTrustManagers();
  }

  private static Collection<? extends Certificate> certificates(Path file) throws ToolException {
    try (InputStream content = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(content);
    } catch (IOException | GeneralSecurityException fault) {
      throw new ToolException("No certificates in " + file + ": " + fault.getMessage());
    }
  }

  private static PrivateKey privateKey(Path file) throws ToolException {
    byte[] content;
    try {
      String text = Files.readString(file, StandardCharsets.US_ASCII);
      String inner = text.replaceAll("-----[A-Z ]*-----", "");
      content = Base64.getMimeDecoder().decode(inner);
    } catch (IOException | IllegalArgumentException fault) {
      throw new ToolException("No private key in " + file + ": " + fault.getMessage());
    }
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(content));
      } catch (GeneralSecurityException another) {
        continue;
      }
    }
    throw new ToolException(
        "The private key in "
            + file
            + " is not one in PKCS #8 without a password. "
            + "openssl pkcs8 -topk8 -nodes -in FILE makes one.");
  }
}
