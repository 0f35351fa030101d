package org.wsk4j.contract.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
import org.wsk4j.testing.TestScope;

/**
 * Sends that are long, or in many pieces, or many. The property {@value #MEBIBYTES} says how much
 * is in flight at once; a few gibibytes are fine.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class LargeSendTest {
  private static final String MEBIBYTES = "wsk4j.test.flight";
  private static final int MIB = 1024 * 1024;
  private static final int PIECES = 5_000;

  @EachTransport
  @Rule({"SND-01", "SND-04", "SND-13"})
  void shouldSendAChainOfThousandsOfPieces(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    Random random = new Random(PIECES);
    List<byte[]> parts = new ArrayList<>();
    Mdl first = Mdl.of(new byte[] {-1, 5});
    parts.add(new byte[] {5});
    Mdl last = first;
    for (int i = 0; i < PIECES; i++) {
      // Some are empty, some small enough to be gathered, some long.
      byte[] part = Bytes.pattern(i, random.nextInt(4) * random.nextInt(1_500));
      parts.add(part);
      Mdl next = i % 2 == 0 ? Mdl.of(part) : Mdl.allocateDirect(part.length);
      if (i % 2 == 1) {
        next.buffer().put(part);
      }
      last.setNext(next);
      last = next;
    }
    byte[] all = Bytes.join(parts.toArray(byte[][]::new));
    Irp irp = client.pend(one -> pair.socket().send(new WskBuf(first, 1, all.length), 0, one));
    assertThat(Arrays.equals(pair.peer().read(all.length), all)).isTrue();
    assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
    assertThat(irp.information()).isEqualTo(all.length);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"SND-08", "SND-10", "SND-55"})
  void shouldHaveAsMuchInFlightAsTheClientLikes(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    int count = Integer.getInteger(MEBIBYTES, 48);
    byte[] memory = Bytes.pattern(7, MIB);
    List<Integer> order = new ArrayList<>();
    List<Irp> irps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      Irp irp = client.irp();
      client.onCompletion(irp, done -> order.add(number));
      assertThat(pair.socket().send(WskBuf.of(memory), 0, irp)).isEqualTo(NtStatus.PENDING);
      irps.add(irp);
    }
    for (int i = 0; i < count; i++) {
      assertThat(Arrays.equals(pair.peer().read(MIB), memory)).isTrue();
    }
    for (Irp irp : irps) {
      assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
      assertThat(irp.information()).isEqualTo(MIB);
    }
    assertThat(order).isSorted().hasSize(count);
    client.close(pair.socket());
  }
}
