package org.wsk4j.contract.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class DrainTest {
  @EachTransport
  @Rule({"RCV-30", "RCV-32", "RCV-35", "RCV-36"})
  void shouldDiscardAllUpToTheEndOfTheStream(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Recorder recorder = new Recorder(data -> NtStatus.DATA_NOT_ACCEPTED);
    Pair pair = client.pair(recorder);
    pair.peer().send((byte) 1);
    recorder.next();
    Irp drain = client.pend(irp -> pair.socket().receive(new WskBuf(), WskFlags.DRAIN, irp));
    // Far more than all buffers hold.
    for (int i = 0; i < 100; i++) {
      pair.peer().send(new byte[100_000]);
    }
    client.drain();
    assertThat(drain.isCompleted()).isFalse();
    pair.peer().endOutput();
    assertThat(client.result(NtStatus.PENDING, drain)).isEqualTo(NtStatus.SUCCESS);
    assertThat(drain.information()).isZero();
    assertThat(client.receive(pair.socket(), 10)).isEmpty();
    assertThat(recorder.count()).isEqualTo(1);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-31", "RCV-37", "RCV-38"})
  void shouldRefuseWhatDoesNotGoTogether(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    pair.peer().send((byte) 1);
    client.drain();
    WskBuf one = WskBuf.of(new byte[1]);
    int both = WskFlags.DRAIN | WskFlags.WAITALL;
    assertThat(client.result(irp -> pair.socket().receive(null, WskFlags.DRAIN, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.result(irp -> pair.socket().receive(one, WskFlags.DRAIN, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.result(irp -> pair.socket().receive(new WskBuf(), both, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    for (int bit : new int[] {0x1, 0x8, 0x10, 0x40000000, 0x80000000}) {
      assertThat(client.result(irp -> pair.socket().receive(one, bit, irp)))
          .isEqualTo(NtStatus.INVALID_PARAMETER);
    }
    assertThat(client.receive(pair.socket(), 10)).containsExactly(1);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule("RCV-33")
  void shouldFailWithTheConnection(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair reset = client.pair();
    Irp byPeer = client.pend(irp -> reset.socket().receive(new WskBuf(), WskFlags.DRAIN, irp));
    reset.peer().reset();
    assertThat(client.result(NtStatus.PENDING, byPeer)).isEqualTo(NtStatus.CONNECTION_RESET);
    Pair aborted = client.pair();
    Irp byUs = client.pend(irp -> aborted.socket().receive(new WskBuf(), WskFlags.DRAIN, irp));
    client.succeed(irp -> aborted.socket().disconnect(null, WskFlags.ABORTIVE, irp));
    assertThat(client.result(NtStatus.PENDING, byUs)).isEqualTo(NtStatus.CONNECTION_ABORTED);
    client.close(reset.socket(), aborted.socket());
  }

  @EachTransport
  @Rule("RCV-34")
  void shouldStopDiscardingWhenCancelled(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    WskBuf none = new WskBuf(Mdl.of(new byte[3]), 0, 0);
    Irp drain = client.pend(irp -> pair.socket().receive(none, WskFlags.DRAIN, irp));
    client.deliver(pair.peer(), (byte) 1);
    drain.cancel();
    assertThat(client.result(NtStatus.PENDING, drain)).isEqualTo(NtStatus.CANCELLED);
    pair.peer().send((byte) 2);
    assertThat(client.receive(pair.socket(), 10)).containsExactly(2);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-39", "RCV-40"})
  void shouldTakeNothingWithAnEmptyRegion(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    Irp before = client.succeed(irp -> pair.socket().receive(new WskBuf(), 0, irp));
    assertThat(before.information()).isZero();
    pair.peer().send((byte) 1);
    client.drain();
    Irp after = client.succeed(irp -> pair.socket().receive(new WskBuf(), 0, irp));
    assertThat(after.information()).isZero();
    assertThat(client.receive(pair.socket(), 10)).containsExactly(1);
    pair.peer().endOutput();
    assertThat(client.receive(pair.socket(), 10)).isEmpty();
    Irp atEnd = client.succeed(irp -> pair.socket().receive(new WskBuf(), 0, irp));
    assertThat(atEnd.information()).isZero();
    client.close(pair.socket());
  }
}
