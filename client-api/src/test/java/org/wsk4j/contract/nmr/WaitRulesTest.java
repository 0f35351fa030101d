package org.wsk4j.contract.nmr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wsk4j.contract.nmr.World.register;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wsk4j.contract.Rule;
import org.wsk4j.contract.nmr.World.Kind;
import org.wsk4j.nmr.NmrHandle;
import org.wsk4j.nt.NtStatus;

/** Waiting for the end of a deregistration. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class WaitRulesTest {
  private final World world = new World();
  private final TestClient client = world.client("c");
  private final TestProvider provider = world.provider("p");

  @AfterEach
  void allCanGo() {
    world.close();
  }

  private TestModule of(Kind kind) {
    return kind == Kind.CLIENT ? client : provider;
  }

  private OtherThread<NtStatus> startWait(TestModule module) {
    String method =
        module == client ? "waitForClientDeregisterComplete" : "waitForProviderDeregisterComplete";
    return OtherThread.start(module::awaitDeregistered).awaitBlockedIn(method);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule({"NMR-69", "NMR-71"})
  void shouldWaitForBothSidesOfTheClientsBinding(Kind last) {
    client.detachesLater();
    provider.detachesLater();
    register(client, provider);
    client.deregister();
    of(last.other()).detachComplete();
    OtherThread<NtStatus> wait = startWait(client);

    of(last).detachComplete();

    assertThat(wait.result()).isSameAs(NtStatus.SUCCESS);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule({"NMR-70", "NMR-71"})
  void shouldWaitForBothSidesOfTheProvidersBinding(Kind last) {
    client.detachesLater();
    provider.detachesLater();
    register(client, provider);
    provider.deregister();
    of(last.other()).detachComplete();
    OtherThread<NtStatus> wait = startWait(provider);

    of(last).detachComplete();

    assertThat(wait.result()).isSameAs(NtStatus.SUCCESS);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule("NMR-71")
  void shouldWaitForTheOtherModuleAlone(Kind leaving) {
    TestModule other = of(leaving.other());
    other.detachesLater();
    register(client, provider);
    of(leaving).deregister();
    OtherThread<NtStatus> wait = startWait(of(leaving));

    other.detachComplete();

    assertThat(wait.result()).isSameAs(NtStatus.SUCCESS);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule("NMR-72")
  void shouldWaitForTheLastBinding(Kind leaving) {
    TestModule module = of(leaving);
    module.detachesLater();
    register(client, provider, world.module(leaving.other(), "second"));
    register(world.module(leaving.other(), "third"));
    module.deregister();
    module.detachComplete(module.attachments().get(1).binding());
    module.detachComplete(module.attachments().get(0).binding());
    OtherThread<NtStatus> wait = startWait(module);

    module.detachComplete(module.attachments().get(2).binding());

    assertThat(wait.result()).isSameAs(NtStatus.SUCCESS);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule("NMR-73")
  void shouldReturnAtOnceWhenAllIsOver(Kind kind) {
    register(client, provider);
    of(kind).deregister();

    assertThat(of(kind).awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule("NMR-74")
  void shouldNotWaitForAModuleThatIsNotLeaving(Kind kind) {
    register(client, provider);
    assertThat(of(kind).awaitDeregistered()).isSameAs(NtStatus.INVALID_PARAMETER);
    of(kind.other()).deregister();

    assertThat(of(kind).awaitDeregistered()).isSameAs(NtStatus.INVALID_PARAMETER);
  }

  @Test
  @Rule("NMR-75")
  void shouldNotWaitForSomethingElse() {
    try (World elsewhere = new World()) {
      TestClient foreignClient = elsewhere.client("c");
      TestProvider foreignProvider = elsewhere.provider("p");
      register(foreignClient, foreignProvider, client, provider);
      client.detachesLater();
      foreignClient.detachesLater();
      Stream.of(client, provider, foreignClient, foreignProvider).forEach(TestModule::deregister);

      assertThat(Stream.of(provider.handle.get(), client.binding(), foreignClient.handle.get()))
          .allSatisfy(
              wrong -> assertThat(waitForClient(wrong)).isSameAs(NtStatus.INVALID_PARAMETER));
      assertThat(waitForClient(null)).isSameAs(NtStatus.INVALID_PARAMETER);
      assertThat(Stream.of(client.handle.get(), client.binding(), foreignProvider.handle.get()))
          .allSatisfy(
              wrong -> assertThat(waitForProvider(wrong)).isSameAs(NtStatus.INVALID_PARAMETER));
      assertThat(waitForProvider(null)).isSameAs(NtStatus.INVALID_PARAMETER);
      client.detachComplete();
      foreignClient.detachComplete();
    }
  }

  private NtStatus waitForClient(NmrHandle handle) {
    return world.nmr.waitForClientDeregisterComplete(handle);
  }

  private NtStatus waitForProvider(NmrHandle handle) {
    return world.nmr.waitForProviderDeregisterComplete(handle);
  }

  @Test
  void shouldNotDeregisterSomethingElse() {
    try (World elsewhere = new World()) {
      TestClient foreignClient = elsewhere.client("c");
      TestProvider foreignProvider = elsewhere.provider("p");
      register(foreignClient, foreignProvider, client, provider);

      assertThat(
              Stream.of(
                  world.nmr.deregisterClient(null),
                  world.nmr.deregisterClient(provider.handle.get()),
                  world.nmr.deregisterClient(client.binding()),
                  world.nmr.deregisterClient(foreignClient.handle.get()),
                  world.nmr.deregisterProvider(null),
                  world.nmr.deregisterProvider(client.handle.get()),
                  world.nmr.deregisterProvider(client.binding()),
                  world.nmr.deregisterProvider(foreignProvider.handle.get())))
          .containsOnly(NtStatus.INVALID_PARAMETER);

      assertThat(world.journal.names()).doesNotContain("c.detach", "p.detach");
      assertThat(elsewhere.journal.names()).doesNotContain("c.detach", "p.detach");
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void shouldRetireTheHandleWithTheFirstWait(Kind kind) {
    TestModule module = of(kind);
    register(module);
    module.deregister();
    assertThat(module.deregister()).isSameAs(NtStatus.INVALID_PARAMETER);

    assertThat(module.awaitDeregistered()).isSameAs(NtStatus.SUCCESS);

    assertThat(module.awaitDeregistered()).isSameAs(NtStatus.INVALID_PARAMETER);
    assertThat(module.deregister()).isSameAs(NtStatus.INVALID_PARAMETER);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void shouldTellAllWhoWaitAndThenRetireTheHandle(Kind kind) {
    TestModule module = of(kind);
    module.detachesLater();
    register(client, provider);
    module.deregister();
    OtherThread<NtStatus> first = startWait(module);
    OtherThread<NtStatus> second = startWait(module);

    module.detachComplete();

    assertThat(module.awaitDeregistered()).isSameAs(NtStatus.INVALID_PARAMETER);
    assertThat(first.result()).isSameAs(NtStatus.SUCCESS);
    assertThat(second.result()).isSameAs(NtStatus.SUCCESS);
  }

  @Test
  void shouldWaitOnThoughInterruptedAndKeepTheInterrupt() {
    client.detachesLater();
    register(client, provider);
    client.deregister();
    boolean[] interrupted = new boolean[1];
    OtherThread<NtStatus> wait =
        OtherThread.start(
                () -> {
                  NtStatus status = client.awaitDeregistered();
                  interrupted[0] = Thread.currentThread().isInterrupted();
                  return status;
                })
            .awaitBlockedIn("waitForClientDeregisterComplete");
    wait.thread().interrupt();
    while (wait.thread().isInterrupted()) {
      Thread.onSpinWait();
    }
    wait.awaitBlockedIn("waitForClientDeregisterComplete");

    client.detachComplete();

    assertThat(wait.result()).isSameAs(NtStatus.SUCCESS);
    assertThat(interrupted[0]).isTrue();
  }

  @Test
  void shouldTellWhatADeregistrationWaitsFor() {
    provider.detachesLater();
    register(client, provider);
    client.deregister();

    assertThat(world.nmr.describe().lines())
        .hasSize(4)
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(client.instance.moduleId().toString())
                    .contains("DETACHING (client DETACHED, provider PENDING)"));

    provider.detachComplete();
    assertThat(world.nmr.describe().lines()).hasSize(1);
  }
}
