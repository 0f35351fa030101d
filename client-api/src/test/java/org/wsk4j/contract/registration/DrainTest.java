package org.wsk4j.contract.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.testing.Background;
import org.wsk4j.testing.FakeSocket;
import org.wsk4j.testing.FakeWskClient;
import org.wsk4j.testing.FakeWskProvider;

/** Deregistration waits for the provider's half: requests, sockets, callbacks. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DrainTest {
  private final World world = new World();
  private FakeWskProvider provider;
  private WskRegistration block;
  private WskProviderNpi npi;

  @BeforeEach
  void capture() {
    provider = world.provider();
    block = world.registered();
    npi = World.captured(block);
  }

  @AfterEach
  void nothingIsLeft() {
    world.close();
  }

  @ParameterizedTest
  @EnumSource
  @Rule({"REG-63", "IRP-70"})
  void shouldWaitForPendingRequests(ReleaseTest.Function function) {
    provider.holdRequests();
    Irp irp = Irp.allocate();
    assertThat(function.call(npi.dispatch(), npi.client(), irp)).isSameAs(NtStatus.PENDING);
    block.releaseProviderNpi();
    Background<Void> deregister = World.deregisterInBackground(block).awaitBlocked();

    assertThat(irp.isCompleted()).isFalse();
    provider.completeRequests();
    ((FakeWskClient) npi.client()).openSockets().forEach(World::close);

    deregister.result();
    assertThat(irp.status()).isSameAs(NtStatus.SUCCESS);
  }

  @Test
  @Rule({"REG-64", "REG-68"})
  void shouldWaitForOpenSocketsAndCloseNone() {
    List<Object> told = new ArrayList<>();
    WskClientConnectionDispatch table =
        WskClientConnectionDispatch.builder()
            .onReceive(
                (context, flags, data, indicated, accepted) -> {
                  told.add("receive");
                  return NtStatus.SUCCESS;
                })
            .onDisconnect(
                (context, flags) -> {
                  told.add("disconnect");
                  return NtStatus.SUCCESS;
                })
            .build();
    FakeSocket first = World.socket(npi, null, table);
    FakeSocket second = World.socket(npi);
    Irp pending = Irp.allocate();
    first.receive(null, 0, pending);
    block.releaseProviderNpi();
    Background<Void> deregister = World.deregisterInBackground(block).awaitBlocked();

    assertThat(first.isOpen()).isTrue();
    assertThat(second.isOpen()).isTrue();
    assertThat(pending.isCompleted()).isFalse();
    assertThat(told).isEmpty();
    World.close(first);
    deregister.awaitBlocked();
    World.close(second);

    deregister.result();
  }

  @Test
  @Rule("REG-65")
  void shouldWaitForAcceptedSockets() {
    List<WskConnectionSocket> byEvent = new ArrayList<>();
    WskClientListenDispatch table =
        WskClientListenDispatch.builder()
            .onAccept(
                (context, flags, local, remote, accepted, newContext, newTable) -> {
                  byEvent.add(accepted);
                  return NtStatus.SUCCESS;
                })
            .build();
    FakeSocket listener = World.socket(npi, null, table);
    Irp accept = Irp.allocate();
    listener.accept(0, null, null, null, null, accept);
    listener.completeAccept();
    listener.acceptByEvent();
    World.close(listener);
    block.releaseProviderNpi();
    Background<Void> deregister = World.deregisterInBackground(block).awaitBlocked();

    World.close(accept.object(FakeSocket.class));
    deregister.awaitBlocked();
    World.close((FakeSocket) byEvent.get(0));

    deregister.result();
  }

  @Test
  @Rule("REG-66")
  void shouldWaitUntilTheCloseIsComplete() {
    FakeSocket socket = World.socket(npi);
    socket.holdClose();
    Irp close = Irp.allocate();
    assertThat(socket.closeSocket(close)).isSameAs(NtStatus.PENDING);
    block.releaseProviderNpi();
    Background<Void> deregister = World.deregisterInBackground(block).awaitBlocked();

    socket.letCloseComplete();

    deregister.result();
    assertThat(close.status()).isSameAs(NtStatus.SUCCESS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Rule({"REG-67", "REG-71"})
  void shouldWaitForCapturesAndSocketsInAnyOrderWhileOthersGoOn(boolean socketFirst) {
    FakeSocket socket = World.socket(npi);
    Background<Void> deregister = World.deregisterInBackground(block).awaitBlocked();

    assertThat(socket.send(null, 0, Irp.allocate())).isSameAs(NtStatus.SUCCESS);
    World.close(World.socket(npi));
    endOne(socketFirst, socket);
    deregister.awaitBlocked();
    endOne(!socketFirst, socket);

    deregister.result();
  }

  private void endOne(boolean closeTheSocket, FakeSocket socket) {
    if (closeTheSocket) {
      World.close(socket);
    } else {
      block.releaseProviderNpi();
    }
  }

  @Test
  @Rule({"REG-64", "REG-67"})
  void shouldWaitForSocketsMadeWhileItWaitedForCaptures() {
    Background<Void> deregister = World.deregisterInBackground(block).awaitBlocked();
    FakeSocket late = World.socket(npi);

    block.releaseProviderNpi();
    deregister.awaitBlocked();
    World.close(late);

    deregister.result();
  }

  @Test
  @Rule("REG-72")
  void shouldWaitForRunningCallbacks() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    WskClientConnectionDispatch table =
        WskClientConnectionDispatch.builder()
            .onReceive(
                (context, flags, data, indicated, accepted) -> {
                  inside.countDown();
                  DeregisterTest.await(goOn);
                  return NtStatus.SUCCESS;
                })
            .build();
    FakeSocket socket = World.socket(npi, null, table);
    Background<NtStatus> callback = Background.call("callback", socket::indicate);
    DeregisterTest.await(inside);
    socket.closeSocket(Irp.allocate());
    block.releaseProviderNpi();
    Background<Void> deregister = World.deregisterInBackground(block).awaitBlocked();

    goOn.countDown();

    callback.result();
    deregister.result();
  }

  @Test
  @Rule("REG-72")
  void shouldWaitForRunningCompletionRoutines() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Irp close = Irp.allocate();
    close.setCompletionRoutine(
        (irp, context) -> {
          inside.countDown();
          DeregisterTest.await(goOn);
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);
    FakeSocket socket = World.socket(npi);
    Background<NtStatus> routine = Background.call("close", () -> socket.closeSocket(close));
    DeregisterTest.await(inside);
    block.releaseProviderNpi();
    Background<Void> deregister = World.deregisterInBackground(block).awaitBlocked();

    goOn.countDown();

    routine.result();
    deregister.result();
  }
}
