package org.wsk4j.contract.disconnecting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wsk4j.contract.disconnecting.SilentModeTest.silence;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.ChildCases;
import org.wsk4j.provider.testing.ForeignProgram;
import org.wsk4j.provider.testing.Recorder;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

/**
 * Runs in one of two joined network namespaces: silent connections with peers in the other one,
 * which are foreign programs.
 */
final class SilentConnections {
  static final String IPV4 = "10.77.0.1";
  static final String OTHER_IPV4 = "10.77.0.3";
  static final String IPV6 = "fd77::1";

  /** What a socket reads ahead. */
  private static final int READ_AHEAD = 64 * 1024;

  /** More than the buffers of both systems hold. */
  private static final int MORE_THAN_FITS = 24 * 1024 * 1024;

  private static final int EVENTS =
      WskEventCallbackControl.RECEIVE | WskEventCallbackControl.DISCONNECT;

  private final String elsewhere;

  private SilentConnections(String elsewhere) {
    this.elsewhere = elsewhere;
  }

  public static void main(String[] arguments) {
    SilentConnections all = new SilentConnections(arguments[0]);
    Map<String, ChildCases.Case> cases = new LinkedHashMap<>();
    cases.put("discards IPv4", (on, scope) -> all.discards(on, scope, IPV4));
    cases.put("discards IPv6", (on, scope) -> all.discards(on, scope, IPV6));
    cases.put("begins to read", all::beginsToRead);
    cases.put("only closes", all::onlyCloses);
    cases.put("fails receives", all::failsReceives);
    cases.put("minds sends", all::mindsSends);
    cases.put("minds disconnects", all::mindsDisconnects);
    cases.put("follows our end", all::followsOurEnd);
    cases.put("inside a callback", all::insideACallback);
    cases.put("own addresses", all::ownAddresses);
    ChildCases.run(cases);
  }

  /** An accepted socket and the program at the other end. */
  private record Silent(TestClient client, WskConnectionSocket socket, ForeignProgram peer) {}

