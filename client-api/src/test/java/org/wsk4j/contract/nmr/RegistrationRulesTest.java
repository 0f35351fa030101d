package org.wsk4j.contract.nmr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wsk4j.contract.nmr.World.NPI;
import static org.wsk4j.contract.nmr.World.OTHER_NPI;
import static org.wsk4j.contract.nmr.World.register;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wsk4j.contract.Rule;
import org.wsk4j.contract.nmr.Journal.Call;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nmr.NmrClientHandle;
import org.wsk4j.nmr.NmrProviderHandle;
import org.wsk4j.nmr.NpiClientCharacteristics;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nmr.NpiModuleId;
import org.wsk4j.nmr.NpiProviderCharacteristics;
import org.wsk4j.nmr.NpiRegistrationInstance;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/** Registering modules, and who is offered to whom. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class RegistrationRulesTest {
  private final World world = new World();
  private final Journal journal = world.journal;

  @AfterEach
  void allCanGo() {
    world.close();
  }

  @Test
  @Rule({"NMR-01", "NMR-02"})
  void shouldGiveAHandleToEachModule() {
    TestClient client = world.client("c");
    TestProvider provider = world.provider("p");

    assertThat(client.register()).isSameAs(NtStatus.SUCCESS);
    assertThat(provider.register()).isSameAs(NtStatus.SUCCESS);

    assertThat(client.handle.get()).isNotNull();
    assertThat(provider.handle.get()).isNotNull();
    assertThat(client.deregister()).isSameAs(NtStatus.PENDING);
    assertThat(provider.deregister()).isSameAs(NtStatus.PENDING);
  }

  @Test
  @Rule("NMR-03")
  void shouldReportLackOfResourcesAndRegisterNothing() {
    try (World small = new World(new NetworkModuleRegistrar(2))) {
      TestClient client = small.client("c");
      TestProvider provider = small.provider("p", OTHER_NPI);
      register(client, provider);
      TestClient lateClient = small.client("late c", OTHER_NPI);
      TestProvider lateProvider = small.provider("late p");

      assertThat(lateClient.register()).isSameAs(NtStatus.INSUFFICIENT_RESOURCES);
      assertThat(lateProvider.register()).isSameAs(NtStatus.INSUFFICIENT_RESOURCES);

      assertThat(lateClient.handle.get()).isNull();
      assertThat(lateProvider.handle.get()).isNull();
      assertThat(small.journal.names()).isEmpty();
      assertThat(small.nmr.describe().lines()).hasSize(2);
    }
  }

  @Test
  @Rule("NMR-03")
  void shouldHaveResourcesAgainWhenAModuleIsCompletelyGone() {
    try (World small = new World(new NetworkModuleRegistrar(2))) {
      TestClient client = small.client("c");
      TestProvider provider = small.provider("p");
      client.detachesLater();
      register(client, provider);
      provider.deregister();
      TestClient next = small.client("next c");
      assertThat(next.register()).isSameAs(NtStatus.INSUFFICIENT_RESOURCES);

      client.detachComplete();

      assertThat(next.register()).isSameAs(NtStatus.SUCCESS);
    }
  }

  @Test
  @Rule("NMR-04")
  void shouldOfferEachRegisteredProviderOnceToANewClient() {
    TestProvider first = world.provider("p1");
    TestProvider second = world.provider("p2");
    register(first, second);
    TestClient client = world.client("c");

    register(client);

    assertThat(journal.calls("c.offer"))
        .extracting(call -> call.argument(2))
        .containsExactlyInAnyOrder(first.instance, second.instance);
  }

  @Test
  @Rule({"NMR-05", "NMR-06"})
  void shouldOfferANewProviderOnceToEachRegisteredClient() {
    TestClient first = world.client("c1");
    TestClient second = world.client("c2");
    register(first, second);
    assertThat(journal.names()).isEmpty();
    TestProvider provider = world.provider("p");

    register(provider);

    assertThat(journal.only("c1.offer").argument(2)).isSameAs(provider.instance);
    assertThat(journal.only("c2.offer").argument(2)).isSameAs(provider.instance);
  }

  @Test
  @Rule("NMR-07")
  void shouldKeepModulesOfDifferentInterfacesApart() {
    TestProvider stranger = world.provider("stranger", OTHER_NPI);
    TestClient client = world.client("c", NPI);
    TestClient lateStranger = world.client("late stranger", OTHER_NPI);

    register(stranger, client);
    assertThat(journal.names()).isEmpty();
    register(lateStranger);
    assertThat(journal.count("c.offer")).isZero();
    assertThat(journal.count("late stranger.offer")).isEqualTo(1);
    stranger.deregister();
    assertThat(journal.count("c.detach")).isZero();
  }

  @Test
  @Rule("NMR-08")
  void shouldCompareInterfacesByValue() {
    UUID value = NPI.value();
    NpiId same =
        new NpiId(new UUID(value.getMostSignificantBits(), value.getLeastSignificantBits()));
    assertThat(same).isNotSameAs(NPI);
    TestClient client = world.client("c", NPI);
    TestProvider provider = world.provider("p", same);

    register(client, provider);

    assertThat(journal.count("c.offer")).isEqualTo(1);
  }

  @Test
  @Rule({"NMR-09", "NMR-80"})
  void shouldNotInterpretAnythingButTheInterface() {
    NpiModuleId sharedModule = NpiModuleId.random();
    Untouchable ofClient = new Untouchable();
    Untouchable ofProvider = new Untouchable();
    TestClient client = world.client("c");
    TestProvider provider = world.provider("p");
    client.instance = new NpiRegistrationInstance(0, NPI, sharedModule, 7, ofClient);
    provider.instance = new NpiRegistrationInstance(0, NPI, sharedModule, -3, ofProvider);
    client.context = new Untouchable();
    client.dispatch = new Untouchable();
    provider.context = new Untouchable();
    provider.dispatch = new Untouchable();

    register(client, provider);
    client.deregister();

    NpiRegistrationInstance shownToClient =
        (NpiRegistrationInstance) journal.only("c.offer").argument(2);
    NpiRegistrationInstance shownToProvider =
        (NpiRegistrationInstance) journal.only("p.attach").argument(2);
    assertThat(shownToClient.number()).isEqualTo(-3);
    assertThat(shownToProvider.number()).isEqualTo(7);
    assertThat(shownToClient.npiSpecificCharacteristics() == ofProvider).isTrue();
    assertThat(shownToProvider.npiSpecificCharacteristics() == ofClient).isTrue();
    assertThat(client.attachment().peerDispatch() == provider.dispatch).isTrue();
    assertThat(provider.attachment().peerDispatch() == client.dispatch).isTrue();
  }

  @Test
  @Rule({"NMR-10", "NMR-11"})
  void shouldAttachInTheSameOrderWhoeverComesFirst() {
    List<String> sequence = List.of("c.offer", "c.attaching", "p.attach", "c.attached");
    TestClient client = world.client("c");
    TestProvider provider = world.provider("p");
    register(client, provider);
    assertThat(journal.names()).isEqualTo(sequence);
    client.deregister();
    provider.deregister();
    journal.clear();

    register(provider, client);

    assertThat(journal.names()).isEqualTo(sequence);
  }

  @Test
  @Rule("NMR-14")
  void shouldPassANullRegistrationContextOn() {
    TestClient client = world.client("c");
    TestProvider provider = world.provider("p");
    client.context = null;
    provider.context = null;

    register(client, provider);

    assertThat(journal.only("c.offer").argument(1)).isNull();
    assertThat(journal.only("p.attach").argument(1)).isNull();
  }

  @Test
  @Rule("NMR-38")
  void shouldKeepSeveralRegistrationsOfOneModuleApart() {
    TestClient client = world.client("c");
    TestProvider provider = world.provider("p");
    Out<NmrClientHandle> secondHandle = new Out<>();
    NpiClientCharacteristics characteristics = client.characteristics();
    register(provider);
    world.nmr.registerClient(characteristics, client.context, client.handle);
    world.nmr.registerClient(characteristics, client.context, secondHandle);
    assertThat(secondHandle.get()).isNotNull().isNotSameAs(client.handle.get());
    assertThat(journal.count("c.offer")).isEqualTo(2);

    client.deregister();

    assertThat(client.awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
    assertThat(journal.count("c.detach")).isEqualTo(1);
    assertThat(world.nmr.deregisterClient(secondHandle.get())).isSameAs(NtStatus.PENDING);
    assertThat(journal.count("c.detach")).isEqualTo(2);
  }

  @Test
  @Rule("NMR-38")
  void shouldAttachAModuleThatIsClientAndProviderOfOneInterfaceToItself() {
    NpiModuleId module = NpiModuleId.random();
    TestClient client = world.client("c");
    TestProvider provider = world.provider("p");
    TestProvider elsewhere = world.provider("p2", OTHER_NPI);
    client.instance = NpiRegistrationInstance.of(NPI, module, null);
    provider.instance = NpiRegistrationInstance.of(NPI, module, null);
    elsewhere.instance = NpiRegistrationInstance.of(OTHER_NPI, module, null);

    register(client, provider, elsewhere);

    assertThat(client.attachments()).hasSize(1);
    assertThat(provider.attachments()).hasSize(1);
    assertThat(elsewhere.attachments()).isEmpty();
    assertThat(elsewhere.handle.get()).isNotSameAs(provider.handle.get());
  }

  @ParameterizedTest
  @MethodSource("incompleteClients")
  @Rule("NMR-79")
  void shouldRefuseAnIncompleteClient(NpiClientCharacteristics incomplete) {
    register(world.provider("p"));
    Out<NmrClientHandle> handle = new Out<>();

    assertThat(world.nmr.registerClient(incomplete, null, handle))
        .isSameAs(NtStatus.INVALID_PARAMETER);

    assertThat(handle.get()).isNull();
    assertThat(journal.names()).isEmpty();
    assertThat(world.nmr.describe().lines()).hasSize(1);
  }

  static Stream<NpiClientCharacteristics> incompleteClients() {
    NpiClientCharacteristics valid = new World().client("c").characteristics();
    NpiRegistrationInstance instance = valid.registrationInstance();
    return Stream.concat(
        Stream.of(
            null,
            new NpiClientCharacteristics(
                1, valid.attachProvider(), valid.detachProvider(), null, instance),
            new NpiClientCharacteristics(0, null, valid.detachProvider(), null, instance),
            new NpiClientCharacteristics(0, valid.attachProvider(), null, null, instance),
            new NpiClientCharacteristics(
                0, valid.attachProvider(), valid.detachProvider(), null, null)),
        incompleteInstances()
            .map(
                wrong ->
                    NpiClientCharacteristics.of(
                        valid.attachProvider(), valid.detachProvider(), null, wrong)));
  }

  @ParameterizedTest
  @MethodSource("incompleteProviders")
  @Rule("NMR-79")
  void shouldRefuseAnIncompleteProvider(NpiProviderCharacteristics incomplete) {
    register(world.client("c"));
    Out<NmrProviderHandle> handle = new Out<>();

    assertThat(world.nmr.registerProvider(incomplete, null, handle))
        .isSameAs(NtStatus.INVALID_PARAMETER);

    assertThat(handle.get()).isNull();
    assertThat(journal.names()).isEmpty();
    assertThat(world.nmr.describe().lines()).hasSize(1);
  }

  static Stream<NpiProviderCharacteristics> incompleteProviders() {
    NpiProviderCharacteristics valid = new World().provider("p").characteristics();
    NpiRegistrationInstance instance = valid.registrationInstance();
    return Stream.concat(
        Stream.of(
            null,
            new NpiProviderCharacteristics(
                1, valid.attachClient(), valid.detachClient(), null, instance),
            new NpiProviderCharacteristics(0, null, valid.detachClient(), null, instance),
            new NpiProviderCharacteristics(0, valid.attachClient(), null, null, instance),
            new NpiProviderCharacteristics(
                0, valid.attachClient(), valid.detachClient(), null, null)),
        incompleteInstances()
            .map(
                wrong ->
                    NpiProviderCharacteristics.of(
                        valid.attachClient(), valid.detachClient(), null, wrong)));
  }

  private static Stream<NpiRegistrationInstance> incompleteInstances() {
    NpiModuleId module = NpiModuleId.random();
    return Stream.of(
        new NpiRegistrationInstance(1, NPI, module, 0, null),
        new NpiRegistrationInstance(0, null, module, 0, null),
        new NpiRegistrationInstance(0, NPI, null, 0, null));
  }

  @Test
  @Rule({"NMR-13", "NMR-81", "NMR-83"})
  void shouldShowEachSideWhatTheOtherRegistered() {
    TestClient client = world.client("c");
    TestProvider provider = world.provider("p");
    NpiModuleId clientModule = NpiModuleId.random();
    NpiModuleId providerModule = NpiModuleId.random();
    Object characteristics = new Object();
    client.instance = NpiRegistrationInstance.of(NPI, clientModule, null);
    provider.instance = new NpiRegistrationInstance(0, NPI, providerModule, 2, characteristics);

    register(client, provider);

    Call offer = journal.only("c.offer");
    Call attach = journal.only("p.attach");
    assertThat(offer.argument(2)).isSameAs(provider.instance);
    assertThat(attach.argument(2)).isSameAs(client.instance);
    NpiRegistrationInstance shown = (NpiRegistrationInstance) offer.argument(2);
    assertThat(shown.npiId()).isSameAs(NPI);
    assertThat(shown.moduleId()).isSameAs(providerModule);
    assertThat(shown.number()).isEqualTo(2);
    assertThat(shown.npiSpecificCharacteristics()).isSameAs(characteristics);
    NpiRegistrationInstance shownToProvider = (NpiRegistrationInstance) attach.argument(2);
    assertThat(shownToProvider.moduleId()).isSameAs(clientModule);
    assertThat(shownToProvider.npiSpecificCharacteristics()).isNull();
  }

  /** Fails whoever looks inside. */
  private static final class Untouchable {
    @Override
    public boolean equals(Object other) {
      throw new AssertionError("compared");
    }

    @Override
    public int hashCode() {
      throw new AssertionError("hashed");
    }

    @Override
    public String toString() {
      throw new AssertionError("printed");
    }
  }
}
