package org.wsk4j.provider.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keys with certificates signed by themselves, made with keytool when they are first asked for, and
 * gone with this JVM.
 */
public final class TestKeys {
  private static final String PASSWORD = "for tests alone";
  private static final long PATIENCE_SECONDS = 30;

  /** The keys of {@code localhost} and 127.0.0.1. */
  public static final TestKeys SERVER = new TestKeys("localhost", "dns:localhost,ip:127.0.0.1");

  /** The keys of another server. */
  public static final TestKeys OTHER = new TestKeys("other.example", "dns:other.example");

  /** The keys of a client. */
  public static final TestKeys CLIENT = new TestKeys("client", "dns:client");

  private final String name;
  private final String alternatives;
  private @Nullable KeyStore store;

  private TestKeys(String name, String alternatives) {
    this.name = name;
    this.alternatives = alternatives;
  }

  /** {@return the certificate} */
  public X509Certificate certificate() throws Exception {
    return (X509Certificate) store().getCertificate(name);
  }

  /** {@return a context with these keys, which trusts others} */
  public SSLContext trusting(TestKeys... trusted) throws Exception {
    return context(List.of(this), trusted);
  }

  /** {@return a context without keys, which trusts some} */
  public static SSLContext onlyTrusting(TestKeys... trusted) throws Exception {
    return context(List.of(), trusted);
  }

  /** {@return a context with several keys, which trusts some} */
  public static SSLContext context(List<TestKeys> own, TestKeys... trusted) throws Exception {
    KeyStore keys = empty();
    for (TestKeys each : own) {
      char[] password = PASSWORD.toCharArray();
      KeyStore from = each.store();
      keys.setKeyEntry(
          each.name,
          from.getKey(each.name, password),
          password,
          from.getCertificateChain(each.name));
    }
    KeyStore trust = empty();
    for (TestKeys each : trusted) {
      trust.setCertificateEntry(each.name, each.certificate());
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers(keys), trustManagers(trust).getTrustManagers(), null);
    return context;
  }

  private static KeyManager[] keyManagers(KeyStore keys) throws GeneralSecurityException {
    // The one that chooses among several keys by the name that the client asks for.
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(keys, PASSWORD.toCharArray());
    return factory.getKeyManagers();
  }

  private static TrustManagerFactory trustManagers(KeyStore trust) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trust);
    return factory;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  // ---- Files for other programs

  /** Writes the certificate; {@return the file} */
  public Path certificateFile(Path folder) throws Exception {
    return pem(folder.resolve(name + ".crt"), "CERTIFICATE", certificate().getEncoded());
  }

  /** Writes the private key; {@return the file} */
  public Path keyFile(Path folder) throws Exception {
    byte[] key = store().getKey(name, PASSWORD.toCharArray()).getEncoded();
    return pem(folder.resolve(name + ".key"), "PRIVATE KEY", key);
  }

  private static Path pem(Path file, String what, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    String all = "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    return Files.writeString(file, all, StandardCharsets.US_ASCII);
  }

  // ---- Making them

  private synchronized KeyStore store() throws Exception {
    KeyStore made = store;
    if (made == null) {
      made = generate();
      store = made;
    }
    return made;
  }

  private KeyStore generate() throws Exception {
    Path folder = Files.createTempDirectory("keys");
    Path file = folder.resolve("store.p12");
    try {
      run(folder.resolve("said.txt"), command(file));
      KeyStore read = KeyStore.getInstance("PKCS12");
      try (InputStream content = Files.newInputStream(file)) {
        read.load(content, PASSWORD.toCharArray());
      }
      return read;
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path each : files.toList()) {
          Files.delete(each);
        }
      }
      Files.delete(folder);
    }
  }

  private List<String> command(Path file) {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    return List.of(
        keytool,
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-validity",
        "2",
        "-dname",
        "CN=" + name,
        "-ext",
        "san=" + alternatives,
        "-storetype",
        "PKCS12",
        "-keystore",
        file.toString(),
        "-storepass",
        PASSWORD);
  }

  private static void run(Path output, List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError("keytool: " + Files.readString(output));
    }
  }
}