  private Silent accepted(
      Transport on, TestScope scope, String at, @Nullable Recorder recorder, String... mode)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = listen(client, at);
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", elsewhere, "socat"));
    command.addAll(List.of("-d", "-t", "20"));
    command.addAll(List.of(mode));
    command.add("-");
    String host = at.contains(":") ? "[" + at + "]" : at;
    command.add("TCP:" + host + ":" + client.local(listener).getPort());
    ForeignProgram peer = ForeignProgram.start(scope, command);
    WskConnectionSocket socket =
        client.accept(listener, recorder, recorder == null ? null : recorder.dispatch());
    client.close(listener);
    if (recorder != null) {
      assertThat(client.control(socket, EVENTS)).isEqualTo(NtStatus.SUCCESS);
    }
    return new Silent(client, socket, peer);
  }

  private static WskListeningSocket listen(TestClient client, String at) throws Exception {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(at), 0);
    WskListeningSocket listener = client.listener(SocketAddresses.family(address), null, null);
    client.succeed(irp -> listener.bind(address, 0, irp));
    return listener;
  }

  private void discards(Transport on, TestScope scope, String at) throws Exception {
    Recorder recorder = new Recorder();
    Silent one = accepted(on, scope, at, recorder);
    one.peer.input().write(1);
    one.peer.input().flush();
    assertThat(recorder.next().copy()).containsExactly(1);
    one.client.succeed(irp -> silence(one.socket, irp));
    // Getting rid of so much shows that it does not stay in the buffers of the system.
    one.peer.input().write(Bytes.pattern(1, MORE_THAN_FITS));
    one.peer.input().close();
    one.client.drain();
    assertThat(recorder.count()).isEqualTo(1);
    assertThat(recorder.ends()).isEmpty();
    assertThat(one.peer.isRunning()).isTrue();
    one.client.close(one.socket);
    assertThat(one.peer.output().readAllBytes()).isEmpty();
    assertThat(one.peer.complaints()).contains("Connection reset by peer");
  }

  /** Nothing is read any more when it becomes silent: as much as is read ahead waits for nobody. */
  private void beginsToRead(Transport on, TestScope scope) throws Exception {
    Silent one = accepted(on, scope, IPV4, null);
    Future<?> sent =
        scope
            .thread("peer")
            .submit(
                () -> {
                  one.peer.input().write(Bytes.pattern(1, MORE_THAN_FITS));
                  one.peer.input().close();
                  return null;
                });
    Out<Long> waits = new Out<>();
    do {
      one.client.succeed(
          irp ->
              one.socket.controlSocket(
                  WskControlSocketType.IOCTL,
                  WskIoctls.QUERY_RECEIVE_BACKLOG,
                  null,
                  8,
                  waits,
                  null,
                  irp));
    } while (waits.require() < READ_AHEAD);
    one.client.drain();
    one.client.succeed(irp -> silence(one.socket, irp));
    sent.get(10, TimeUnit.SECONDS);
    one.client.close(one.socket);
  }

  private void onlyCloses(Transport on, TestScope scope) throws Exception {
    Recorder recorder = new Recorder();
    Silent one = accepted(on, scope, IPV4, recorder);
    TestClient client = one.client;
    WskConnectionSocket socket = one.socket;
    client.succeed(irp -> silence(socket, irp));
    WskBuf data = WskBuf.of(new byte[1]);
    Out<SocketAddress> place = new Out<>();
    List<TestClient.Call> calls =
        List.of(
            irp -> socket.send(data, 0, irp),
            irp -> socket.sendEx(data, 0, null, irp),
            irp -> socket.disconnect(null, 0, irp),
            irp -> socket.disconnect(data, 0, irp),
            irp -> socket.disconnect(null, WskFlags.ABORTIVE, irp),
            irp -> socket.receive(data, 0, irp),
            irp -> socket.getLocalAddress(place, irp),
            irp -> socket.getRemoteAddress(place, irp),
            irp -> client.control(socket, WskEventCallbackControl.SEND_BACKLOG, irp),
            irp -> silence(socket, irp));
    for (TestClient.Call call : calls) {
      assertThat(client.result(call)).isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    }
    assertThat(place.get()).isNull();
    client.close(socket);
    one.peer.input().close();
    assertThat(one.peer.output().readAllBytes()).isEmpty();
  }

  private void failsReceives(Transport on, TestScope scope) throws Exception {
    Silent one = accepted(on, scope, IPV4, null);
    Irp pending = one.client.pend(irp -> one.socket.receive(WskBuf.of(new byte[9]), 0, irp));
    one.client.succeed(irp -> silence(one.socket, irp));
    assertThat(one.client.result(NtStatus.PENDING, pending))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    one.client.close(one.socket);
  }

  private void mindsSends(Transport on, TestScope scope) throws Exception {
    Silent one = accepted(on, scope, IPV4, null, "-u");
    WskBuf much = WskBuf.of(new byte[MORE_THAN_FITS]);
    Irp pending = one.client.pend(irp -> one.socket.send(much, 0, irp));
    assertThat(one.client.result(irp -> silence(one.socket, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    one.peer.input().write(7);
    one.peer.input().flush();
    assertThat(one.client.receive(one.socket, 9)).containsExactly(7);
    assertThat(pending.isCompleted()).isFalse();
    one.client.close(one.socket);
    one.client.result(NtStatus.PENDING, pending);
  }

  /** Without a way back from the peer our end stays unacknowledged. */
  private void mindsDisconnects(Transport on, TestScope scope) throws Exception {
    Silent one = accepted(on, scope, IPV4, null);
    boolean waits = on.can(TransportFeature.TCP_INFO);
    route(scope, "add");
    Irp disconnect = one.client.irp();
    NtStatus returned = one.socket.disconnect(null, 0, disconnect);
    NtStatus expected = waits ? NtStatus.INVALID_DEVICE_STATE : NtStatus.SUCCESS;
    if (!waits) {
      assertThat(one.client.result(returned, disconnect)).isEqualTo(NtStatus.SUCCESS);
    }
    assertThat(one.client.result(irp -> silence(one.socket, irp))).isEqualTo(expected);
    assertThat(disconnect.isCompleted()).isEqualTo(!waits);
    one.client.close(one.socket);
    if (waits) {
      assertThat(one.client.result(returned, disconnect)).isEqualTo(NtStatus.CANCELLED);
    }
    route(scope, "del");
  }

  private void route(TestScope scope, String change) throws Exception {
    ForeignProgram.start(scope, "ip", "-n", elsewhere, "route", change, "blackhole", IPV4)
        .succeed();
  }

  private void followsOurEnd(Transport on, TestScope scope) throws Exception {
    Silent one = accepted(on, scope, IPV4, null);
    one.client.send(one.socket, (byte) 1);
    one.client.succeed(irp -> one.socket.disconnect(null, 0, irp));
    assertThat(one.peer.output().read()).isEqualTo(1);
    one.client.succeed(irp -> silence(one.socket, irp));
    one.client.close(one.socket);
  }

  /** What is being indicated is the client's to decide on; nothing follows it. */
  private void insideACallback(Transport on, TestScope scope) throws Exception {
    AtomicReference<WskConnectionSocket> socket = new AtomicReference<>();
    AtomicReference<NtStatus> answer = new AtomicReference<>();
    Irp request = scope.irp();
    Recorder recorder =
        new Recorder(
            data -> {
              answer.set(silence(socket.get(), request));
              return NtStatus.DATA_NOT_ACCEPTED;
            });
    Silent one = accepted(on, scope, IPV4, recorder);
    socket.set(one.socket);
    one.peer.input().write(1);
    one.peer.input().flush();
    recorder.next();
    assertThat(answer).hasValue(NtStatus.SUCCESS);
    one.peer.input().write(2);
    one.peer.input().flush();
    one.client.drain();
    assertThat(recorder.count()).isEqualTo(1);
    one.client.close(one.socket);
    one.peer.input().close();
    assertThat(one.peer.output().readAllBytes()).isEmpty();
  }

  private void ownAddresses(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    for (String at : List.of(IPV4, OTHER_IPV4, IPV6)) {
      WskConnectionSocket socket = client.connected(client.local(listen(client, at)), null, null);
      assertThat(client.result(irp -> silence(socket, irp))).isEqualTo(NtStatus.NOT_SUPPORTED);
      client.send(socket, (byte) 1);
    }
    client.closeAll();
  }
}
