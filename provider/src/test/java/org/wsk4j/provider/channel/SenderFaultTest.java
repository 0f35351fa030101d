package org.wsk4j.provider.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SenderFaultTest {
  /** Describes memory that is gone already, such as an indication that was released. */
  private static Mdl gone(int length) {
    ByteBuf view = Unpooled.buffer(length);
    view.release();
    Mdl mdl = Mdl.of(new byte[length]);
    mdl.setProviderView(view);
    return mdl;
  }

  @EachTransport
  void shouldBreakTheConnectionWhenABatchCannotBeWritten(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    for (int length : new int[] {Sender.SMALL, Sender.SMALL + 1}) {
      Pair pair = client.pair();
      Mdl chain = Mdl.of(new byte[3 * Sender.SMALL]).setNext(gone(length));
      Irp faulty = client.pend(irp -> pair.socket().send(WskBuf.of(chain), 0, irp));
      assertThat(client.result(faulty)).isSameAs(NtStatus.CONNECTION_RESET);
      assertThat(client.result(irp -> pair.socket().send(WskBuf.of(new byte[1]), 0, irp)))
          .isSameAs(NtStatus.CONNECTION_RESET);
      client.close(pair.socket());
    }
  }
}
