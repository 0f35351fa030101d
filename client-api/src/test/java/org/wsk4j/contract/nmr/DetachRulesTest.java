package org.wsk4j.contract.nmr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.wsk4j.contract.nmr.World.register;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.contract.Rule;
import org.wsk4j.contract.nmr.World.Kind;
import org.wsk4j.nt.NtStatus;

/** How a pair lets go of each other. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class DetachRulesTest {
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

  private void registerBoth() {
    register(client, provider);
    journal.clear();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule("NMR-42")
  void shouldAnswerPendingToADeregistrationAndAnErrorToAnythingElse(Kind kind) {
    registerBoth();
    TestModule module = of(kind);

    assertThat(module.deregister()).isSameAs(NtStatus.PENDING);

    assertThat(journal.count("c.detach")).isEqualTo(1);
    assertThat(module.deregister()).as("again").isSameAs(NtStatus.INVALID_PARAMETER);
    assertThat(journal.count("c.detach")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule("NMR-43")
  void shouldAnswerPendingEvenWithoutAnyBinding(Kind kind) {
    TestModule module = of(kind);
    register(module);

    assertThat(module.deregister()).isSameAs(NtStatus.PENDING);

    assertThat(module.awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule("NMR-44")
  void shouldNotWaitForPendingDetachments(Kind kind) {
    client.detachesLater();
    provider.detachesLater();
    registerBoth();

    assertThat(OtherThread.call(of(kind)::deregister)).isSameAs(NtStatus.PENDING);

    assertThat(world.nmr.describe()).contains("DETACHING (client PENDING, provider PENDING)");
    client.detachComplete();
    provider.detachComplete();
  }

  @Test
  @Rule({"NMR-45", "NMR-47"})
  void shouldTellBothSidesOfEveryBindingWhenTheClientLeaves() {
    TestProvider second = world.provider("p2");
    register(client, provider, second);
    journal.clear();

    client.deregister();

    assertThat(journal.calls("c.detach"))
        .extracting(call -> call.argument(0))
        .containsExactlyInAnyOrder(
            client.attachments().get(0).own(), client.attachments().get(1).own());
    assertThat(journal.only("p.detach").argument(0)).isSameAs(provider.attachment().own());
    assertThat(journal.only("p2.detach").argument(0)).isSameAs(second.attachment().own());
  }

  @Test
  @Rule({"NMR-46", "NMR-47"})
  void shouldTellBothSidesOfEveryBindingWhenTheProviderLeaves() {
    TestClient second = world.client("c2");
    register(client, second, provider);
    journal.clear();

    provider.deregister();

    assertThat(journal.calls("p.detach"))
        .extracting(call -> call.argument(0))
        .containsExactlyInAnyOrder(
            provider.attachments().get(0).own(), provider.attachments().get(1).own());
    assertThat(journal.only("c.detach").argument(0)).isSameAs(client.attachment().own());
    assertThat(journal.only("c2.detach").argument(0)).isSameAs(second.attachment().own());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule("NMR-48")
  void shouldTellEachSideOnceThoughBothLeave(Kind first) {
    client.detachesLater();
    provider.detachesLater();
    registerBoth();

    of(first).deregister();
    of(first.other()).deregister();

    assertThat(journal.names()).containsExactlyInAnyOrder("c.detach", "p.detach");
    client.detachComplete();
    provider.detachComplete();
    assertThat(client.awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
    assertThat(provider.awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
    assertThat(journal.names())
        .containsExactlyInAnyOrder("c.detach", "p.detach", "c.cleanup", "p.cleanup");
  }

  @Test
  @Rule("NMR-49")
  void shouldKeepTheProviderWhenOneClientLeaves() {
    TestClient staying = world.client("staying");
    register(client, staying, provider);

    client.deregister();

    assertThat(journal.count("p.detach")).isEqualTo(1);
    assertThat(journal.count("staying.detach")).isZero();
    TestClient late = world.client("late");
    register(late);
    assertThat(late.attachments()).hasSize(1);
    assertThat(provider.deregister()).isSameAs(NtStatus.PENDING);
    assertThat(journal.count("staying.detach")).isEqualTo(1);
  }

  @Test
  @Rule("NMR-50")
  void shouldKeepTheClientWhenOneProviderLeaves() {
    TestProvider staying = world.provider("staying");
    register(client, provider, staying);

    provider.deregister();

    assertThat(journal.count("c.detach")).isEqualTo(1);
    assertThat(journal.count("staying.detach")).isZero();
    TestProvider late = world.provider("late");
    register(late);
    assertThat(late.attachments()).hasSize(1);
    assertThat(client.deregister()).isSameAs(NtStatus.PENDING);
    assertThat(journal.count("staying.detach")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule("NMR-51")
  void shouldOfferNothingMoreToAModuleThatIsLeaving(Kind leaving) {
    of(leaving).detachesLater();
    registerBoth();
    of(leaving).deregister();
    journal.clear();

    register(world.module(leaving.other(), "late"));

    assertThat(journal.names()).isEmpty();
    of(leaving).detachComplete();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule("NMR-51")
  void shouldWithdrawOffersNotYetMadeWhenEitherSideLeaves(Kind leaving) {
    TestClient second = world.client("c2");
    TestProvider late = world.provider("late");
    register(client, second);
    client.onOffer =
        (binding, context, instance) -> {
          (leaving == Kind.CLIENT ? second : late).deregister();
          return client.attach(binding);
        };

    register(late);

    assertThat(journal.names()).doesNotContain("c2.offer");
    assertThat(second.attachments()).isEmpty();
    TestModule gone = leaving == Kind.CLIENT ? second : late;
    assertThat(gone.awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
  }

  @Test
  @Rule("NMR-51")
  void shouldOfferNothingToAClientThatIsStillBeingTold() {
    TestClient early = world.client("early");
    TestProvider late = world.provider("late");
    register(early, client, provider);
    CountDownLatch goOn = new CountDownLatch(1);
    List<OtherThread<NtStatus>> leaving = new ArrayList<>();
    early.onOffer =
        (binding, context, instance) -> {
          leaving.add(leaveSlowly(client, goOn));
          return NtStatus.NOINTERFACE;
        };

    register(late);
    goOn.countDown();

    assertThat(leaving.get(0).result()).isSameAs(NtStatus.PENDING);
    assertThat(journal.only("c.offer").argument(2)).isSameAs(provider.instance);
    assertThat(client.awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
  }

  @Test
  @Rule("NMR-51")
  void shouldOfferNoProviderThatIsStillBeingTold() {
    TestProvider early = world.provider("early");
    TestClient late = world.client("late");
    register(early, provider, client);
    CountDownLatch goOn = new CountDownLatch(1);
    List<OtherThread<NtStatus>> leaving = new ArrayList<>();
    late.onOffer =
        (binding, context, instance) -> {
          if (instance == early.instance) {
            leaving.add(leaveSlowly(provider, goOn));
          }
          return NtStatus.NOINTERFACE;
        };

    register(late);
    goOn.countDown();

    assertThat(leaving.get(0).result()).isSameAs(NtStatus.PENDING);
    assertThat(journal.only("late.offer").argument(2)).isSameAs(early.instance);
    assertThat(provider.awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
  }

  /** Starts a deregistration that stays inside the module's first detach callback. */
  private static OtherThread<NtStatus> leaveSlowly(TestModule module, CountDownLatch goOn) {
    CountDownLatch told = new CountDownLatch(1);
    module.onDetach =
        bindingContext -> {
          told.countDown();
          await(goOn);
          return NtStatus.SUCCESS;
        };
    OtherThread<NtStatus> leaving = OtherThread.start(module::deregister);
    await(told);
    return leaving;
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody came");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Rule("NMR-52")
  void shouldCountAsDetachedOnceSuccessIsAnswered() {
    registerBoth();

    client.deregister();

    assertThat(journal.names()).containsExactly("c.detach", "p.detach", "c.cleanup", "p.cleanup");
    assertThat(client.awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule({"NMR-53", "NMR-54", "NMR-63"})
  void shouldCompleteAPendingSideByOneLaterCall(Kind pending) {
    of(pending).detachesLater();
    registerBoth();
    client.deregister();
    assertThat(journal.names()).containsExactly("c.detach", "p.detach");

    of(pending).detachComplete();

    assertThat(journal.names()).containsExactly("c.detach", "p.detach", "c.cleanup", "p.cleanup");
    assertThat(client.awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule("NMR-55")
  void shouldCompleteOnlyTheSideThatReports(Kind first) {
    client.detachesLater();
    provider.detachesLater();
    registerBoth();
    client.deregister();

    of(first).detachComplete();

    assertThat(journal.names()).containsExactly("c.detach", "p.detach");
    assertThat(world.nmr.describe())
        .contains(
            first == Kind.CLIENT
                ? "(client DETACHED, provider PENDING)"
                : "(client PENDING, provider DETACHED)");
    of(first.other()).detachComplete();
    assertThat(journal.names()).hasSize(4);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule("NMR-56")
  void shouldTakeReportsOnAnEventLoop(Kind pending) {
    client.detachesLater();
    provider.detachesLater();
    registerBoth();
    client.deregister();

    OtherThread.runOnLoop(() -> of(pending).detachComplete());
    assertThat(journal.names()).as("returned though the other is pending").hasSize(2);
    OtherThread.runOnLoop(() -> of(pending.other()).detachComplete());

    assertThat(journal.names()).containsExactly("c.detach", "p.detach", "c.cleanup", "p.cleanup");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule("NMR-57")
  void shouldRefuseAReportAfterSuccess(Kind kind) {
    of(kind.other()).detachesLater();
    registerBoth();
    client.deregister();

    assertThatIllegalStateException()
        .isThrownBy(of(kind)::detachComplete)
        .withMessageContaining("DETACHING");

    assertThat(journal.names()).as("nothing changed").containsExactly("c.detach", "p.detach");
    of(kind.other()).detachComplete();
    assertThat(journal.names()).hasSize(4);
    assertThatIllegalStateException().isThrownBy(of(kind)::detachComplete);
    assertThat(journal.names()).hasSize(4);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule("NMR-58")
  void shouldTakeAReportThatOvertakesTheAnswer(Kind kind) {
    TestModule module = of(kind);
    module.onDetach =
        bindingContext -> {
          OtherThread.run(module::detachComplete);
          journal.add("answering");
          return NtStatus.PENDING;
        };
    registerBoth();

    client.deregister();

    assertThat(journal.names())
        .containsExactlyInAnyOrder("c.detach", "p.detach", "answering", "c.cleanup", "p.cleanup");
    assertThat(journal.names()).containsSubsequence("answering", "c.cleanup", "p.cleanup");
    assertThat(client.awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
    assertThatIllegalStateException().isThrownBy(module::detachComplete);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule("NMR-58")
  void shouldTakeAnOvertakingReportOnlyOnce(Kind kind) {
    TestModule module = of(kind);
    module.onDetach =
        bindingContext -> {
          OtherThread.run(module::detachComplete);
          try {
            OtherThread.run(module::detachComplete);
          } catch (IllegalStateException expected) {
            journal.add("refused");
          }
          return NtStatus.PENDING;
        };
    registerBoth();

    client.deregister();

    assertThat(journal.count("refused")).isEqualTo(1);
    assertThat(journal.count("c.cleanup")).isEqualTo(1);
    assertThat(journal.count("p.cleanup")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void shouldTakeAReportFollowedBySuccessAsOne(Kind kind) {
    TestModule module = of(kind);
    module.onDetach =
        bindingContext -> {
          module.detachComplete();
          return NtStatus.SUCCESS;
        };
    registerBoth();

    client.deregister();

    assertThat(journal.names()).containsExactly("c.detach", "p.detach", "c.cleanup", "p.cleanup");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void shouldTellTheSideThatLeavesFirst(Kind leaving) {
    registerBoth();

    of(leaving).deregister();

    List<String> detached = journal.names().subList(0, 2);
    assertThat(detached)
        .isEqualTo(
            leaving == Kind.CLIENT
                ? List.of("c.detach", "p.detach")
                : List.of("p.detach", "c.detach"));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void shouldRefuseAReportBeforeTheSideWasTold(Kind leaving) {
    registerBoth();
    assertThatIllegalStateException().isThrownBy(client::detachComplete);
    assertThatIllegalStateException().isThrownBy(provider::detachComplete);
    TestModule told = of(leaving);
    TestModule notYetTold = of(leaving.other());
    told.onDetach =
        bindingContext -> {
          try {
            notYetTold.detachComplete();
          } catch (IllegalStateException expected) {
            journal.add("refused");
          }
          return NtStatus.SUCCESS;
        };

    told.deregister();

    assertThat(journal.names()).hasSize(5).contains("refused");
    assertThat(journal.count("c.cleanup")).isEqualTo(1);
    assertThat(journal.count("p.cleanup")).isEqualTo(1);
  }

  @Test
  void shouldRefuseReportsForForeignBindings() {
    client.detachesLater();
    registerBoth();
    client.deregister();
    try (World elsewhere = new World()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> elsewhere.nmr.clientDetachProviderComplete(client.binding()));
      assertThatIllegalStateException()
          .isThrownBy(() -> elsewhere.nmr.providerDetachClientComplete(null));
    }
    assertThat(journal.names()).hasSize(2);
    client.detachComplete();
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC0000001, 0x40000013, 0xC00002B9})
  void shouldTakeAnyOtherAnswerAsCompleted(int code) {
    client.onDetach = bindingContext -> NtStatus.of(code);
    provider.onDetach = bindingContext -> NtStatus.of(code);
    registerBoth();

    client.deregister();

    assertThat(journal.names()).containsExactly("c.detach", "p.detach", "c.cleanup", "p.cleanup");
  }
}
