package org.wsk4j.contract.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientNpi;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.client.WskVersion;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskClientControlKey;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskTdiBehavior;
import org.wsk4j.control.WskTdiMap;
import org.wsk4j.control.WskTdiMapInfo;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.net.WskTransport;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.security.SecurityDescriptor;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** The control codes of a client in general, and those of TDI. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ClientControlTest {
  private static final WskClientControlKey<Integer, Void> BEHAVIOR = WskClientControls.TDI_BEHAVIOR;
  private static final WskClientControlKey<WskTdiMapInfo, Void> MAPPING =
      WskClientControls.TDI_DEVICENAME_MAPPING;
  private static final WskTdiMapInfo EMPTY = new WskTdiMapInfo(List.of());
  private static final WskTdiMapInfo TCP =
      new WskTdiMapInfo(
          List.of(
              new WskTdiMap(SocketType.STREAM, AddressFamily.INET, Protocol.TCP, "\\Device\\Tcp")));

  @EachTransport
  @Rule({"CLI-18", "CLI-11"})
  void shouldRefuseUnknownCodes(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    for (int code : new int[] {0, 1, 9, -1, Integer.MIN_VALUE, 1000}) {
      WskClientControlKey<ByteBuffer, ByteBuffer> key = WskClientControlKey.raw(code);
      assertThat(calls.control(key, null, 0, null, null, null)).isEqualTo(NtStatus.NOT_SUPPORTED);
      assertThat(client.result(irp -> calls.control(key, null, 0, null, null, irp)))
          .isEqualTo(NtStatus.NOT_SUPPORTED);
    }
  }

  @EachTransport
  @Rule({"CLI-19", "CLI-11", "CLI-77", "CLI-81"})
  void shouldRefuseARequestWhereNoneBelongs(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    assertThat(client.result(irp -> calls.control(BEHAVIOR, 1, 0, null, null, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.result(irp -> calls.control(MAPPING, EMPTY, 0, null, null, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(
            client.result(
                irp ->
                    calls.control(
                        WskClientControls.SET_STATIC_EVENT_CALLBACKS,
                        new WskEventCallbackControl(
                            WskProviderCharacteristics.NPI_WSK_INTERFACE_ID,
                            WskEventCallbackControl.ACCEPT),
                        0,
                        null,
                        null,
                        irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    // Neither of them has an output.
    assertThat(calls.control(BEHAVIOR, 1, 4, new Out<>(), null, null))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(calls.control(MAPPING, EMPTY, 0, new Out<>(), null, null))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
  }

  @EachTransport
  @Rule({"CLI-13", "CLI-14", "CLI-12"})
  void shouldTellTheSizeOfTheOutputWhereAsked(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    SecurityDescriptor nobody = SecurityDescriptor.grantingNobody();
    Out<SecurityDescriptor> place = new Out<>();
    LongOut size = new LongOut(77);
    assertThat(calls.control(WskClientControls.CACHE_SD, nobody, 8, place, size, null))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(size.get()).isEqualTo(8);
    assertThat(calls.control(WskClientControls.CACHE_SD, nobody, 8, new Out<>(), null, null))
        .isEqualTo(NtStatus.SUCCESS);
    for (int i = 0; i < 2; i++) {
      size.set(77);
      LongOut returned = i == 0 ? size : null;
      assertThat(
              calls.control(WskClientControls.RELEASE_SD, place.require(), 0, null, returned, null))
          .isEqualTo(NtStatus.SUCCESS);
    }
    assertThat(size.get()).isEqualTo(77);
    assertThat(calls.control(BEHAVIOR, 0, 0, null, size, null)).isEqualTo(NtStatus.SUCCESS);
    assertThat(size.get()).isZero();
    assertThat(calls.control(BEHAVIOR, 0, 0, null, null, null)).isEqualTo(NtStatus.SUCCESS);
    // With a request the size is in the request alone.
    size.set(77);
    Irp irp =
        client.pend(
            one ->
                calls.control(WskClientControls.TRANSPORT_LIST_CHANGE, null, 0, null, size, one));
    irp.cancel();
    client.result(irp);
    assertThat(size.get()).isEqualTo(77);
  }

  @EachTransport
  @Rule("CLI-17")
  void shouldRunOnEventLoops(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    AtomicReference<Object> failure = new AtomicReference<>();
    Irp irp = client.irp();
    client
        .provider()
        .onSomeLoop(
            () -> {
              Out<List<WskTransport>> list = new Out<>();
              NtStatus listed =
                  calls.control(
                      WskClientControls.TRANSPORT_LIST_QUERY,
                      null,
                      1 << 16,
                      list,
                      new LongOut(),
                      null);
              NtStatus waits =
                  calls.control(WskClientControls.TRANSPORT_LIST_CHANGE, null, 0, null, null, irp);
              if (listed != NtStatus.SUCCESS || waits != NtStatus.PENDING) {
                failure.set(listed + " " + waits);
              }
            });
    assertThat(failure.get()).isNull();
    irp.cancel();
    assertThat(client.result(irp)).isEqualTo(NtStatus.CANCELLED);
  }

  // ---- TDI

  @EachTransport
  @Rule({"CLI-81", "CLI-82", "CLI-84"})
  void shouldTakeTheBehaviourOfTdi(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    assertThat(calls.control(BEHAVIOR, WskTdiBehavior.BYPASS_TDI, 0, null, null, null))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.control(BEHAVIOR, 0, 0, null, null, null)).isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.control(BEHAVIOR, 2, 0, null, null, null))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(calls.control(BEHAVIOR, null, 0, null, null, null))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    WskClientControlKey<ByteBuffer, ByteBuffer> raw = WskClientControlKey.raw(BEHAVIOR.code());
    assertThat(calls.control(raw, Controls.ulong(1), 0, null, null, null))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.control(raw, Controls.bytes(3), 0, null, null, null))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    // Sockets are what they were.
    TestClient.Pair pair = client.pair();
    client.send(pair.socket(), (byte) 1);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"CLI-77", "CLI-78", "CLI-80", "CLI-84"})
  void shouldMapNoDevicesOfTdi(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    assertThat(calls.control(MAPPING, EMPTY, 0, null, null, null)).isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.control(MAPPING, TCP, 0, null, null, null)).isEqualTo(NtStatus.NOT_SUPPORTED);
    assertThat(calls.control(MAPPING, null, 0, null, null, null))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    WskTdiMap map = TCP.maps().get(0);
    assertThat(map.socketType()).isEqualTo(SocketType.STREAM);
    assertThat(map.addressFamily()).isEqualTo(AddressFamily.INET);
    assertThat(map.protocol()).isEqualTo(Protocol.TCP);
    assertThat(map.tdiDeviceName()).isEqualTo("\\Device\\Tcp");
    TestClient.Pair pair = client.pair();
    client.send(pair.socket(), (byte) 1);
    client.close(pair.socket());
  }

  @EachTransport
  @Rule({"CLI-79", "CLI-83", "CLI-84"})
  void shouldTalkOfTdiBeforeTheFirstSocketAlone(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    client.close(calls.basic(AddressFamily.INET, true));
    assertThat(calls.control(BEHAVIOR, 1, 0, null, null, null))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(calls.control(BEHAVIOR, 2, 0, null, null, null))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    for (WskTdiMapInfo maps : List.of(EMPTY, TCP)) {
      assertThat(calls.control(MAPPING, maps, 0, null, null, null))
          .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    }
  }

  // ---- Client events

  @EachTransport
  @Rule({"CLI-85", "CLI-86"})
  void shouldCallNoClientEvent(Transport on, TestScope scope) throws Exception {
    AtomicInteger calls = new AtomicInteger();
    TestClient other = TestClient.on(on, scope);
    WskRegistration registration = new WskRegistration(other.provider().registrar());
    WskClientDispatch dispatch =
        new WskClientDispatch(
            WskVersion.V1_0,
            0,
            (context, type, information, length) -> {
              calls.incrementAndGet();
              return NtStatus.NOT_IMPLEMENTED;
            });
    assertThat(registration.register(new WskClientNpi(this, dispatch))).isEqualTo(NtStatus.SUCCESS);
    Out<WskProviderNpi> npi = new Out<>();
    assertThat(registration.captureProviderNpi(WskRegistration.NO_WAIT, npi))
        .isEqualTo(NtStatus.SUCCESS);
    for (int code = 0; code < 20; code++) {
      WskProviderNpi wsk = npi.require();
      NtStatus answer =
          wsk.dispatch()
              .controlClient(
                  wsk.client(), WskClientControlKey.raw(code), null, 0, null, null, null);
      boolean known = code >= 2 && code <= 8;
      assertThat(answer == NtStatus.NOT_SUPPORTED).isEqualTo(!known);
    }
    other.close(other.pair().socket());
    registration.releaseProviderNpi();
    registration.deregister();
    assertThat(calls).hasValue(0);
  }

  @EachTransport
  @Rule({"IRP-58", "CLI-19"})
  void shouldTakeARequestForChangesOfTheListAlone(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    assertThat(
            client.result(
                irp ->
                    calls.control(
                        WskClientControls.TRANSPORT_LIST_QUERY, null, 0, null, new LongOut(), irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    Out<SecurityDescriptor> cached = new Out<>();
    SecurityDescriptor nobody = SecurityDescriptor.grantingNobody();
    assertThat(
            client.result(
                irp -> calls.control(WskClientControls.CACHE_SD, nobody, 8, cached, null, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(cached.get()).isNull();
    assertThat(calls.control(WskClientControls.CACHE_SD, nobody, 8, cached, null, null))
        .isEqualTo(NtStatus.SUCCESS);
    SecurityDescriptor held = cached.require();
    assertThat(
            client.result(
                irp -> calls.control(WskClientControls.RELEASE_SD, held, 0, null, null, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(calls.control(WskClientControls.RELEASE_SD, held, 0, null, null, null))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.control(WskClientControls.TRANSPORT_LIST_CHANGE, null, 0, null, null, null))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
  }

  @EachTransport
  @Rule("CLI-53")
  void shouldUseACachedDescriptorForManySockets(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    Out<SecurityDescriptor> cached = new Out<>();
    calls.control(
        WskClientControls.CACHE_SD, SecurityDescriptor.grantingNobody(), 8, cached, null, null);
    for (int i = 0; i < 10; i++) {
      Irp made =
          client.succeed(
              irp ->
                  client
                      .functions()
                      .socket(
                          client.client(),
                          AddressFamily.INET,
                          SocketType.STREAM,
                          Protocol.TCP,
                          WskFlags.LISTEN_SOCKET,
                          null,
                          null,
                          null,
                          null,
                          cached.require(),
                          irp));
      client.watch(made.object(WskSocket.class));
    }
    client.closeAll();
    assertThat(calls.control(WskClientControls.RELEASE_SD, cached.require(), 0, null, null, null))
        .isEqualTo(NtStatus.SUCCESS);
    assertThatThrownBy(() -> cached.require().granted().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @EachTransport
  @Rule("CLI-55")
  void shouldReleaseNothingButCachedDescriptors(Transport on, TestScope scope) {
    Controls calls = new Controls(TestClient.on(on, scope));
    WskClientControlKey<ByteBuffer, ByteBuffer> raw =
        WskClientControlKey.raw(WskClientControls.RELEASE_SD.code());
    assertThat(calls.control(raw, Controls.bytes(8), 0, null, null, null))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(
            calls.control(
                WskClientControls.RELEASE_SD,
                SecurityDescriptor.grantingNobody(),
                0,
                null,
                null,
                null))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    Out<SecurityDescriptor> cached = new Out<>();
    calls.control(
        WskClientControls.CACHE_SD, SecurityDescriptor.grantingNobody(), 8, cached, null, null);
    assertThat(calls.control(WskClientControls.RELEASE_SD, cached.require(), 0, null, null, null))
        .isEqualTo(NtStatus.SUCCESS);
  }
}
