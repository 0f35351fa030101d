package org.wsk4j.contract.nmr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.wsk4j.contract.nmr.World.OTHER_NPI;
import static org.wsk4j.contract.nmr.World.register;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wsk4j.contract.Rule;
import org.wsk4j.contract.nmr.World.Kind;
import org.wsk4j.nmr.NmrBindingHandle;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;

/** Which thread may do what, and what callbacks may do. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ThreadRulesTest {
  private static final List<String> ALL_CALLBACKS =
      List.of("c.offer", "p.attach", "c.detach", "p.detach", "c.cleanup", "p.cleanup");

  private final World world = new World();
  private final Journal journal = world.journal;
  private final TestClient client = world.client("c");
  private final TestProvider provider = world.provider("p");

  @AfterEach
  void allCanGo() {
    world.close();
  }

  private TestModule of(Kind kind) {
    return kind == Kind.CLIENT ? client : provider;
  }

  /** Lets something happen inside each of the six callbacks. */
  private void insideEachCallback(Inside action) {
    NmrBindingHandle[] binding = new NmrBindingHandle[1];
    client.onOffer =
        (offered, context, instance) -> {
          binding[0] = offered;
          action.happen("c.offer", offered);
          return client.attach(offered);
        };
    provider.onClient =
        (offered, own, instance, clientContext, table, contextOut, tableOut) -> {
          action.happen("p.attach", offered);
          return NtStatus.SUCCESS;
        };
    client.onDetach =
        bindingContext -> {
          action.happen("c.detach", binding[0]);
          return NtStatus.SUCCESS;
        };
    provider.onDetach =
        bindingContext -> {
          action.happen("p.detach", binding[0]);
          return NtStatus.SUCCESS;
        };
    client.onCleanup = bindingContext -> action.happen("c.cleanup", binding[0]);
    provider.onCleanup = bindingContext -> action.happen("p.cleanup", binding[0]);
  }

  /** What happens inside a callback. */
  private interface Inside {
    void happen(String callback, NmrBindingHandle binding);
  }

  @Test
  @Rule({"NMR-40", "NMR-78"})
  void shouldMakeAttachCallbacksOnlyWhereTheyMayBlock() {
    Map<String, Boolean> raised = new ConcurrentHashMap<>();
    insideEachCallback(
        (callback, binding) -> {
          raised.put(callback, DispatchLevel.isRaised());
          OtherThread.run(() -> journal.add("waited for in " + callback));
        });
    register(client);
    assertThatIllegalStateException()
        .isThrownBy(() -> OtherThread.callOnLoop(provider::register))
        .withMessageContaining("loop");
    assertThat(journal.names()).isEmpty();
    assertThat(provider.handle.get()).isNull();

    register(provider);

    assertThat(raised).containsEntry("c.offer", false).containsEntry("p.attach", false);
    assertThat(journal.names()).contains("waited for in c.offer", "waited for in p.attach");
  }

  @Test
  @Rule("NMR-41")
  void shouldHoldNoLockInCallbacks() {
    Map<String, Boolean> free = new ConcurrentHashMap<>();
    insideEachCallback(
        (callback, binding) ->
            free.put(
                callback, OtherThread.call(() -> othersCanUseTheRegistrar(callback, binding))));

    register(client, provider);
    client.deregister();

    assertThat(free).containsOnlyKeys(ALL_CALLBACKS);
    assertThat(free).doesNotContainValue(false);
  }

  /** Needs the locks of the registrar, of both registrations and of the binding. */
  private boolean othersCanUseTheRegistrar(String callback, NmrBindingHandle binding) {
    TestClient otherClient = new TestClient(world, "other c", OTHER_NPI);
    TestProvider otherProvider = new TestProvider(world, "other p", OTHER_NPI);
    register(otherClient, otherProvider);
    otherProvider.deregister();
    otherClient.deregister();
    boolean gone = otherClient.awaitDeregistered() == NtStatus.SUCCESS;
    return gone && !world.nmr.describe().isEmpty() && bindingAnswers(callback, binding);
  }

  private boolean bindingAnswers(String callback, NmrBindingHandle binding) {
    try {
      if (callback.startsWith("c.")) {
        world.nmr.providerDetachClientComplete(binding);
      } else {
        world.nmr.clientDetachProviderComplete(binding);
      }
      return false;
    } catch (IllegalStateException notItsTurn) {
      return true;
    }
  }

  @Test
  @Rule("NMR-41")
  void shouldLetCallbacksUseWhatIsAllowedThere() {
    List<NtStatus> answers = new ArrayList<>();
    insideEachCallback(
        (callback, binding) -> {
          TestClient otherClient = new TestClient(world, "other c", OTHER_NPI);
          TestProvider otherProvider = new TestProvider(world, "other p", OTHER_NPI);
          answers.add(otherClient.register());
          answers.add(otherProvider.register());
          answers.add(otherClient.deregister());
          answers.add(otherProvider.deregister());
          answers.add(OtherThread.call(otherClient::awaitDeregistered));
        });

    register(client, provider);
    provider.deregister();

    assertThat(answers).hasSize(5 * ALL_CALLBACKS.size());
    for (int i = 0; i < answers.size(); i += 5) {
      assertThat(answers.subList(i, i + 5))
          .containsExactly(
              NtStatus.SUCCESS,
              NtStatus.SUCCESS,
              NtStatus.PENDING,
              NtStatus.PENDING,
              NtStatus.SUCCESS);
    }
    assertThat(journal.names()).containsAll(ALL_CALLBACKS);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule("NMR-76")
  void shouldRefuseToWaitWhereBlockingIsForbidden(Kind kind) {
    register(client, provider);
    of(kind).deregister();

    assertThatIllegalStateException()
        .isThrownBy(() -> OtherThread.callOnLoop(of(kind)::awaitDeregistered))
        .withMessageContaining("loop");
    DispatchLevel.current().raise();
    try {
      assertThatIllegalStateException().isThrownBy(of(kind)::awaitDeregistered);
    } finally {
      DispatchLevel.current().lower();
    }

    assertThat(of(kind).awaitDeregistered()).as("not retired").isSameAs(NtStatus.SUCCESS);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule("NMR-77")
  void shouldDeregisterFromAnEventLoop(Kind kind) {
    register(client, provider);

    assertThat(OtherThread.callOnLoop(of(kind)::deregister)).isSameAs(NtStatus.PENDING);

    assertThat(of(kind).awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
  }

  @Test
  @Rule("NMR-78")
  void shouldRefuseToRegisterWhereBlockingIsForbidden() {
    for (Kind kind : Kind.values()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> OtherThread.callOnLoop(of(kind)::register))
          .withMessageContaining("loop");
    }

    assertThat(world.nmr.describe()).isEmpty();
    assertThat(client.handle.get()).isNull();
    assertThat(provider.handle.get()).isNull();
  }

  @Test
  @Rule("NMR-78")
  void shouldRefuseToAttachWhereBlockingIsForbidden() {
    List<String> refusals = new ArrayList<>();
    client.onOffer =
        (binding, context, instance) -> {
          DispatchLevel.current().raise();
          try {
            return client.attach(binding);
          } catch (IllegalStateException expected) {
            refusals.add(expected.getMessage());
            return NtStatus.NOINTERFACE;
          } finally {
            DispatchLevel.current().lower();
          }
        };

    register(client, provider);

    assertThat(refusals).hasSize(1);
    assertThat(journal.names()).doesNotContain("p.attach");
  }

  @Test
  void shouldRefuseToWaitInsideCallbacks() {
    Map<String, String> refusals = new ConcurrentHashMap<>();
    TestProvider leaving = world.provider("leaving", OTHER_NPI);
    TestClient alsoLeaving = world.client("also leaving", OTHER_NPI);
    register(leaving, alsoLeaving);
    leaving.deregister();
    alsoLeaving.deregister();
    insideEachCallback(
        (callback, binding) -> {
          try {
            if (callback.startsWith("c.")) {
              leaving.awaitDeregistered();
            } else {
              alsoLeaving.awaitDeregistered();
            }
          } catch (IllegalStateException expected) {
            refusals.put(callback, expected.getMessage());
          }
        });

    register(client, provider);
    client.deregister();

    assertThat(refusals).containsOnlyKeys(ALL_CALLBACKS);
    assertThat(leaving.awaitDeregistered()).as("outside again").isSameAs(NtStatus.SUCCESS);
    assertThat(alsoLeaving.awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
  }

  @Test
  void shouldRefuseToWaitInAnOuterCallbackAfterAnInnerOneHasReturned() {
    List<String> refusals = new ArrayList<>();
    client.onOffer =
        (binding, context, instance) -> {
          NtStatus status = client.attach(binding);
          try {
            provider.awaitDeregistered();
          } catch (IllegalStateException expected) {
            refusals.add(expected.getMessage());
          }
          return status;
        };

    register(client, provider);

    assertThat(refusals).hasSize(1);
  }
}
