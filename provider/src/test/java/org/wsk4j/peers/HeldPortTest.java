package org.wsk4j.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskOptions;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.ClaimedPorts;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.DatagramClient;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.ForeignProgram;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** A port that another program holds: whatever is asked for, it is not shared with that. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
@EnabledOnOs(value = OS.LINUX, disabledReason = "the programs are those of Linux")
class HeldPortTest {
  private static final int V4 = AddressFamily.INET;

  private static List<@Nullable WskControlKey<Integer, Integer>> modes() {
    List<@Nullable WskControlKey<Integer, Integer>> modes = new ArrayList<>();
    modes.add(null);
    modes.add(WskOptions.REUSEADDR);
    modes.add(WskOptions.EXCLUSIVEADDRUSE);
    return modes;
  }

  @EachTransport
  @Rule({"DGB-28", "OPT-100"})
  void shouldNotShareThePortOfAnotherProgram(Transport on, TestScope scope) throws Exception {
    ForeignProgram.assumeInstalled("socat", "socat");
    int port = ClaimedPorts.next();
    ForeignProgram udp = ForeignProgram.start(scope, "socat", "UDP4-RECV:" + port, "-");
    ForeignProgram tcp = ForeignProgram.start(scope, "socat", "TCP4-LISTEN:" + port, "-");
    Ports.awaitListening(port, tcp);
    awaitBound(port, udp);
    TestClient client = TestClient.on(on, scope);
    for (String address : List.of("0.0.0.0", "127.0.0.1")) {
      InetSocketAddress at = new InetSocketAddress(address, port);
      for (WskControlKey<Integer, Integer> mode : modes()) {
        assertThat(bindListener(client, mode, at)).isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
        assertThat(bindDatagrams(client, mode, at)).isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
      }
    }
    udp.close();
    tcp.close();
    InetSocketAddress at = TestClient.any(V4, port);
    assertThat(bindListener(client, null, at)).isEqualTo(NtStatus.SUCCESS);
    assertThat(bindDatagrams(client, null, at)).isEqualTo(NtStatus.SUCCESS);
    client.closeAll();
  }

  /** Nor is another program let in where nobody of this one is. */
  @EachTransport
  @Rule("OPT-100")
  void shouldNotLetAnotherProgramIn(Transport on, TestScope scope) throws Exception {
    ForeignProgram.assumeInstalled("socat", "socat");
    TestClient client = TestClient.on(on, scope);
    for (WskControlKey<Integer, Integer> mode : modes()) {
      int port = ClaimedPorts.next();
      assertThat(bindDatagrams(client, mode, TestClient.any(V4, port))).isEqualTo(NtStatus.SUCCESS);
      ForeignProgram udp =
          ForeignProgram.start(scope, "socat", "UDP4-RECV:" + port + ",reuseaddr,reuseport", "-");
      await().until(() -> !udp.isRunning());
      assertThat(udp.complaints()).contains("in use");
    }
    client.closeAll();
  }

  private static NtStatus bindListener(
      TestClient client, @Nullable WskControlKey<Integer, Integer> mode, InetSocketAddress at)
      throws InterruptedException {
    WskListeningSocket socket = client.listener(V4, null, null);
    if (mode != null) {
      assertThat(new Controls(client).set(socket, mode, 1)).isEqualTo(NtStatus.SUCCESS);
    }
    return client.result(irp -> socket.bind(at, 0, irp));
  }

  private static NtStatus bindDatagrams(
      TestClient client, @Nullable WskControlKey<Integer, Integer> mode, InetSocketAddress at)
      throws InterruptedException {
    WskDatagramSocket socket = new DatagramClient(client, V4).socket();
    if (mode != null) {
      assertThat(new Controls(client).set(socket, mode, 1)).isEqualTo(NtStatus.SUCCESS);
    }
    return client.result(irp -> socket.bind(at, 0, irp));
  }

  private static void awaitBound(int port, ForeignProgram program) {
    String local = String.format(Locale.ROOT, ":%04X ", port);
    await()
        .alias("bound: " + program)
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> isBound(local));
  }

  private static boolean isBound(String local) throws IOException {
    return Files.readAllLines(Path.of("/proc/net/udp")).stream()
        .anyMatch(line -> line.contains(local));
  }
}
