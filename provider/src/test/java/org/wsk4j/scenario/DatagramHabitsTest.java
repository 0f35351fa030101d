package org.wsk4j.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskOptions;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.MessageFlags;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.DatagramPeer;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** Single things that programs do with datagrams (M4, M11, M15, M16, and A11-9). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DatagramHabitsTest {
  private static final int FAMILY = AddressFamily.INET;
  private static final int EVENT = WskEventCallbackControl.RECEIVE_FROM;

  /** A program with one bound socket, and somebody who sends to it. */
  private record Receiver(
      Scenario scenario, DatagramLog log, WskDatagramSocket socket, DatagramPeer peer) {
    static Receiver on(Transport on, TestScope scope, boolean statically) throws Exception {
      Scenario scenario = Scenario.on(on, scope);
      DatagramLog log = new DatagramLog(scenario);
      if (statically) {
        assertThat(scenario.client().statics(EVENT)).isEqualTo(NtStatus.SUCCESS);
      }
      WskDatagramSocket socket = scenario.datagrams(FAMILY, null, log.dispatch());
      scenario.succeed(irp -> socket.bind(TestClient.loopback(FAMILY, 0), 0, irp));
      return new Receiver(scenario, log, socket, DatagramPeer.on(FAMILY, scope));
    }

    NtStatus enable() {
      return scenario.client().control(socket, EVENT);
    }

    void come(byte... data) throws Exception {
      peer.send(scenario.local(socket), data);
      scenario.client().drain();
    }

    void close() throws InterruptedException {
      scenario.close(socket);
    }
  }

  @EachTransport
  void shouldTellItsTypeM4(Transport on, TestScope scope) throws Exception {
    Receiver receiver = Receiver.on(on, scope, false);
    assertThat(receiver.scenario.get(receiver.socket, WskOptions.TYPE, 4))
        .isEqualTo(SocketType.DGRAM);
    receiver.close();
  }

  @EachTransport
  void shouldIndicateADatagramWithoutDataM11(Transport on, TestScope scope) throws Exception {
    Receiver receiver = Receiver.on(on, scope, false);
    receiver.enable();
    receiver.come();
    receiver.come((byte) 1);
    assertThat(receiver.log.next().data()).isEmpty();
    assertThat(receiver.log.next().data()).containsExactly(1);
    receiver.close();
  }

  @EachTransport
  void shouldPreferRequestsToTheEventM15(Transport on, TestScope scope) throws Exception {
    Receiver receiver = Receiver.on(on, scope, false);
    receiver.enable();
    Memory memory = Memory.room(100);
    Request request = receiver.scenario.request();
    request.submit(
        irp -> receiver.socket.receiveFrom(memory.buffer(), 0, null, null, null, null, irp),
        memory);
    receiver.come((byte) 1);
    receiver.come((byte) 2);
    assertThat(request.await().expect(NtStatus.SUCCESS).data()).containsExactly(1);
    assertThat(receiver.log.next().data()).containsExactly(2);
    receiver.close();
  }

  @EachTransport
  void shouldBeSwitchedOffByARefusalUntilItIsEnabledAgainM16(Transport on, TestScope scope)
      throws Exception {
    Receiver receiver = Receiver.on(on, scope, false);
    receiver.log.answer(NtStatus.DATA_NOT_ACCEPTED);
    receiver.enable();
    receiver.come((byte) 1);
    assertThat(receiver.log.next().data()).containsExactly(1);
    receiver.come((byte) 2);
    assertThat(receiver.log.isEmpty()).isTrue();
    receiver.log.answer(NtStatus.SUCCESS);
    assertThat(receiver.enable()).isEqualTo(NtStatus.SUCCESS);
    assertThat(receiver.log.next().data()).containsExactly(1);
    assertThat(receiver.log.next().data()).containsExactly(2);
    receiver.close();
  }

  @EachTransport
  void shouldStayOnIfItWasEnabledForAllSocketsM16(Transport on, TestScope scope) throws Exception {
    Receiver receiver = Receiver.on(on, scope, true);
    receiver.log.answerOnce(NtStatus.DATA_NOT_ACCEPTED);
    receiver.come((byte) 1);
    receiver.come((byte) 2);
    assertThat(receiver.log.next().data()).containsExactly(1);
    assertThat(receiver.log.next().data()).containsExactly(2);
    assertThat(receiver.log.isEmpty()).isTrue();
    receiver.close();
  }

  @EachTransport
  void shouldReceiveWithoutRoomForControlInformationA11(Transport on, TestScope scope)
      throws Exception {
    Receiver receiver = Receiver.on(on, scope, false);
    receiver.come((byte) 1, (byte) 2, (byte) 3);
    receiver.come((byte) 4, (byte) 5, (byte) 6);
    LongOut length = new LongOut(0);
    LongOut flags = new LongOut(-1);
    Memory room = Memory.room(100);
    Turn whole =
        receiver.scenario.call(
            irp -> receiver.socket.receiveFrom(room.buffer(), 0, null, length, null, flags, irp),
            room);
    assertThat(whole.expect(NtStatus.SUCCESS).information()).isEqualTo(3);
    assertThat(whole.data()).containsExactly(1, 2, 3);
    assertThat(length.get()).isZero();

    Memory little = Memory.room(2);
    Turn cut =
        receiver
            .scenario
            .call(
                irp ->
                    receiver.socket.receiveFrom(little.buffer(), 0, null, length, null, flags, irp),
                little)
            .expect(NtStatus.BUFFER_OVERFLOW);
    assertThat(cut.information()).isEqualTo(2);
    assertThat(cut.data()).containsExactly(4, 5);
    assertThat(flags.get() & MessageFlags.TRUNC).isNotZero();
    receiver.close();
  }
}
