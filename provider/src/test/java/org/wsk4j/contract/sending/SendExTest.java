package org.wsk4j.contract.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.net.RawControlMessage;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Call;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

/** Sending with room for control information. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SendExTest {
  private static final ControlInfo NONE = ControlInfo.of();

  @EachTransport
  @Rule({"SND-41", "SND-42", "SND-44"})
  void shouldSendAsWithoutControlInformation(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair();
    List<Irp> irps = new ArrayList<>();
    List<byte[]> parts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      byte[] part = Bytes.pattern(i, 1 + i * 397);
      WskBuf buffer = WskBuf.of(part);
      @Nullable ControlInfo info = i % 3 == 1 ? NONE : null;
      boolean plain = i % 3 == 0;
      irps.add(
          client.pend(
              irp ->
                  plain
                      ? pair.socket().send(buffer, 0, irp)
                      : pair.socket().sendEx(buffer, WskFlags.NODELAY, info, irp)));
      parts.add(part);
    }
    byte[] all = Bytes.join(parts.toArray(byte[][]::new));
    assertThat(pair.peer().read(all.length)).isEqualTo(all);
    for (int i = 0; i < irps.size(); i++) {
      assertThat(client.result(NtStatus.PENDING, irps.get(i))).isEqualTo(NtStatus.SUCCESS);
      assertThat(irps.get(i).information()).isEqualTo(parts.get(i).length);
    }
    client.close(pair.socket());
  }

  /** One call by both functions, which have to agree. */
  private static NtStatus both(
      TestClient client, WskConnectionSocket socket, @Nullable WskBuf buffer, int flags)
      throws InterruptedException {
    Call plain = irp -> socket.send(buffer, flags, irp);
    Call extended = irp -> socket.sendEx(buffer, flags, null, irp);
    NtStatus status = client.result(plain);
    assertThat(client.result(extended)).isEqualTo(status);
    return status;
  }

  @EachTransport
  @Rule({"SND-41", "SND-42"})
  void shouldFailAsWithoutControlInformation(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskBuf one = WskBuf.of(new byte[1]);
    WskConnectionSocket bound = client.bound();
    Pair pair = client.pair();
    WskConnectionSocket socket = pair.socket();
    assertThat(socket.sendEx(one, 0, null, null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(both(client, bound, one, 0)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(both(client, socket, null, 0)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(both(client, socket, one, 0x100)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(both(client, socket, one, WskFlags.OOB)).isEqualTo(NtStatus.NOT_SUPPORTED);
    assertThat(both(client, socket, new WskBuf(Mdl.of(new byte[1]), 0, 2), 0))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(both(client, socket, new WskBuf(), 0)).isEqualTo(NtStatus.SUCCESS);
    client.succeed(irp -> socket.disconnect(null, 0, irp));
    assertThat(both(client, socket, one, 0)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(pair.peer().readAll()).isEmpty();
    client.succeed(irp -> socket.disconnect(null, WskFlags.ABORTIVE, irp));
    assertThat(both(client, socket, one, 0)).isEqualTo(NtStatus.CONNECTION_ABORTED);
    client.close(socket, bound);
  }

  @EachTransport
  @Rule("SND-43")
  void shouldSendNothingWithControlInformation(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Pair pair = client.pair(AddressFamily.INET6, null, null);
    ControlInfo wellFormed = ControlInfo.of(new RawControlMessage(41, 67, new byte[] {1, 2, 3, 4}));
    ControlInfo malformed = ControlInfo.wrap(ByteBuffer.wrap(new byte[] {9, 9, 9}));
    WskBuf data = WskBuf.of(new byte[] {5, 5});
    for (ControlInfo info : new ControlInfo[] {wellFormed, malformed}) {
      assertThat(client.result(irp -> pair.socket().sendEx(data, 0, info, irp)))
          .isEqualTo(NtStatus.NOT_SUPPORTED);
    }
    client.send(pair.socket(), (byte) 6);
    client.succeed(irp -> pair.socket().disconnect(null, 0, irp));
    assertThat(pair.peer().readAll()).containsExactly(6);
    client.close(pair.socket());
  }
}
