package org.wsk4j.contract.nmr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wsk4j.contract.nmr.World.register;

import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.contract.Rule;
import org.wsk4j.contract.nmr.Journal.Call;
import org.wsk4j.contract.nmr.World.Kind;
import org.wsk4j.nmr.NmrBindingHandle;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/** How a pair attaches, or doesn't. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class AttachRulesTest {
  private final World world = new World();
  private final Journal journal = world.journal;
  private final TestClient client = world.client("c");
  private final TestProvider provider = world.provider("p");

  @AfterEach
  void allCanGo() {
    world.close();
  }

  @Test
  @Rule({"NMR-12", "NMR-18", "NMR-19", "NMR-20"})
  void shouldGiveEachSideTheArgumentsOfTheOther() {
    register(client, provider);

    Call offer = journal.only("c.offer");
    Call attach = journal.only("p.attach");
    assertThat(offer.argument(0)).isNotNull();
    assertThat(offer.argument(1)).isSameAs(client.context);
    assertThat(offer.argument(2)).isSameAs(provider.instance);
    assertThat(attach.argument(0)).isSameAs(offer.argument(0));
    assertThat(attach.argument(1)).isSameAs(provider.context);
    assertThat(attach.argument(2)).isSameAs(client.instance);
    assertThat(attach.argument(3)).isSameAs(client.attachment().own());
    assertThat(attach.argument(4)).isSameAs(client.dispatch);
  }

  @Test
  @Rule("NMR-11")
  void shouldNotAskTheProviderByItself() {
    client.onOffer = (binding, context, instance) -> NtStatus.SUCCESS;

    register(client, provider);

    assertThat(journal.names()).containsExactly("c.offer");
  }

  @Test
  @Rule({"NMR-15", "NMR-35"})
  void shouldAttachOneProviderToSeveralClientsSeparately() {
    TestClient second = world.client("c2");
    register(provider, client, second);
    assertThat(client.binding()).isNotSameAs(second.binding());
    assertThat(provider.attachments()).hasSize(2);
    Object contextOfFirst = client.attachment().peerContext();
    assertThat(contextOfFirst).isNotSameAs(second.attachment().peerContext());

    client.deregister();

    assertThat(journal.only("p.detach").argument(0)).isSameAs(contextOfFirst);
    assertThat(journal.count("c2.detach")).isZero();
    second.deregister();
    assertThat(journal.calls("p.detach").get(1).argument(0))
        .isSameAs(second.attachment().peerContext());
  }

  @Test
  @Rule({"NMR-15", "NMR-36"})
  void shouldAttachOneClientToSeveralProvidersSeparately() {
    TestProvider second = world.provider("p2");
    register(client, provider, second);
    assertThat(provider.binding()).isNotSameAs(second.binding());
    assertThat(client.attachments()).hasSize(2);
    Object contextWithFirst = provider.attachment().peerContext();
    assertThat(contextWithFirst).isNotSameAs(second.attachment().peerContext());

    provider.deregister();

    assertThat(journal.only("c.detach").argument(0)).isSameAs(contextWithFirst);
    assertThat(journal.count("p2.detach")).isZero();
    second.deregister();
    assertThat(journal.calls("c.detach").get(1).argument(0))
        .isSameAs(second.attachment().peerContext());
  }

  @Test
  @Rule({"NMR-16", "NMR-31"})
  void shouldLeaveBothUnattachedWhenTheClientDoesNotWant() {
    client.onOffer = (binding, context, instance) -> NtStatus.NOINTERFACE;
    register(client, provider);
    assertThat(journal.names()).containsExactly("c.offer");
    TestClient other = world.client("c2");
    register(other);
    assertThat(other.attachments()).as("the provider is still registered").hasSize(1);
    journal.clear();

    assertThat(client.deregister()).as("still registered").isSameAs(NtStatus.PENDING);
    assertThat(journal.names()).isEmpty();
    assertThat(client.awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
  }

  @Test
  @Rule("NMR-17")
  void shouldAskTheProviderBeforeTheClientsCallReturns() {
    register(client, provider);

    assertThat(journal.names()).containsSubsequence("c.attaching", "p.attach", "c.attached");
    assertThat(journal.only("p.attach").thread()).isSameAs(journal.only("c.attaching").thread());
  }

  @Test
  @Rule({"NMR-21", "NMR-22"})
  void shouldPassNullDispatchAndContextsOn() {
    client.dispatch = null;
    provider.dispatch = "functions";
    Out<Object> providerContext = new Out<>("before");
    client.onOffer =
        (binding, context, instance) ->
            world.nmr.clientAttachProvider(binding, null, null, providerContext, new Out<>());
    provider.onClient =
        (binding, own, instance, clientContext, table, contextOut, tableOut) -> NtStatus.SUCCESS;

    register(client, provider);
    client.deregister();

    Call attach = journal.only("p.attach");
    assertThat(attach.argument(3)).isNull();
    assertThat(attach.argument(4)).isNull();
    assertThat(providerContext.get()).isNull();
    assertThat(journal.only("c.detach").argument(0)).isNull();
    assertThat(journal.only("p.detach").argument(0)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00000000, 0xC00002B9, 0xC000009A, 0x00000103, 0xC0FFEE00})
  @Rule("NMR-23")
  void shouldReturnExactlyWhatTheProviderAnswered(int code) {
    NtStatus answer = NtStatus.of(code);
    provider.onClient =
        (binding, own, instance, clientContext, table, contextOut, tableOut) -> answer;

    register(client, provider);

    assertThat(journal.only("c.attached").argument(0)).isEqualTo(answer);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00000103, 0x40000013, 0x80000005})
  @Rule({"NMR-24", "NMR-30", "NMR-31"})
  void shouldAttachWithNoOtherStatusThanSuccess(int code) {
    provider.onClient =
        (binding, own, instance, clientContext, table, contextOut, tableOut) -> {
          provider.accept(binding, own, instance, clientContext, table, contextOut, tableOut);
          return NtStatus.of(code);
        };
    register(client, provider);
    assertThat(client.attachments()).isEmpty();
    client.deregister();

    assertThat(journal.names()).containsExactly("c.offer", "c.attaching", "p.attach", "c.attached");
  }

  @Test
  @Rule("NMR-24")
  void shouldDeliverWhatTheProviderStored() {
    register(client, provider);

    assertThat(client.attachment().peerContext()).isNotNull().isSameAs(provider.attachment().own());
    assertThat(client.attachment().peerDispatch()).isNotNull().isSameAs(provider.dispatch);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Rule({"NMR-25", "NMR-29", "NMR-30", "NMR-31"})
  void shouldForgetAnAttachmentThatTheProviderRefused(Kind leaving) {
    provider.refuses(NtStatus.NOINTERFACE);
    register(client, provider);
    assertThat(journal.only("c.attached").argument(0)).isSameAs(NtStatus.NOINTERFACE);
    journal.clear();

    TestModule module = leaving == Kind.CLIENT ? client : provider;
    module.deregister();

    assertThat(module.awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
    assertThat(journal.names()).isEmpty();
  }

  @Test
  @Rule({"NMR-26", "NMR-27"})
  void shouldLetTheClientTryAgainWithAnotherDispatch() {
    client.onOffer =
        (binding, context, instance) -> {
          client.dispatch = "too new";
          NtStatus first = client.attach(binding);
          client.dispatch = "older";
          return first == NtStatus.NOINTERFACE ? client.attach(binding) : first;
        };
    provider.onClient =
        (binding, own, instance, clientContext, table, contextOut, tableOut) ->
            table.equals("too new")
                ? NtStatus.NOINTERFACE
                : provider.accept(
                    binding, own, instance, clientContext, table, contextOut, tableOut);

    register(client, provider);
    client.deregister();

    List<Call> attempts = journal.calls("p.attach");
    assertThat(attempts).extracting(call -> call.argument(4)).containsExactly("too new", "older");
    assertThat(attempts.get(1).argument(0)).isSameAs(attempts.get(0).argument(0));
    assertThat(provider.attachment().peerDispatch()).isEqualTo("older");
    assertThat(journal.only("c.detach").argument(0)).isSameAs(attempts.get(1).argument(3));
    assertThat(journal.only("c.cleanup").argument(0)).isSameAs(attempts.get(1).argument(3));
    assertThat(journal.only("p.detach").argument(0)).isSameAs(provider.attachment().own());
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC000009A, 0xC00002B9, 0x00000103})
  @Rule("NMR-28")
  void shouldDetachTheProviderAloneWhenTheClientFailsAfterAll(int code) {
    client.onOffer =
        (binding, context, instance) -> {
          client.attach(binding);
          return NtStatus.of(code);
        };
    register(client, provider);
    assertThat(journal.names())
        .containsExactly(
            "c.offer", "c.attaching", "p.attach", "c.attached", "p.detach", "p.cleanup");
    Object context = provider.attachment().own();
    assertThat(journal.only("p.detach").argument(0)).isSameAs(context);
    assertThat(journal.only("p.cleanup").argument(0)).isSameAs(context);
    journal.clear();

    client.deregister();
    provider.deregister();

    assertThat(journal.names()).isEmpty();
  }

  @Test
  @Rule("NMR-28")
  void shouldWaitForTheProviderWhenTheClientFailsAfterAll() {
    client.onOffer =
        (binding, context, instance) -> {
          client.attach(binding);
          return NtStatus.UNSUCCESSFUL;
        };
    provider.detachesLater();
    register(client, provider);
    client.deregister();
    OtherThread<NtStatus> wait =
        OtherThread.start(client::awaitDeregistered)
            .awaitBlockedIn("waitForClientDeregisterComplete");

    provider.detachComplete();

    assertThat(wait.result()).isSameAs(NtStatus.SUCCESS);
    assertThat(journal.count("p.detach")).isEqualTo(1);
    assertThat(journal.count("p.cleanup")).isEqualTo(1);
    assertThat(journal.names()).doesNotContain("c.detach", "c.cleanup");
  }

  @Test
  @Rule("NMR-28")
  void shouldTakeSuccessWithoutAnAttachmentAsARefusal() {
    provider.refuses(NtStatus.NOINTERFACE);
    client.onOffer =
        (binding, context, instance) -> {
          client.attach(binding);
          return NtStatus.SUCCESS;
        };
    register(client, provider);
    journal.clear();

    client.deregister();

    assertThat(client.awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
    assertThat(journal.names()).isEmpty();
  }

  @Test
  @Rule({"NMR-32", "NMR-33"})
  void shouldNotAttachWhenTheClientFailsAndStillRegisterBoth() {
    client.onOffer = (binding, context, instance) -> NtStatus.INSUFFICIENT_RESOURCES;
    assertThat(provider.register()).isSameAs(NtStatus.SUCCESS);
    assertThat(client.register()).isSameAs(NtStatus.SUCCESS);
    TestProvider late = world.provider("late");
    assertThat(late.register()).isSameAs(NtStatus.SUCCESS);
    assertThat(journal.names()).containsExactly("c.offer", "c.offer");

    client.deregister();

    assertThat(journal.names()).containsExactly("c.offer", "c.offer");
  }

  @Test
  @Rule({"NMR-33", "NMR-34"})
  void shouldOfferARefusedPairAgainOnlyAfterANewRegistration() {
    provider.refuses(NtStatus.NOINTERFACE);
    assertThat(client.register()).isSameAs(NtStatus.SUCCESS);
    assertThat(provider.register()).as("though refusing").isSameAs(NtStatus.SUCCESS);
    TestClient bystander = world.client("c2");
    TestProvider otherBystander = world.provider("p2");
    register(bystander, otherBystander);
    bystander.deregister();
    otherBystander.deregister();
    assertThat(offersOf(provider)).isEqualTo(1);

    client.deregister();
    register(client);

    assertThat(offersOf(provider)).isEqualTo(2);
  }

  private long offersOf(TestProvider offered) {
    return journal.calls("c.offer").stream()
        .filter(call -> call.argument(2) == offered.instance)
        .count();
  }

  @Test
  @Rule("NMR-37")
  void shouldAttachToOtherPeersThoughOneRefuses() {
    TestProvider refusing = world.provider("refusing");
    TestProvider third = world.provider("p3");
    refusing.refuses(NtStatus.NOINTERFACE);
    register(refusing, provider, client, third);
    assertThat(provider.attachments()).hasSize(1);
    assertThat(third.attachments()).hasSize(1);
    TestClient unwilling = world.client("unwilling");
    unwilling.onOffer = (binding, context, instance) -> NtStatus.NOINTERFACE;
    TestClient willing = world.client("willing");

    register(unwilling, willing);

    assertThat(willing.attachments()).hasSize(2);
  }

  @Test
  @Rule("NMR-39")
  void shouldStayOutOfTheCallsBetweenModules() {
    List<String> stack = new ArrayList<>();
    Supplier<String> functions =
        () -> {
          StackWalker.getInstance().forEach((StackFrame frame) -> stack.add(frame.getClassName()));
          return "served";
        };
    provider.dispatch = functions;
    register(client, provider);

    Object received = client.attachment().peerDispatch();

    assertThat(received).isSameAs(functions);
    assertThat(((Supplier<?>) received).get()).isEqualTo("served");
    assertThat(stack).noneMatch(frame -> frame.startsWith("org.wsk4j.nmr."));
  }

  @Test
  void shouldOfferOnTheRegisteringThreadBeforeItReturns() {
    register(client);
    OtherThread.run(() -> register(provider));

    assertThat(journal.only("c.offer").thread()).isNotSameAs(Thread.currentThread());
    assertThat(journal.only("p.attach").thread()).isSameAs(journal.only("c.offer").thread());
  }

  @Test
  void shouldHaveStoredTheHandleBeforeTheFirstOffer() {
    List<Object> seen = new ArrayList<>();
    provider.onClient =
        (binding, own, instance, clientContext, table, contextOut, tableOut) -> {
          seen.add(client.handle.get());
          seen.add(provider.handle.get());
          return NtStatus.SUCCESS;
        };

    register(client, provider);

    assertThat(seen).containsExactly(client.handle.get(), provider.handle.get());
    assertThat(seen).doesNotContainNull();
  }

  @Test
  void shouldOfferTheOldestPeerFirst() {
    register(provider, world.provider("p2"), world.provider("p3"), client);
    assertThat(journal.names().stream().filter(name -> name.startsWith("p")))
        .containsExactly("p.attach", "p2.attach", "p3.attach");
    register(world.client("c2"), world.client("c3"));
    journal.clear();

    register(world.provider("p4"));

    assertThat(journal.names().stream().filter(name -> name.endsWith("offer")))
        .containsExactly("c.offer", "c2.offer", "c3.offer");
  }

  @Test
  void shouldLeaveTheClientsPlacesAloneOnFailure() {
    Out<Object> contextOut = new Out<>("context before");
    Out<Object> dispatchOut = new Out<>("dispatch before");
    client.onOffer =
        (binding, context, instance) ->
            world.nmr.clientAttachProvider(binding, "b", "d", contextOut, dispatchOut);
    provider.onClient =
        (binding, own, instance, clientContext, table, providerContext, providerDispatch) -> {
          providerContext.set("stored");
          providerDispatch.set("stored");
          return NtStatus.NOINTERFACE;
        };

    register(client, provider);

    assertThat(contextOut.get()).isEqualTo("context before");
    assertThat(dispatchOut.get()).isEqualTo("dispatch before");
  }

  @Test
  void shouldRefuseToAttachOutsideTheOffer() {
    register(client, provider);
    NmrBindingHandle attached = client.binding();
    journal.clear();

    assertThat(attach(attached)).isSameAs(NtStatus.INVALID_PARAMETER);
    assertThat(attach(null)).isSameAs(NtStatus.INVALID_PARAMETER);

    assertThat(journal.names()).isEmpty();
  }

  @Test
  void shouldRefuseToAttachWithAWrongHandleOrASecondTimeOrOnAnotherThread() {
    try (World elsewhere = new World()) {
      List<NtStatus> answers = new ArrayList<>();
      client.onOffer =
          (binding, context, instance) -> {
            answers.add(OtherThread.call(() -> attach(binding)));
            answers.add(elsewhere.client("c").attach(binding));
            NtStatus real = client.attach(binding);
            answers.add(attach(binding));
            return real;
          };

      register(client, provider);

      assertThat(answers).hasSize(3).containsOnly(NtStatus.INVALID_PARAMETER);
      assertThat(journal.count("p.attach")).isEqualTo(1);
      assertThat(client.attachments()).hasSize(1);
    }
  }

  @Test
  void shouldRefuseToAttachWhileTheProviderDecides() {
    List<NtStatus> answers = new ArrayList<>();
    provider.onClient =
        (binding, own, instance, clientContext, table, contextOut, tableOut) -> {
          answers.add(attach(binding));
          return NtStatus.SUCCESS;
        };

    register(client, provider);

    assertThat(answers).containsExactly(NtStatus.INVALID_PARAMETER);
    assertThat(journal.count("p.attach")).isEqualTo(1);
  }

  private NtStatus attach(NmrBindingHandle binding) {
    return world.nmr.clientAttachProvider(binding, null, null, new Out<>(), new Out<>());
  }
}
