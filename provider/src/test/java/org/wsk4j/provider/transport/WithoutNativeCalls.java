package org.wsk4j.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.UdpOptions;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.net.IntControlMessage;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.natives.NativeSockets;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.ChildCases;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.DatagramClient;
import org.wsk4j.provider.testing.DatagramPeer;
import org.wsk4j.provider.testing.DatagramRecorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.testing.TestScope;

/** Runs in a JVM in which JNA cannot load its native part. */
final class WithoutNativeCalls {
  static final String MOVES = "moves datagrams";
  static final String REFUSES = "refuses the rest";

  private WithoutNativeCalls() {}

  public static void main(String[] arguments) {
    System.setProperty("jna.nounpack", "true");
    System.setProperty("jna.nosys", "true");
    System.setProperty("jna.noclasspath", "true");
    System.setProperty("jna.boot.library.path", "no-such-directory");
    Map<String, ChildCases.Case> cases = new LinkedHashMap<>();
    cases.put(MOVES, WithoutNativeCalls::move);
    cases.put(REFUSES, WithoutNativeCalls::refuse);
    ChildCases.run(cases);
  }

  private static void move(Transport on, TestScope scope) throws Exception {
    assertThat(NativeSockets.isAvailable()).isFalse();
    DatagramClient udp = new DatagramClient(TestClient.on(on, scope), AddressFamily.INET);
    DatagramRecorder recorder = new DatagramRecorder();
    WskDatagramSocket socket = udp.listening(recorder);
    DatagramPeer peer = DatagramPeer.on(AddressFamily.INET, scope);
    for (int length : new int[] {0, 1, 3_000, 65_507}) {
      byte[] bytes = Bytes.pattern(length, length);
      udp.send(socket, peer.address(), bytes);
      assertThat(peer.read()).isEqualTo(bytes);
      peer.send(udp.local(socket), bytes);
      assertThat(recorder.nextDatagram()).isEqualTo(bytes);
    }
    udp.client().close(socket);
  }

  private static void refuse(Transport on, TestScope scope) throws Exception {
    for (TransportFeature feature : DatagramFeatures.ALL) {
      assertThat(on.can(feature)).isFalse();
    }
    DatagramClient udp = new DatagramClient(TestClient.on(on, scope), AddressFamily.INET);
    Controls calls = new Controls(udp.client());
    WskDatagramSocket socket = udp.bound();
    assertThat(calls.set(socket, IpOptions.PKTINFO, 1)).isEqualTo(NtStatus.NOT_SUPPORTED);
    assertThat(calls.set(socket, UdpOptions.SEND_MSG_SIZE, 9)).isEqualTo(NtStatus.NOT_SUPPORTED);
    ControlInfo info = ControlInfo.of(IntControlMessage.tos(4));
    WskBuf buffer = WskBuf.of(new byte[1]);
    assertThat(
            udp.client()
                .result(
                    irp ->
                        socket.sendTo(
                            buffer, 0, TestClient.loopback(AddressFamily.INET, 9), info, irp)))
        .isEqualTo(NtStatus.NOT_SUPPORTED);
    udp.client().close(socket);
  }
}
