package org.wsk4j.contract.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.wsk4j.registration.WskRegistration.NO_WAIT;

import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientEvent;
import org.wsk4j.client.WskClientNpi;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.client.WskVersion;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.testing.Background;
import org.wsk4j.testing.FakeSocket;
import org.wsk4j.testing.FakeWskClient;
import org.wsk4j.testing.FakeWskProvider;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RegisterTest {
  private static final WskClientEvent IGNORE =
      (context, type, information, length) -> NtStatus.SUCCESS;

  private final World world = new World();

  @AfterEach
  void nothingIsLeft() {
    world.close();
  }

  @Test
  @Rule({"REG-01", "REG-03"})
  void shouldRegisterAtOnceWhileThereIsNoProvider() {
    WskRegistration block = world.block();

    assertThat(block.register(World.npi(WskVersion.V1_0))).isSameAs(NtStatus.SUCCESS);

    assertThat(world.clock.waits()).isZero();
    assertThat(World.capture(block, NO_WAIT)).isSameAs(NtStatus.DEVICE_NOT_READY);
    world.provider();
    World.captured(block);
    block.releaseProviderNpi();
    World.queried(block);
    block.deregister();
  }

  @Test
  @Rule("REG-02")
  void shouldReportNothingAfterRegisterHasReturned() {
    List<Object> reported = new ArrayList<>();
    WskRegistration block = world.block();
    WskClientEvent event =
        (context, type, information, length) -> {
          reported.add(type);
          return NtStatus.SUCCESS;
        };

    NtStatus status =
        block.register(new WskClientNpi(null, new WskClientDispatch(WskVersion.V1_0, 0, event)));
    world.provider();
    World.captured(block);
    block.releaseProviderNpi();
    block.deregister();

    assertThat(status).isSameAs(NtStatus.SUCCESS);
    assertThat(reported).isEmpty();
    assertThat(methods("register"))
        .allSatisfy(method -> assertThat(method.getParameterTypes()).doesNotContain(Irp.class));
  }

  @Test
  @Rule("REG-04")
  void shouldNotLookAtTheVersion() {
    world.provider(0x0100, 0x0103);
    WskRegistration block = world.block();

    assertThat(block.register(World.npi(WskVersion.make(7, 9)))).isSameAs(NtStatus.SUCCESS);

    assertThat(World.capture(block, NO_WAIT)).isSameAs(NtStatus.NOINTERFACE);
    block.deregister();
  }

  @Test
  @Rule({"REG-05", "REG-14", "REG-15"})
  void shouldRegisterNothingWithBadArguments() {
    WskRegistration block = world.block();
    WskClientDispatch reserved = new WskClientDispatch(WskVersion.V1_0, 1, null);

    assertThat(block.register(null)).isSameAs(NtStatus.INVALID_PARAMETER);
    assertThat(block.register(new WskClientNpi("context", null)))
        .isSameAs(NtStatus.INVALID_PARAMETER);
    assertThat(block.register(new WskClientNpi(null, reserved)))
        .isSameAs(NtStatus.INVALID_PARAMETER);

    assertThat(world.registrar.describe()).isEmpty();
    assertThatIllegalStateException().isThrownBy(block::deregister);
    assertThat(block.register(World.npi(WskVersion.V1_0))).isSameAs(NtStatus.SUCCESS);
    block.deregister();
  }

  @Test
  @Rule("REG-05")
  void shouldRegisterNothingIfTheRegistrarIsFull() {
    NetworkModuleRegistrar full = new NetworkModuleRegistrar(1);
    WskRegistration other = new WskRegistration(full);
    other.register(World.npi(WskVersion.V1_0));
    String before = full.describe();
    WskRegistration block = new WskRegistration(full);

    assertThat(block.register(World.npi(WskVersion.V1_0)))
        .isSameAs(NtStatus.INSUFFICIENT_RESOURCES);

    assertThat(full.describe()).isEqualTo(before);
    assertThatIllegalStateException().isThrownBy(block::deregister);
    assertThat(World.capture(block, World.FOREVER)).isSameAs(NtStatus.DEVICE_NOT_READY);
    other.deregister();
    assertThat(block.register(World.npi(WskVersion.V1_0))).isSameAs(NtStatus.SUCCESS);
    block.deregister();
    assertThat(full.describe()).isEmpty();
  }

  @Test
  @Rule({"REG-06", "REG-07", "REG-41"})
  void shouldKeepBlocksApartThatUseTheSameNpi() {
    FakeWskProvider provider = world.provider();
    WskClientNpi npi = World.npi(WskVersion.V1_0);
    WskRegistration first = world.block();
    WskRegistration second = world.block();

    assertThat(first.register(npi)).isSameAs(NtStatus.SUCCESS);
    assertThat(second.register(npi)).isSameAs(NtStatus.SUCCESS);

    assertThat(provider.clients()).hasSize(2);
    WskProviderNpi one = World.captured(first);
    WskProviderNpi two = World.captured(second);
    assertThat(one.client()).isNotSameAs(two.client());
    first.releaseProviderNpi();
    first.deregister();
    World.close(World.socket(two));
    second.releaseProviderNpi();
    second.deregister();
  }

  @Test
  @Rule("REG-08")
  void shouldLeaveOtherBlocksAloneWhenOneIsDeregistered() {
    WskRegistration leaving = world.registered();
    WskRegistration staying = world.registered();
    Background<NtStatus> turnedAway = World.captureInBackground(leaving, World.FOREVER);
    Background<NtStatus> stillWaiting = World.captureInBackground(staying, World.FOREVER);
    world.clock.awaitWaiting(2);

    leaving.deregister();

    assertThat(turnedAway.result()).isSameAs(NtStatus.DEVICE_NOT_READY);
    stillWaiting.awaitBlocked();
    world.provider();
    assertThat(stillWaiting.result()).isSameAs(NtStatus.SUCCESS);
    FakeSocket socket = World.socket(World.captured(staying));
    WskRegistration third = world.registered();
    World.captured(third);
    third.releaseProviderNpi();
    third.deregister();
    assertThat(socket.isOpen()).isTrue();
    assertThat(World.capture(staying, NO_WAIT)).isSameAs(NtStatus.SUCCESS);
    World.close(socket);
    ReleaseTest.releaseAll(staying, 3);
    staying.deregister();
  }

  @Test
  @Rule({"REG-10", "REG-17"})
  void shouldLiveOnThoughTheProgramForgetsItsNpi() {
    WskRegistration block = world.block();
    WeakReference<WskClientNpi> npi = registerAndForget(block);

    for (int round = 0; round < 100 && npi.get() != null; round++) {
      System.gc();
    }
    FakeWskProvider provider = world.provider();

    assertThat(npi.get()).isNull();
    assertThat(provider.client().dispatch().version()).isEqualTo(WskVersion.V1_0);
    assertThat(provider.client().fireClientEvent(1)).isSameAs(NtStatus.DATA_ERROR);
    World.captured(block);
    block.releaseProviderNpi();
    block.deregister();
  }

  private static WeakReference<WskClientNpi> registerAndForget(WskRegistration block) {
    Object context = new Object();
    WskClientEvent event =
        (given, type, information, length) ->
            given == context ? NtStatus.DATA_ERROR : NtStatus.UNSUCCESSFUL;
    WskClientNpi npi = new WskClientNpi(context, new WskClientDispatch(WskVersion.V1_0, 0, event));
    assertThat(block.register(npi)).isSameAs(NtStatus.SUCCESS);
    return new WeakReference<>(npi);
  }

  @Test
  @Rule({"REG-11", "REG-12"})
  void shouldPassClientEventsWithTheProgramsContextUntilDeregistered() {
    FakeWskProvider provider = world.provider();
    List<Object> contexts = new ArrayList<>();
    WskClientEvent event =
        (context, type, information, length) -> {
          contexts.add(context);
          return NtStatus.SUCCESS;
        };
    WskRegistration block = world.block();
    block.register(new WskClientNpi(null, new WskClientDispatch(WskVersion.V1_0, 0, event)));
    FakeWskClient client = provider.client();

    assertThat(client.fireClientEvent(1)).isSameAs(NtStatus.SUCCESS);
    assertThat(contexts).hasSize(1).containsOnlyNulls();

    block.deregister();
    assertThat(client.fireClientEvent(1)).isSameAs(NtStatus.NOT_IMPLEMENTED);
    assertThat(contexts).hasSize(1);
  }

  @Test
  @Rule("REG-13")
  void shouldAcceptATableWithoutACallback() {
    FakeWskProvider provider = world.provider();
    WskRegistration block = world.block();

    NtStatus status = block.register(new WskClientNpi("context", new WskClientDispatch(0x0100)));

    assertThat(status).isSameAs(NtStatus.SUCCESS);
    assertThat(provider.client().dispatch().clientEvent()).isNull();
    block.deregister();
  }

  @Test
  @Rule("REG-16")
  void shouldShowNoStateOfTheBlock() {
    assertThat(WskRegistration.class.getFields())
        .allSatisfy(field -> assertThat(Modifier.isFinal(field.getModifiers())).isTrue())
        .extracting(field -> field.getName())
        .containsExactlyInAnyOrder("NO_WAIT", "INFINITE_WAIT");
    assertThat(Arrays.stream(WskRegistration.class.getMethods()))
        .filteredOn(method -> method.getDeclaringClass() == WskRegistration.class)
        .extracting(Method::getName)
        .containsExactlyInAnyOrder(
            "register",
            "deregister",
            "captureProviderNpi",
            "releaseProviderNpi",
            "queryProviderCharacteristics",
            "toString");
  }

  @Test
  @Rule({"REG-18", "REG-76"})
  void shouldRegisterAtAnyTimeAndTheSameBlockAgain() {
    FakeWskProvider provider = world.provider();
    WskRegistration block = world.block();
    WskProviderNpi before = null;
    for (int round = 0; round < 3; round++) {
      assertThat(block.register(World.npi(WskVersion.V1_0))).isSameAs(NtStatus.SUCCESS);
      assertThat(block.register(World.npi(WskVersion.V1_0)))
          .isSameAs(NtStatus.INVALID_DEVICE_STATE);
      WskProviderNpi npi = World.captured(block);
      assertThat(npi).isNotEqualTo(before);
      World.close(World.socket(npi));
      Background<Void> deregistering = World.deregisterInBackground(block);
      world.clock.awaitWaiting(1);
      assertThat(block.register(World.npi(WskVersion.V1_0)))
          .isSameAs(NtStatus.INVALID_DEVICE_STATE);
      block.releaseProviderNpi();
      deregistering.result();
      before = npi;
    }
    assertThat(provider.clients()).isEmpty();
  }

  @Test
  void shouldRefuseToRegisterAtDispatchLevel() {
    WskRegistration block = world.block();

    World.atDispatchLevel(
        () ->
            assertThatIllegalStateException()
                .isThrownBy(() -> block.register(World.npi(WskVersion.V1_0))));

    assertThat(block.register(new WskClientNpi(null, new WskClientDispatch(0x0100, 0, IGNORE))))
        .isSameAs(NtStatus.SUCCESS);
    block.deregister();
  }

  private static List<Method> methods(String name) {
    return Arrays.stream(WskRegistration.class.getMethods())
        .filter(method -> method.getName().equals(name))
        .toList();
  }
}
