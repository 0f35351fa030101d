package org.wsk4j.provider.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.net.ControlMessage;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/**
 * One datagram with all that WskReceiveFrom tells of it.
 *
 * @param data its bytes
 * @param from its sender
 * @param flags how it was sent, and what was cut
 * @param length how much control information was stored
 * @param messages the control information
 */
public record Told(
    byte[] data, SocketAddress from, long flags, long length, List<ControlMessage> messages) {
  private static final int LARGEST = 65_535;

  /** Receives a datagram with its control information. */
  public static Told by(TestClient client, WskDatagramSocket socket) throws InterruptedException {
    return by(client, socket, 1_000);
  }

  /** Receives a datagram with so much of its control information. */
  public static Told by(TestClient client, WskDatagramSocket socket, int room)
      throws InterruptedException {
    byte[] memory = new byte[LARGEST];
    Out<SocketAddress> from = new Out<>();
    Out<ControlInfo> control = new Out<>();
    LongOut length = new LongOut();
    LongOut flags = new LongOut();
    length.set(room);
    flags.set(-1);
    Irp irp = client.irp();
    NtStatus returned = socket.receiveFrom(WskBuf.of(memory), 0, from, length, control, flags, irp);
    assertThat(client.result(returned, irp)).isEqualTo(NtStatus.SUCCESS);
    ControlInfo info = control.get();
    return new Told(
        Arrays.copyOf(memory, (int) irp.information()),
        from.require(),
        flags.get(),
        length.get(),
        length.get() == 0 || info == null ? List.of() : info.messages());
  }
}
