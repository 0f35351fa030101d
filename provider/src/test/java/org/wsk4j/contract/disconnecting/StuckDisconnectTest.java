package org.wsk4j.contract.disconnecting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.boot.ProviderConfiguration;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** Graceful disconnects from a peer that reads nothing, and the ways out. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class StuckDisconnectTest {
  private static final int MUCH = 900_000;

  @EachTransport
  @Rule({"DSC-15", "IRP-43"})
  void shouldSendTheLastDataOfACancelledDisconnectFromOtherMemory(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.narrowPair();
    byte[] memory = Bytes.pattern(1, MUCH);
    Irp end = client.pend(irp -> pair.socket().disconnect(WskBuf.of(memory), 0, irp));
    client.drain();
    assertThat(end.isCompleted()).isFalse();
    end.cancel();
    assertThat(client.result(NtStatus.PENDING, end)).isEqualTo(NtStatus.CANCELLED);
    Arrays.fill(memory, (byte) -1);
    assertThat(client.result(irp -> pair.socket().send(WskBuf.of(new byte[1]), 0, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(Arrays.equals(pair.peer().readAll(), Bytes.pattern(1, MUCH))).isTrue();
    pair.peer().send((byte) 5);
    assertThat(client.receive(pair.socket(), 1)).containsExactly(5);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"DSC-04", "DSC-12"})
  void shouldSendLastDataOfAnyLength(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.narrowPair();
    byte[] memory = Bytes.pattern(2, 10 * MUCH);
    Irp end = client.pend(irp -> pair.socket().disconnect(WskBuf.of(memory), 0, irp));
    assertThat(Arrays.equals(pair.peer().readAll(), memory)).isTrue();
    assertThat(client.result(NtStatus.PENDING, end)).isEqualTo(NtStatus.SUCCESS);
    assertThat(end.information()).isZero();
    client.close(pair.socket());
  }

  @EachTransport
  @Rule("IRP-43")
  void shouldResetRatherThanCutShortWhatItCannotKeep(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.narrowPair();
    byte[] memory = new byte[10 * MUCH];
    Irp end = client.pend(irp -> pair.socket().disconnect(WskBuf.of(memory), 0, irp));
    client.drain();
    end.cancel();
    assertThat(client.result(NtStatus.PENDING, end)).isEqualTo(NtStatus.CANCELLED);
    assertThat(pair.peer().isReset()).isTrue();
    assertThat(client.result(irp -> pair.socket().receive(WskBuf.of(new byte[1]), 0, irp)))
        .isEqualTo(NtStatus.CONNECTION_ABORTED);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule("IRP-43")
  void shouldCancelADisconnectBehindSendsThatAreStuck(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.narrowPair();
    byte[] data = Bytes.pattern(3, TestClient.TOO_MUCH);
    byte[] last = new byte[10];
    Irp send = client.pend(irp -> pair.socket().send(WskBuf.of(data), 0, irp));
    Irp end = client.pend(irp -> pair.socket().disconnect(WskBuf.of(last), 0, irp));
    client.drain();
    end.cancel();
    assertThat(client.result(NtStatus.PENDING, end)).isEqualTo(NtStatus.CANCELLED);
    assertThat(send.isCompleted()).isFalse();
    assertThat(Arrays.equals(pair.peer().readAll(), data)).isTrue();
    assertThat(client.result(NtStatus.PENDING, send)).isEqualTo(NtStatus.SUCCESS);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"DSC-11", "DSC-22"})
  void shouldAbortADisconnectThatTakesLongerThanItMay(Transport on, TestScope scope)
      throws Exception {
    RunningProvider provider =
        RunningProvider.of(
            ProviderConfiguration.fromSystemProperties()
                .withTransport(on.name())
                .withDisconnectTimeout(100),
            scope);
    TestClient client = TestClient.on(provider, scope);
    Pair pair = client.narrowPair();
    Irp receive = client.pend(irp -> pair.socket().receive(WskBuf.of(new byte[1]), 0, irp));
    byte[] data = new byte[TestClient.TOO_MUCH];
    Irp send = client.pend(irp -> pair.socket().send(WskBuf.of(data), 0, irp));
    Irp end = client.pend(irp -> pair.socket().disconnect(null, 0, irp));
    assertThat(client.result(NtStatus.PENDING, end)).isEqualTo(NtStatus.IO_TIMEOUT);
    for (Irp other : new Irp[] {receive, send}) {
      assertThat(client.result(NtStatus.PENDING, other)).isEqualTo(NtStatus.CONNECTION_ABORTED);
    }
    assertThat(pair.peer().isReset()).isTrue();
    client.close(pair.socket());

    Pair quick = client.pair();
    client.succeed(irp -> quick.socket().disconnect(null, 0, irp));
    assertThat(quick.peer().readAll()).isEmpty();
    client.close(quick.socket());
  }
}
