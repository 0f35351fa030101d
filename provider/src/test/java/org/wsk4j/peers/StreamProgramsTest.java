package org.wsk4j.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.EachTransportAndFamily;
import org.wsk4j.provider.testing.ForeignProgram;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

/** socat and nc, both as clients and as servers. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
@EnabledOnOs(value = OS.LINUX, disabledReason = "the programs are those of Linux")
class StreamProgramsTest {
  private static final long BYTES = 3 * 1024 * 1024 + 17;
  private static final int INET = AddressFamily.INET;

  @EachTransportAndFamily
  @Rule({"CLS-25", "CLS-27", "DSC-01", "DSC-46"})
  void shouldExchangeMegabytesWithSocatThatConnects(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    ForeignProgram.assumeInstalled("socat", "socat");
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening(TestClient.family(family), null, null);
    InetSocketAddress at = client.local(listener);
    String host = family == StandardProtocolFamily.INET6 ? "[::1]" : "127.0.0.1";
    ForeignProgram socat =
        ForeignProgram.start(
            scope, "socat", "-d", "-t", "20", "-", "TCP:" + host + ":" + at.getPort());
    exchange(client, scope, client.accept(listener, null, null), socat);
    assertThat(socat.complaints()).doesNotContain("reset");
    client.close(listener);
  }

  @EachTransportAndFamily
  @Rule({"CLS-25", "CLS-27", "DSC-01", "DSC-46"})
  void shouldExchangeMegabytesWithSocatThatListens(
      Transport on, StandardProtocolFamily family, TestScope scope) throws Exception {
    ForeignProgram.assumeInstalled("socat", "socat");
    TestClient client = TestClient.on(on, scope);
    int port = Ports.free();
    String listen = family == StandardProtocolFamily.INET6 ? "TCP6-LISTEN:" : "TCP4-LISTEN:";
    ForeignProgram socat =
        ForeignProgram.start(scope, "socat", "-d", "-t", "20", "-", listen + port + ",reuseaddr");
    Ports.awaitListening(port, socat);
    InetSocketAddress to = TestClient.loopback(TestClient.family(family), port);
    exchange(client, scope, client.connected(to, null, null), socat);
    assertThat(socat.complaints()).doesNotContain("reset");
  }

  @EachTransport
  @Rule({"CLS-25", "CLS-27"})
  void shouldExchangeMegabytesWithNetcatThatConnects(Transport on, TestScope scope)
      throws Exception {
    ForeignProgram.assumeInstalled("nc", "netcat-openbsd");
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    String port = String.valueOf(client.local(listener).getPort());
    ForeignProgram netcat = ForeignProgram.start(scope, "nc", "-N", "127.0.0.1", port);
    exchange(client, scope, client.accept(listener, null, null), netcat);
    client.close(listener);
  }

  @EachTransport
  @Rule({"CLS-25", "CLS-27"})
  void shouldExchangeMegabytesWithNetcatThatListens(Transport on, TestScope scope)
      throws Exception {
    ForeignProgram.assumeInstalled("nc", "netcat-openbsd");
    TestClient client = TestClient.on(on, scope);
    int port = Ports.free();
    ForeignProgram netcat =
        ForeignProgram.start(scope, "nc", "-N", "-l", "127.0.0.1", String.valueOf(port));
    Ports.awaitListening(port, netcat);
    WskConnectionSocket socket = client.connected(TestClient.loopback(INET, port), null, null);
    // A listening nc ends when it hears of our end, whatever it has not sent yet.
    new Exchange(client, scope, 1, BYTES).endingLast().run(socket, netcat.input(), netcat.output());
    netcat.succeed();
  }

  private static void exchange(
      TestClient client, TestScope scope, WskConnectionSocket socket, ForeignProgram program)
      throws Exception {
    new Exchange(client, scope, 1, BYTES).run(socket, program.input(), program.output());
    program.succeed();
  }

  @EachTransport
  @Rule({"DSC-17", "DSC-21", "DSC-37"})
  void shouldKeepEitherHalfOpen(Transport on, TestScope scope) throws Exception {
    ForeignProgram.assumeInstalled("socat", "socat");
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    String to = "TCP:127.0.0.1:" + client.local(listener).getPort();
    ForeignProgram first = ForeignProgram.start(scope, "socat", "-d", "-d", "-t", "20", "-", to);
    WskConnectionSocket endsFirst = client.accept(listener, null, null);
    client.succeed(irp -> endsFirst.disconnect(null, 0, irp));
    await().until(() -> first.complaints().contains("socket 2 (fd 5) is at EOF"));
    first.input().write(1);
    first.input().flush();
    assertThat(client.receive(endsFirst, 9)).containsExactly(1);
    first.input().close();
    assertThat(client.receive(endsFirst, 9)).isEmpty();

    ForeignProgram other = ForeignProgram.start(scope, "socat", "-t", "20", "-", to);
    WskConnectionSocket endsLast = client.accept(listener, null, null);
    other.input().close();
    assertThat(client.receive(endsLast, 9)).isEmpty();
    client.send(endsLast, (byte) 2);
    assertThat(other.output().read()).isEqualTo(2);
    client.succeed(irp -> endsLast.disconnect(null, 0, irp));
    assertThat(other.output().read()).isEqualTo(-1);
    first.succeed();
    other.succeed();
    client.close(endsFirst, endsLast, listener);
  }

  @EachTransport
  @Rule({"DSC-32", "DSC-33", "DSC-38"})
  void shouldSeeTheResetOfAForeignProgram(Transport on, TestScope scope) throws Exception {
    ForeignProgram.assumeInstalled("socat", "socat");
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listening();
    Recorder recorder = new Recorder();
    // Closed at the end of its input, with no time to linger: that is a reset.
    String to = "TCP:127.0.0.1:" + client.local(listener).getPort() + ",linger=0,shut-close";
    ForeignProgram socat = ForeignProgram.start(scope, "socat", "-u", "-", to);
    WskConnectionSocket socket = client.accept(listener, null, recorder.dispatch());
    int events = WskEventCallbackControl.RECEIVE | WskEventCallbackControl.DISCONNECT;
    assertThat(client.control(socket, events)).isEqualTo(NtStatus.SUCCESS);
    socat.input().write(1);
    socat.input().flush();
    assertThat(recorder.next().copy()).containsExactly(1);

    socat.input().close();

    int flags = recorder.end().flags();
    assertThat(flags & ~WskFlags.AT_DISPATCH_LEVEL).isEqualTo(WskFlags.ABORTIVE);
    byte[] one = {1};
    assertThat(client.result(irp -> socket.send(WskBuf.of(one), 0, irp)))
        .isEqualTo(NtStatus.CONNECTION_RESET);
    assertThat(client.result(irp -> socket.receive(WskBuf.of(one), 0, irp)))
        .isEqualTo(NtStatus.CONNECTION_RESET);
    client.drain();
    assertThat(recorder.ends()).hasSize(1);
    client.close(socket, listener);
  }
}
