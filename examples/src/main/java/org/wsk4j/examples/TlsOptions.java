package org.wsk4j.examples;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of tools that can serve TLS. */
final class TlsOptions {
  @Option(names = "--tls", required = true, description = "Speak TLS; needs --cert and --key.")
  @SuppressWarnings("unused") // picocli looks at it
  private boolean wanted;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      required = true,
      description = "The certificate and those that lead to it, PEM.")
  private Path certificates = Path.of("");

  @Option(
      names = "--key",
      paramLabel = "FILE",
      required = true,
      description = "The private key, PEM (PKCS #8, without a password).")
  private Path key = Path.of("");

  @Option(
      names = "--client-ca",
      paramLabel = "FILE",
      description = "Ask clients for certificates, and take those that these lead to, PEM.")
  private @Nullable Path clients;

  @Option(
      names = "--alpn",
      paramLabel = "NAME",
      split = ",",
      description = "Offer application protocols, the preferred one first.")
  private String[] applicationProtocols = {};

  /** Reads the files. */
  TlsSettings read() throws ToolException {
    return TlsSettings.read(certificates, key, clients, applicationProtocols);
  }
}
