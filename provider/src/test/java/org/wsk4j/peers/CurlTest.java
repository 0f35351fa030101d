package org.wsk4j.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.ForeignProgram;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** curl, with a server that says just enough of HTTP. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
@EnabledOnOs(value = OS.LINUX, disabledReason = "the programs are those of Linux")
class CurlTest {
  private static final int SEED = 5;
  private static final int BIG = 3 * 1024 * 1024 + 1;
  private static final int PIECE = 64 * 1024;

  @EachTransport
  void shouldAnswerTwoRequestsOnOneConnection(Transport on, TestScope scope) throws Exception {
    ForeignProgram.assumeInstalled("curl", "curl");
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    String url = "http://127.0.0.1:" + client.local(listener).getPort();
    ForeignProgram curl = curl(scope, url + "/one", url + "/two");

    WskConnectionSocket socket = client.accept(listener, null, null);
    assertThat(request(client, socket)).startsWith("GET /one HTTP/1.1");
    answer(client, socket, "Content-Length: 3", "one");
    assertThat(request(client, socket)).startsWith("GET /two HTTP/1.1");
    answer(client, socket, "Content-Length: 3", "two");

    assertThat(new String(curl.output().readAllBytes(), StandardCharsets.US_ASCII))
        .isEqualTo("onetwo");
    curl.succeed();
    assertThat(client.receive(socket, 9)).isEmpty();
    client.succeed(irp -> socket.disconnect(null, 0, irp));
    client.close(socket, listener);
  }

  @EachTransport
  @Rule({"DSC-01", "DSC-12", "CLS-27"})
  void shouldEndABodyWithTheConnection(Transport on, TestScope scope) throws Exception {
    ForeignProgram.assumeInstalled("curl", "curl");
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    ForeignProgram curl =
        curl(scope, "http://127.0.0.1:" + client.local(listener).getPort() + "/big");
    Future<String> received =
        scope.thread("curl-is-read").submit(() -> Noise.digest(curl.output()));

    WskConnectionSocket socket = client.accept(listener, null, null);
    request(client, socket);
    answer(client, socket, "Connection: close", "");
    byte[] body = new Noise(SEED, BIG).readAllBytes();
    for (int from = 0; from < BIG - 1; from += PIECE) {
      client.send(socket, Arrays.copyOfRange(body, from, Math.min(from + PIECE, BIG - 1)));
    }
    byte[] last = {body[BIG - 1]};
    client.succeed(irp -> socket.disconnect(WskBuf.of(last), 0, irp));

    assertThat(received.get(20, TimeUnit.SECONDS)).isEqualTo(Noise.digest(SEED, BIG));
    curl.succeed();
    assertThat(client.receive(socket, 9)).isEmpty();
    client.close(socket, listener);
  }

  private static ForeignProgram curl(TestScope scope, String... urls) throws Exception {
    String[] command = new String[urls.length + 5];
    System.arraycopy(new String[] {"curl", "-sS", "--http1.1", "--noproxy", "*"}, 0, command, 0, 5);
    System.arraycopy(urls, 0, command, 5, urls.length);
    return ForeignProgram.start(scope, command);
  }

  /** {@return a request, whose head is all of it} */
  private static String request(TestClient client, WskConnectionSocket socket) throws Exception {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      byte[] more = client.receive(socket, 4096);
      assertThat(more).isNotEmpty();
      head.append(new String(more, StandardCharsets.US_ASCII));
    }
    return head.toString();
  }

  private static void answer(
      TestClient client, WskConnectionSocket socket, String header, String body) throws Exception {
    String all = "HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n" + body;
    client.send(socket, all.getBytes(StandardCharsets.US_ASCII));
  }
}
