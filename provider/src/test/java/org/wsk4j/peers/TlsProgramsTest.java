package org.wsk4j.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.ForeignProgram;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestKeys;
import org.wsk4j.provider.testing.Tls;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;
import org.wsk4j.tls.WskTlsClientAuthentication;
import org.wsk4j.tls.WskTlsParameters;
import org.wsk4j.tls.WskTlsSession;

/** openssl on either side of TLS, and curl. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@EnabledOnOs(value = OS.LINUX, disabledReason = "the programs are those of Linux")
class TlsProgramsTest {
  private static final long BYTES = 3 * 1024 * 1024 + 17;
  private static final String[] VERSIONS = {"1.2", "1.3"};

  @TempDir private Path folder;

  // ---- openssl connects

  @EachTransport
  void shouldExchangeMegabytesWithOpensslThatConnects(Transport on, TestScope scope)
      throws Exception {
    ForeignProgram.assumeInstalled("openssl", "openssl");
    TestClient client = TestClient.on(on, scope);
    for (String version : VERSIONS) {
      WskListeningSocket listener = client.listening();
      ForeignProgram openssl =
          connecting(
              scope,
              client.local(listener).getPort(),
              "-tls" + version.replace('.', '_'),
              "-servername",
              "localhost",
              "-alpn",
              "nothing,wsk",
              "-cert",
              TestKeys.CLIENT.certificateFile(folder).toString(),
              "-key",
              TestKeys.CLIENT.keyFile(folder).toString());
      WskConnectionSocket socket = client.accept(listener, null, null);
      WskTlsSession session =
          secure(
              client,
              socket,
              WskTlsParameters.server(TestKeys.SERVER.trusting(TestKeys.CLIENT))
                  .applicationProtocols("wsk")
                  .clientAuthentication(WskTlsClientAuthentication.REQUIRED)
                  .build());
      assertThat(session.protocol()).isEqualTo("TLSv" + version);
      assertThat(session.applicationProtocol()).isEqualTo("wsk");
      assertThat(session.serverName()).isEqualTo("localhost");
      assertThat(session.peerCertificates()).containsExactly(TestKeys.CLIENT.certificate());
      exchange(client, scope, socket, openssl);
      client.close(listener);
    }
  }

  /** It leaves as soon as it hears of an end, so ours comes last. */
  private void exchange(
      TestClient client, TestScope scope, WskConnectionSocket socket, ForeignProgram openssl)
      throws Exception {
    Future<String> atPeer =
        scope.thread("peer-is-read").submit(() -> Noise.digest(openssl.output()));
    Future<Void> fed =
        scope
            .thread("peer-is-fed")
            .submit(
                () -> {
                  new Noise(2, BYTES).transferTo(openssl.input());
                  openssl.input().flush();
                  return null;
                });
    Future<Void> sent = scope.thread("socket-sends").submit(() -> sendAll(client, socket));
    assertThat(Noise.digest(new java.io.ByteArrayInputStream(receive(client, socket))))
        .isEqualTo(Noise.digest(2, BYTES));
    fed.get(20, TimeUnit.SECONDS);
    sent.get(20, TimeUnit.SECONDS);
    client.succeed(irp -> socket.disconnect(null, 0, irp));
    assertThat(atPeer.get(20, TimeUnit.SECONDS)).isEqualTo(Noise.digest(1, BYTES));
    // It answers our end with its own, by close_notify: nothing was cut short.
    openssl.input().close();
    assertThat(client.receive(socket, 9)).isEmpty();
    client.close(socket);
  }

  private static Void sendAll(TestClient client, WskConnectionSocket socket) throws Exception {
    byte[] all = new Noise(1, BYTES).readAllBytes();
    for (int from = 0; from < all.length; from += 100_000) {
      client.send(socket, Arrays.copyOfRange(all, from, Math.min(from + 100_000, all.length)));
    }
    return null;
  }

  private static byte[] receive(TestClient client, WskConnectionSocket socket) throws Exception {
    byte[] all = client.receiveAll(socket, (int) BYTES);
    assertThat(all).hasSize((int) BYTES);
    return all;
  }

  // ---- openssl listens

  @EachTransport
  void shouldExchangeMegabytesWithOpensslThatListens(Transport on, TestScope scope)
      throws Exception {
    ForeignProgram.assumeInstalled("openssl", "openssl");
    TestClient client = TestClient.on(on, scope);
    for (String version : VERSIONS) {
      int port = Ports.free();
      List<String> options =
          new ArrayList<>(
              List.of(
                  "-tls" + version.replace('.', '_'),
                  "-alpn",
                  "wsk,other",
                  "-Verify",
                  "1",
                  "-verify_return_error",
                  "-CAfile",
                  TestKeys.CLIENT.certificateFile(folder).toString()));
      boolean second = version.equals("1.3");
      if (second) {
        options.addAll(
            List.of(
                "-servername",
                "other.example",
                "-cert2",
                TestKeys.OTHER.certificateFile(folder).toString(),
                "-key2",
                TestKeys.OTHER.keyFile(folder).toString()));
      }
      ForeignProgram openssl = listening(scope, port, options.toArray(String[]::new));
      Ports.awaitListening(port, openssl);
      WskConnectionSocket socket =
          client.connected(TestClient.loopback(AddressFamily.INET, port), null, null);
      // For its second name it has no application protocols.
      TestKeys wanted = second ? TestKeys.OTHER : TestKeys.SERVER;
      WskTlsSession session =
          secure(
              client,
              socket,
              WskTlsParameters.client(TestKeys.CLIENT.trusting(wanted))
                  .serverName(second ? "other.example" : "localhost")
                  .applicationProtocols("other")
                  .build());
      assertThat(session.protocol()).isEqualTo("TLSv" + version);
      assertThat(session.applicationProtocol()).isEqualTo(second ? null : "other");
      assertThat(session.peerCertificates()).containsExactly(wanted.certificate());
      assertThat(session.localCertificates()).containsExactly(TestKeys.CLIENT.certificate());
      exchange(client, scope, socket, openssl);
    }
  }

  @EachTransport
  void shouldRefuseAndBeRefusedByOpenssl(Transport on, TestScope scope) throws Exception {
    ForeignProgram.assumeInstalled("openssl", "openssl");
    TestClient client = TestClient.on(on, scope);
    int port = Ports.free();
    ForeignProgram openssl = listening(scope, port, "-tls1_2", "-Verify", "1");
    Ports.awaitListening(port, openssl);
    WskConnectionSocket socket =
        client.connected(TestClient.loopback(AddressFamily.INET, port), null, null);
    WskTlsParameters nobody =
        WskTlsParameters.client(TestKeys.onlyTrusting(TestKeys.SERVER)).build();
    assertThat(client.result(irp -> Tls.on(socket).start(nobody, irp)))
        .isEqualTo(NtStatus.REQUEST_NOT_ACCEPTED);
    client.close(socket);

    WskListeningSocket listener = client.listening();
    ForeignProgram other = connecting(scope, client.local(listener).getPort(), "-tls1_3");
    WskConnectionSocket accepted = client.accept(listener, null, null);
    WskTlsParameters old =
        WskTlsParameters.server(TestKeys.SERVER.trusting()).protocols("TLSv1.2").build();
    assertThat(client.result(irp -> Tls.on(accepted).start(old, irp)))
        .isEqualTo(NtStatus.CONNECTION_ABORTED);
    Awaitility.await().until(() -> other.complaints().contains("alert protocol version"));
    client.close(accepted, listener);
  }

  private ForeignProgram connecting(TestScope scope, int port, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "openssl",
                "s_client",
                "-quiet",
                "-no_ign_eof",
                "-nocommands",
                "-verify_return_error",
                "-CAfile",
                TestKeys.SERVER.certificateFile(folder).toString(),
                "-connect",
                "127.0.0.1:" + port));
    command.addAll(List.of(more));
    return ForeignProgram.start(scope, command);
  }

  private ForeignProgram listening(TestScope scope, int port, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "openssl",
                "s_server",
                "-quiet",
                "-naccept",
                "1",
                "-cert",
                TestKeys.SERVER.certificateFile(folder).toString(),
                "-key",
                TestKeys.SERVER.keyFile(folder).toString(),
                "-accept",
                "127.0.0.1:" + port));
    command.addAll(List.of(more));
    return ForeignProgram.start(scope, command);
  }

  private static WskTlsSession secure(
      TestClient client, WskConnectionSocket socket, WskTlsParameters parameters) throws Exception {
    Tls tls = Tls.on(socket);
    Irp started = client.succeed(irp -> tls.start(parameters, irp));
    return started.object(WskTlsSession.class);
  }

  // ---- curl

  @EachTransport
  void shouldAnswerCurl(Transport on, TestScope scope) throws Exception {
    ForeignProgram.assumeInstalled("curl", "curl");
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    ForeignProgram curl =
        ForeignProgram.start(
            scope,
            "curl",
            "-sS",
            "--http1.1",
            "--noproxy",
            "*",
            "--cacert",
            TestKeys.SERVER.certificateFile(folder).toString(),
            "https://127.0.0.1:" + client.local(listener).getPort() + "/big");
    Future<String> received =
        scope.thread("curl-is-read").submit(() -> Noise.digest(curl.output()));
    WskConnectionSocket socket = client.accept(listener, null, null);
    WskTlsSession session =
        secure(
            client,
            socket,
            WskTlsParameters.server(TestKeys.SERVER.trusting())
                .applicationProtocols("http/1.1")
                .build());
    assertThat(session.applicationProtocol()).isEqualTo("http/1.1");
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      byte[] more = client.receive(socket, 4096);
      assertThat(more).isNotEmpty();
      head.append(new String(more, StandardCharsets.US_ASCII));
    }
    assertThat(head.toString()).startsWith("GET /big HTTP/1.1");
    String answer = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
    client.send(socket, answer.getBytes(StandardCharsets.US_ASCII));
    sendAll(client, socket);
    byte[] last = {33};
    client.succeed(irp -> socket.disconnect(WskBuf.of(last), 0, irp));
    byte[] whole = Arrays.copyOf(new Noise(1, BYTES).readAllBytes(), (int) BYTES + 1);
    whole[(int) BYTES] = 33;
    assertThat(received.get(20, TimeUnit.SECONDS))
        .isEqualTo(Noise.digest(new java.io.ByteArrayInputStream(whole)));
    curl.succeed();
    assertThat(client.receive(socket, 9)).isEmpty();
    client.close(socket, listener);
  }
}
