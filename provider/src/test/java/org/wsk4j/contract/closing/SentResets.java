package org.wsk4j.contract.closing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.provider.testing.ChildCases;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

/** Runs in a network namespace of its own, where the system counts the resets that it sends. */
final class SentResets {
  static final String CLOSED = "closed";
  static final String ABORTED = "aborted";
  static final String WE_HAVE_ENDED = "we have ended";
  static final String THE_PEER_HAS_ENDED = "the peer has ended";
  static final String BOTH_HAVE_ENDED = "both have ended";
  static final String ABORTED_WHEN_BOTH_HAD_ENDED = "aborted when both had ended";

  private SentResets() {}

  private interface Before {
    void on(TestClient client, Pair pair) throws Exception;
  }

  public static void main(String[] arguments) {
    Map<String, ChildCases.Case> cases = new LinkedHashMap<>();
    cases.put(CLOSED, closing(1, (client, pair) -> {}));
    cases.put(ABORTED, closing(1, (client, pair) -> abort(client, pair.socket())));
    cases.put(WE_HAVE_ENDED, closing(1, SentResets::endOurs));
    cases.put(THE_PEER_HAS_ENDED, closing(1, SentResets::endTheirs));
    cases.put(BOTH_HAVE_ENDED, closing(0, SentResets::endBoth));
    cases.put(
        ABORTED_WHEN_BOTH_HAD_ENDED,
        closing(
            0,
            (client, pair) -> {
              endBoth(client, pair);
              abort(client, pair.socket());
            }));
    ChildCases.run(cases);
  }

  private static ChildCases.Case closing(int resets, Before before) {
    return (Transport on, TestScope scope) -> {
      TestClient client = TestClient.on(on, scope);
      Pair pair = client.pair();
      long sent = sentResets();
      before.on(client, pair);
      client.close(pair.socket());
      assertThat(sentResets() - sent).isEqualTo(resets);
    };
  }

  private static void abort(TestClient client, WskConnectionSocket socket) throws Exception {
    client.succeed(irp -> socket.disconnect(null, WskFlags.ABORTIVE, irp));
  }

  private static void endOurs(TestClient client, Pair pair) throws Exception {
    client.succeed(irp -> pair.socket().disconnect(null, 0, irp));
  }

  private static void endTheirs(TestClient client, Pair pair) throws Exception {
    pair.peer().endOutput();
    assertThat(client.receive(pair.socket(), 1)).isEmpty();
  }

  private static void endBoth(TestClient client, Pair pair) throws Exception {
    endOurs(client, pair);
    endTheirs(client, pair);
  }

  /** The names of the counters stand in one line, their values in the next. */
  private static long sentResets() throws IOException {
    List<String> tcp =
        Files.readAllLines(Path.of("/proc/net/snmp")).stream()
            .filter(line -> line.startsWith("Tcp:"))
            .toList();
    int column = List.of(tcp.get(0).split(" ")).indexOf("OutRsts");
    return Long.parseLong(tcp.get(1).split(" ")[column]);
  }
}
