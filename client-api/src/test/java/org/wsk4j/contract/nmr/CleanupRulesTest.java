package org.wsk4j.contract.nmr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wsk4j.contract.nmr.World.register;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.wsk4j.contract.Rule;
import org.wsk4j.contract.nmr.World.Kind;
import org.wsk4j.nt.NtStatus;

/** How modules are cleaned up after they let go of each other. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class CleanupRulesTest {
  private final World world = new World();
  private final Journal journal = world.journal;
  private final TestClient client = world.client("c");
  private final TestProvider provider = world.provider("p");

  @BeforeEach
  void bothDetachLater() {
    client.detachesLater();
    provider.detachesLater();
  }

  @AfterEach
  void allCanGo() {
    world.close();
  }

  private TestModule of(Kind kind) {
    return kind == Kind.CLIENT ? client : provider;
  }

  @ParameterizedTest
  @CsvSource({"CLIENT, CLIENT", "CLIENT, PROVIDER", "PROVIDER, CLIENT", "PROVIDER, PROVIDER"})
  @Rule({"NMR-62", "NMR-63", "NMR-66"})
  void shouldCleanUpWhenBothHaveLetGoWhoeverLeaves(Kind leaving, Kind firstDone) {
    register(client, provider);
    of(leaving).deregister();
    assertThat(journal.names()).doesNotContain("c.cleanup", "p.cleanup");

    of(firstDone).detachComplete();
    assertThat(journal.names()).doesNotContain("c.cleanup", "p.cleanup");
    of(firstDone.other()).detachComplete();

    assertThat(journal.count("c.cleanup")).isEqualTo(1);
    assertThat(journal.count("p.cleanup")).isEqualTo(1);
  }

  @Test
  @Rule({"NMR-64", "NMR-65"})
  void shouldCleanUpEachBindingOnceWithItsOwnContext() {
    TestProvider second = world.provider("p2");
    register(client, provider, second);

    client.deregister();
    second.deregister();
    provider.detachComplete();
    client.attachments().forEach(attachment -> client.detachComplete(attachment.binding()));
    provider.deregister();

    assertThat(journal.calls("c.cleanup"))
        .extracting(call -> call.argument(0))
        .containsExactlyInAnyOrder(
            client.attachments().get(0).own(), client.attachments().get(1).own());
    assertThat(journal.only("p.cleanup").argument(0)).isSameAs(provider.attachment().own());
    assertThat(journal.only("p2.cleanup").argument(0)).isSameAs(second.attachment().own());
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true"})
  @Rule("NMR-67")
  void shouldSkipCleanupThatAModuleDoesNotHave(boolean clientHas, boolean providerHas) {
    client.hasCleanup = clientHas;
    provider.hasCleanup = providerHas;
    register(client, provider);
    client.deregister();
    client.detachComplete();
    provider.detachComplete();

    assertThat(journal.count("c.cleanup")).isEqualTo(clientHas ? 1 : 0);
    assertThat(journal.count("p.cleanup")).isEqualTo(providerHas ? 1 : 0);
    assertThat(client.awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule("NMR-68")
  void shouldCallBackOnTheThreadThatCausedIt(Kind last) {
    register(client, provider);
    Thread deregistering =
        OtherThread.callOnLoop(
            () -> {
              client.deregister();
              return Thread.currentThread();
            });
    of(last.other()).detachComplete();
    Thread completing =
        OtherThread.callOnLoop(
            () -> {
              of(last).detachComplete();
              return Thread.currentThread();
            });

    assertThat(journal.only("c.detach").thread()).isSameAs(deregistering);
    assertThat(journal.only("p.detach").thread()).isSameAs(deregistering);
    assertThat(journal.only("c.cleanup").thread()).isSameAs(completing);
    assertThat(journal.only("p.cleanup").thread()).isSameAs(completing);
  }

  @Test
  void shouldCleanUpTheClientFirstAndBothBeforeTheWaitReturns() {
    register(client, provider);
    provider.deregister();
    OtherThread<NtStatus> clientWait = startWaitAfterDeregistering(client);
    OtherThread<NtStatus> providerWait =
        OtherThread.start(provider::awaitDeregistered)
            .awaitBlockedIn("waitForProviderDeregisterComplete");
    boolean[] returned = new boolean[2];
    provider.onCleanup =
        bindingContext -> {
          returned[0] = clientWait.isDone() || providerWait.isDone();
          returned[1] = !world.nmr.describe().contains("CLEANING_UP");
        };
    client.detachComplete();
    journal.clear();

    provider.detachComplete();

    assertThat(clientWait.result()).isSameAs(NtStatus.SUCCESS);
    assertThat(providerWait.result()).isSameAs(NtStatus.SUCCESS);
    assertThat(journal.names()).containsExactly("c.cleanup", "p.cleanup");
    assertThat(returned).containsExactly(false, false);
  }

  private OtherThread<NtStatus> startWaitAfterDeregistering(TestClient module) {
    module.deregister();
    return OtherThread.start(module::awaitDeregistered)
        .awaitBlockedIn("waitForClientDeregisterComplete");
  }
}
