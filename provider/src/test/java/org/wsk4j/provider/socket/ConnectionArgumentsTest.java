package org.wsk4j.provider.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.core.SocketPhase;
import org.wsk4j.provider.core.SocketState;

class ConnectionArgumentsTest {
  private final SocketState connected = new SocketState(SocketPhase.CONNECTED);

  /** Found out on the event loop, it would be too late to say so. */
  @Test
  void shouldRefuseToReceiveIntoMemoryThatCanOnlyBeRead() {
    WskBuf readOnly = WskBuf.of(ByteBuffer.allocate(3).asReadOnlyBuffer());

    assertThat(ConnectionArguments.receive(connected, readOnly, 0))
        .isSameAs(NtStatus.INVALID_PARAMETER);
    assertThat(ConnectionArguments.send(connected, readOnly, 0)).isSameAs(NtStatus.SUCCESS);
    assertThat(ConnectionArguments.receive(connected, WskBuf.of(new byte[3]), 0))
        .isSameAs(NtStatus.SUCCESS);
  }
}
