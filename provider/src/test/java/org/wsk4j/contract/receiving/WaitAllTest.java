package org.wsk4j.contract.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class WaitAllTest {
  @EachTransport
  @Rule({"RCV-23", "RCV-29"})
  void shouldWaitUntilTheBufferIsFullAndLetNobodyPass(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    byte[] all = new byte[100_000];
    byte[] next = new byte[10];
    Irp whole = client.pend(irp -> pair.socket().receive(WskBuf.of(all), WskFlags.WAITALL, irp));
    Irp behind = client.pend(irp -> pair.socket().receive(WskBuf.of(next), 0, irp));
    byte[] sent = Bytes.pattern(4, 100_010);
    pair.peer().send(Arrays.copyOf(sent, 99_999));
    client.drain();
    assertThat(whole.isCompleted()).isFalse();
    assertThat(behind.isCompleted()).isFalse();
    pair.peer().send(Arrays.copyOfRange(sent, 99_999, 100_010));
    assertThat(client.result(NtStatus.PENDING, whole)).isEqualTo(NtStatus.SUCCESS);
    assertThat(whole.information()).isEqualTo(100_000);
    assertThat(client.result(NtStatus.PENDING, behind)).isEqualTo(NtStatus.SUCCESS);
    assertThat(Bytes.join(all, next)).startsWith(Arrays.copyOf(sent, 100_001));
    client.close(pair.socket());
  }

  @EachTransport
  @Rule("RCV-24")
  void shouldEndWithWhatThereIsAtTheEndOfTheStream(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    byte[] memory = new byte[10];
    Irp part = client.pend(irp -> pair.socket().receive(WskBuf.of(memory), WskFlags.WAITALL, irp));
    Irp none =
        client.pend(irp -> pair.socket().receive(WskBuf.of(new byte[1]), WskFlags.WAITALL, irp));
    pair.peer().send((byte) 1, (byte) 2);
    pair.peer().endOutput();
    assertThat(client.result(NtStatus.PENDING, part)).isEqualTo(NtStatus.SUCCESS);
    assertThat(part.information()).isEqualTo(2);
    assertThat(memory).startsWith(1, 2);
    assertThat(client.result(NtStatus.PENDING, none)).isEqualTo(NtStatus.SUCCESS);
    assertThat(none.information()).isZero();
    client.close(pair.socket());
  }

  @EachTransport
  @Rule("RCV-25")
  void shouldFailWithTheConnection(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair reset = client.pair();
    Irp byPeer =
        client.pend(irp -> reset.socket().receive(WskBuf.of(new byte[10]), WskFlags.WAITALL, irp));
    reset.peer().send((byte) 1);
    client.drain();
    reset.peer().reset();
    assertThat(client.result(NtStatus.PENDING, byPeer)).isEqualTo(NtStatus.CONNECTION_RESET);
    assertThat(byPeer.information()).isZero();

    Pair aborted = client.pair();
    Irp byUs =
        client.pend(
            irp -> aborted.socket().receive(WskBuf.of(new byte[10]), WskFlags.WAITALL, irp));
    aborted.peer().send((byte) 1);
    client.drain();
    client.succeed(irp -> aborted.socket().disconnect(null, WskFlags.ABORTIVE, irp));
    assertThat(client.result(NtStatus.PENDING, byUs)).isEqualTo(NtStatus.CONNECTION_ABORTED);
    assertThat(byUs.information()).isZero();
    client.close(reset.socket(), aborted.socket());
  }

  @EachTransport
  @Rule({"RCV-26", "IRP-41"})
  void shouldGiveBackWhatACancelledRequestHadCollected(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    Mdl first = Mdl.of(new byte[30]);
    first.setNext(Mdl.allocateDirect(1000));
    Irp irp =
        client.pend(one -> pair.socket().receive(new WskBuf(first, 7, 900), WskFlags.WAITALL, one));
    byte[] sent = Bytes.pattern(5, 300);
    pair.peer().send(Arrays.copyOf(sent, 150));
    client.drain();
    pair.peer().send(Arrays.copyOfRange(sent, 150, 300));
    client.drain();
    assertThat(irp.cancel()).isTrue();
    assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.CANCELLED);
    assertThat(irp.information()).isZero();
    pair.peer().send((byte) 42);
    assertThat(client.receiveAll(pair.socket(), 301)).isEqualTo(Bytes.join(sent, new byte[] {42}));
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"RCV-27", "RCV-28"})
  void shouldTakeExactlyWhatItAskedForFromWhatIsThere(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    pair.peer().send((byte) 1, (byte) 2, (byte) 3);
    client.drain();
    assertThat(client.receiveAll(pair.socket(), 2)).containsExactly(1, 2);
    Irp empty = client.succeed(irp -> pair.socket().receive(new WskBuf(), WskFlags.WAITALL, irp));
    assertThat(empty.information()).isZero();
    assertThat(client.receive(pair.socket(), 5)).containsExactly(3);
    Irp again = client.succeed(irp -> pair.socket().receive(new WskBuf(), WskFlags.WAITALL, irp));
    assertThat(again.information()).isZero();
    client.close(pair.socket());
  }
}
