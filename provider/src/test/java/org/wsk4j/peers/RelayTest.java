package org.wsk4j.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.ForeignProgram;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** The relay between foreign programs: plain ones, and such that would notice one wrong bit. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RelayTest {
  private static final int BYTES = 2 * 1024 * 1024 + 3;
  private static final int CLIENT = 11;
  private static final int SERVER = 12;

  @EachTransport
  void shouldCarryBothWaysAndKeepHalvesOpen(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    ServerSocket listener = Peer.listen(TestClient.loopback(AddressFamily.INET, 0), scope);
    Relay relay = Relay.to((InetSocketAddress) listener.getLocalSocketAddress(), client);
    try (Socket near = new Socket(relay.address().getAddress(), relay.address().getPort());
        Socket far = listener.accept()) {
      new Noise(CLIENT, 100_000).transferTo(near.getOutputStream());
      near.shutdownOutput();
      assertThat(Noise.digest(far.getInputStream())).isEqualTo(Noise.digest(CLIENT, 100_000));
      new Noise(SERVER, 100_000).transferTo(far.getOutputStream());
      far.shutdownOutput();
      assertThat(Noise.digest(near.getInputStream())).isEqualTo(Noise.digest(SERVER, 100_000));
      assertThat(relay.awaitEnd()).isEmpty();
    }
  }

  @EachTransport
  void shouldBreakBothWhenOneBreaks(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    ServerSocket listener = Peer.listen(TestClient.loopback(AddressFamily.INET, 0), scope);
    Relay relay = Relay.to((InetSocketAddress) listener.getLocalSocketAddress(), client);
    Peer near = Peer.connect(relay.address(), scope);
    Peer far = Peer.accept(listener, scope);
    near.send((byte) 1);
    assertThat(far.read(1)).containsExactly(1);
    near.reset();
    assertThat(far.isReset()).isTrue();
    assertThat(relay.awaitEnd()).isNotEmpty();
  }

  @EachTransport
  @EnabledOnOs(value = OS.LINUX, disabledReason = "the programs are those of Linux")
  void shouldCarryTheTlsOfOpenssl(Transport on, TestScope scope, @TempDir Path folder)
      throws Exception {
    ForeignProgram.assumeInstalled("openssl", "openssl");
    String key = folder.resolve("key.pem").toString();
    String certificate = folder.resolve("certificate.pem").toString();
    makeCertificate(scope, key, certificate);
    int port = Ports.free();
    ForeignProgram server =
        ForeignProgram.start(
            scope,
            List.of(
                ("openssl s_server -quiet -naccept 1 -accept 127.0.0.1:" + port)
                    .concat(" -key " + key + " -cert " + certificate)
                    .split(" ")));
    Ports.awaitListening(port, server);
    TestClient client = TestClient.on(on, scope);
    Relay relay = Relay.to(TestClient.loopback(AddressFamily.INET, port), client);
    ForeignProgram tls =
        ForeignProgram.start(
            scope,
            List.of(
                ("openssl s_client -quiet -no_ign_eof -verify_return_error -verify 1")
                    .concat(" -CAfile " + certificate)
                    .concat(" -connect 127.0.0.1:" + relay.address().getPort())
                    .split(" ")));
    Future<?> down = feed(scope, "server-is-fed", SERVER, server.input());
    Future<?> up = feed(scope, "client-is-fed", CLIENT, tls.input());
    Future<String> atServer = read(scope, "server-is-read", server.output());
    assertThat(read(scope, "client-is-read", tls.output()).get(20, TimeUnit.SECONDS))
        .isEqualTo(Noise.digest(SERVER, BYTES));
    assertThat(atServer.get(20, TimeUnit.SECONDS)).isEqualTo(Noise.digest(CLIENT, BYTES));
    down.get(20, TimeUnit.SECONDS);
    up.get(20, TimeUnit.SECONDS);
    tls.input().close();
    tls.succeed();
    assertThat(relay.awaitEnd()).isEmpty();
    server.succeed();
  }

  private static void makeCertificate(TestScope scope, String key, String certificate)
      throws Exception {
    ForeignProgram.start(
            scope,
            List.of(
                ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes")
                    .concat(" -keyout " + key + " -out " + certificate)
                    .concat(" -subj /CN=localhost -days 2")
                    .split(" ")))
        .succeed();
  }

  private static Future<?> feed(TestScope scope, String thread, int seed, OutputStream to) {
    return scope
        .thread(thread)
        .submit(
            () -> {
              new Noise(seed, BYTES).transferTo(to);
              to.flush();
              return null;
            });
  }

  /** The stream stays open, so the count tells when all is there. */
  private static Future<String> read(TestScope scope, String thread, InputStream from) {
    return scope
        .thread(thread)
        .submit(() -> Noise.digest(new java.io.ByteArrayInputStream(from.readNBytes(BYTES))));
  }
}
