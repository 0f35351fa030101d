package org.wsk4j.contract.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientNpi;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.client.WskVersion;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.registration.HandMovedClock;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.socket.WskClientSocketDispatch;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.Background;
import org.wsk4j.testing.FakeSocket;
import org.wsk4j.testing.FakeWskProvider;

/** A registrar of its own for each test, with what tests do all the time. */
final class World {
  static final int FOREVER = WskRegistration.INFINITE_WAIT;

  final NetworkModuleRegistrar registrar = new NetworkModuleRegistrar();
  final HandMovedClock clock = new HandMovedClock();
  private final List<FakeWskProvider> started = new ArrayList<>();

  static WskClientNpi npi(int version) {
    return new WskClientNpi(null, new WskClientDispatch(version));
  }

  WskRegistration block() {
    return clock.registration(registrar);
  }

  WskRegistration registered() {
    return registered(WskVersion.V1_0);
  }

  WskRegistration registered(int version) {
    WskRegistration block = block();
    assertThat(block.register(npi(version))).isSameAs(NtStatus.SUCCESS);
    return block;
  }

  /** Starts a provider of version 1.0 that {@link #close} stops. */
  FakeWskProvider provider() {
    return start(new FakeWskProvider(registrar));
  }

  FakeWskProvider provider(int lowest, int highest) {
    return start(new FakeWskProvider(registrar).offering(lowest, highest));
  }

  FakeWskProvider start(FakeWskProvider provider) {
    started.add(provider);
    return provider.start();
  }

  void stop(FakeWskProvider provider) {
    started.remove(provider);
    provider.stop();
  }

  /** Stops the providers, and makes sure that nobody forgot anything; waits for nothing. */
  void close() {
    started.forEach(FakeWskProvider::beginStop);
    assertThat(registrar.describe()).isEmpty();
  }

  static NtStatus capture(WskRegistration block, int timeout) {
    return block.captureProviderNpi(timeout, new Out<>());
  }

  static WskProviderNpi captured(WskRegistration block) {
    Out<WskProviderNpi> out = new Out<>();
    assertThat(block.captureProviderNpi(WskRegistration.NO_WAIT, out)).isSameAs(NtStatus.SUCCESS);
    return out.require();
  }

  static Background<NtStatus> captureInBackground(WskRegistration block, int timeout) {
    return Background.call("capture", () -> capture(block, timeout));
  }

  static Background<Void> deregisterInBackground(WskRegistration block) {
    return Background.run("deregister", block::deregister);
  }

  static WskProviderCharacteristics queried(WskRegistration block) {
    Out<WskProviderCharacteristics> out = new Out<>();
    assertThat(block.queryProviderCharacteristics(out)).isSameAs(NtStatus.SUCCESS);
    return out.require();
  }

  static NtStatus query(WskRegistration block) {
    return block.queryProviderCharacteristics(new Out<>());
  }

  static FakeSocket socket(WskProviderNpi npi) {
    return socket(npi, null, null);
  }

  static FakeSocket socket(
      WskProviderNpi npi, Object socketContext, WskClientSocketDispatch dispatch) {
    Irp irp = Irp.allocate();
    assertThat(socket(npi, socketContext, dispatch, irp)).isSameAs(NtStatus.SUCCESS);
    return irp.object(FakeSocket.class);
  }

  static NtStatus socket(WskProviderNpi npi, Irp irp) {
    return socket(npi, null, null, irp);
  }

  private static NtStatus socket(
      WskProviderNpi npi, Object socketContext, WskClientSocketDispatch dispatch, Irp irp) {
    return npi.dispatch()
        .socket(
            npi.client(),
            AddressFamily.INET,
            SocketType.STREAM,
            Protocol.TCP,
            WskFlags.STREAM_SOCKET,
            socketContext,
            dispatch,
            null,
            null,
            null,
            irp);
  }

  static void close(FakeSocket socket) {
    Irp irp = Irp.allocate();
    socket.closeSocket(irp);
    assertThat(irp.isCompleted()).isTrue();
    assertThat(irp.status()).isSameAs(NtStatus.SUCCESS);
  }

  /** Runs something as a completion routine, an event callback or an event loop would. */
  static void atDispatchLevel(Runnable action) {
    DispatchLevel level = DispatchLevel.current();
    level.raise();
    try {
      action.run();
    } finally {
      level.lower();
    }
  }
}
