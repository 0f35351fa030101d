package org.wsk4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The echo server with TLS, and the files that it reads. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TlsEchoServerTest {
  private static final char[] PASSWORD = "for tests alone".toCharArray();

  @TempDir private static Path folder;
  private static Path certificate;
  private static Path key;
  private static SSLContext clients;

  @BeforeAll
  static void makeKeys() throws Exception {
    Path file = folder.resolve("store.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        List.of(
            keytool,
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            String.valueOf(PASSWORD));
    Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(made.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream content = Files.newInputStream(file)) {
      store.load(content, PASSWORD);
    }
    Key secret = store.getKey("server", PASSWORD);
    key = pem("server.key", "PRIVATE KEY", secret.getEncoded());
    certificate = pem("server.crt", "CERTIFICATE", store.getCertificate("server").getEncoded());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    store.setCertificateEntry("trusted", store.getCertificate("server"));
    trust.init(store);
    clients = SSLContext.getInstance("TLS");
    clients.init(null, trust.getTrustManagers(), null);
  }

  private static Path pem(String name, String what, byte[] content) throws Exception {
    String text = Base64.getMimeEncoder().encodeToString(content);
    String all = "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    return Files.writeString(folder.resolve(name), all, StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @EnumSource
  void shouldEchoThroughTls(EchoServer.Mode mode) throws Exception {
    WskProgram program = WskProgram.start();
    TlsSettings tls = TlsSettings.read(certificate, key, null, "other", "echo");
    EchoServer server = EchoServer.of(mode, program, tls);
    InetSocketAddress at = server.start(new InetSocketAddress("127.0.0.1", 0));
    byte[] all = new byte[300_000];
    new SplittableRandom(1).nextBytes(all);
    try (SSLSocket peer =
        (SSLSocket) clients.getSocketFactory().createSocket(at.getAddress(), at.getPort())) {
      SSLParameters parameters = peer.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"echo"});
      peer.setSSLParameters(parameters);
      for (int from = 0; from < all.length; from += 60_000) {
        byte[] piece = Arrays.copyOfRange(all, from, from + 60_000);
        peer.getOutputStream().write(piece);
        assertThat(peer.getInputStream().readNBytes(piece.length)).isEqualTo(piece);
      }
      assertThat(peer.getApplicationProtocol()).isEqualTo("echo");
      peer.shutdownOutput();
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }
    EchoServer.Report report = server.stop(Duration.ofSeconds(5));
    assertThat(report.isClean()).isTrue();
    assertThat(report.echoed()).isEqualTo(all.length);
    assertThat(report.brokenOff()).isZero();
    program.close();
  }

  @Test
  void shouldGoOnBehindAPeerThatDoesNotSpeakTls() throws Exception {
    WskProgram program = WskProgram.start();
    TlsSettings tls = TlsSettings.read(certificate, key, certificate);
    EchoServer server = EchoServer.of(EchoServer.Mode.EVENTS, program, tls);
    InetSocketAddress at = server.start(new InetSocketAddress("127.0.0.1", 0));
    try (java.net.Socket plain = new java.net.Socket(at.getAddress(), at.getPort())) {
      plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(readQuietly(plain)).doesNotContain("GET");
    }
    EchoServer.Report report = server.stop(Duration.ofSeconds(5));
    assertThat(report.isClean()).isTrue();
    assertThat(report.echoed()).isZero();
    program.close();
  }

  private static String readQuietly(java.net.Socket plain) {
    try {
      return new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (java.io.IOException reset) {
      return "";
    }
  }

  @Test
  void shouldSayWhatIsWrongWithFiles() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> TlsSettings.read(missing, key, null))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining(missing.toString());
    assertThatThrownBy(() -> TlsSettings.read(certificate, missing, null))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining(missing.toString());
    assertThatThrownBy(() -> TlsSettings.read(certificate, certificate, null))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("PKCS #8");
  }
}
