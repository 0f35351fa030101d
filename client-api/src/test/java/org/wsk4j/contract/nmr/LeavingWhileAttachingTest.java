package org.wsk4j.contract.nmr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wsk4j.contract.nmr.World.register;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.wsk4j.contract.Rule;
import org.wsk4j.contract.nmr.World.Kind;
import org.wsk4j.nt.NtStatus;

/** Deregistrations that meet an attachment in progress (OP-26). */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class LeavingWhileAttachingTest {
  private final World world = new World();
  private final Journal journal = world.journal;
  private final TestClient client = world.client("c");
  private final TestProvider provider = world.provider("p");

  @AfterEach
  void allCanGo() {
    world.close();
  }

  /** Where in the attachment the deregistration comes. */
  enum Moment {
    BEFORE_ASKING,
    IN_THE_PROVIDER,
    AFTER_ASKING
  }

  private TestModule of(Kind kind) {
    return kind == Kind.CLIENT ? client : provider;
  }

  private void happenAt(Moment moment, Runnable action) {
    client.onOffer =
        (binding, context, instance) -> {
          happenIf(moment == Moment.BEFORE_ASKING, action);
          NtStatus status = client.attach(binding);
          happenIf(moment == Moment.AFTER_ASKING, action);
          journal.add("c.answers");
          return status;
        };
    provider.onClient =
        (binding, own, instance, clientContext, table, contextOut, tableOut) -> {
          happenIf(moment == Moment.IN_THE_PROVIDER, action);
          return provider.accept(
              binding, own, instance, clientContext, table, contextOut, tableOut);
        };
  }

  private static void happenIf(boolean now, Runnable action) {
    if (now) {
      action.run();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BEFORE_ASKING, CLIENT",
    "BEFORE_ASKING, PROVIDER",
    "IN_THE_PROVIDER, CLIENT",
    "IN_THE_PROVIDER, PROVIDER",
    "AFTER_ASKING, CLIENT",
    "AFTER_ASKING, PROVIDER"
  })
  void shouldDetachAtOnceWhatFinishesAttaching(Moment moment, Kind leaving) {
    List<NtStatus> answers = new ArrayList<>();
    List<OtherThread<NtStatus>> waits = new ArrayList<>();
    String method = "waitFor" + (leaving == Kind.CLIENT ? "Client" : "Provider");
    happenAt(
        moment,
        () -> {
          answers.add(OtherThread.call(of(leaving)::deregister));
          waits.add(
              OtherThread.start(of(leaving)::awaitDeregistered)
                  .awaitBlockedIn(method + "DeregisterComplete"));
        });

    register(client, provider);

    assertThat(answers).containsExactly(NtStatus.PENDING);
    assertThat(waits.get(0).result()).isSameAs(NtStatus.SUCCESS);
    List<String> names = journal.names();
    assertThat(names.subList(names.indexOf("c.answers") + 1, names.size()))
        .containsExactly(
            leaving == Kind.CLIENT ? "c.detach" : "p.detach",
            leaving == Kind.CLIENT ? "p.detach" : "c.detach",
            "c.cleanup",
            "p.cleanup");
    assertThat(journal.only("c.detach").argument(0)).isSameAs(client.attachment().own());
    assertThat(journal.only("p.detach").argument(0)).isSameAs(provider.attachment().own());
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  @Rule("NMR-48")
  void shouldDetachOnceWhenBothLeaveMeanwhile(Moment moment) {
    happenAt(
        moment,
        () -> {
          provider.deregister();
          client.deregister();
        });

    register(client, provider);

    assertThat(journal.names().subList(journal.names().size() - 4, journal.names().size()))
        .containsExactly("p.detach", "c.detach", "c.cleanup", "p.cleanup");
    assertThat(client.awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
    assertThat(provider.awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void shouldWaitForADecisionInProgressThatEndsInARefusal(Kind leaving) {
    List<OtherThread<NtStatus>> waits = new ArrayList<>();
    String method = "waitFor" + (leaving == Kind.CLIENT ? "Client" : "Provider");
    client.onOffer =
        (binding, context, instance) -> {
          of(leaving).deregister();
          waits.add(
              OtherThread.start(of(leaving)::awaitDeregistered)
                  .awaitBlockedIn(method + "DeregisterComplete"));
          return NtStatus.NOINTERFACE;
        };

    register(client, provider);

    assertThat(waits.get(0).result()).isSameAs(NtStatus.SUCCESS);
    assertThat(journal.names()).containsExactly("c.offer");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void shouldDetachTheProviderAloneWhenTheClientAlsoFails(Kind leaving) {
    client.onOffer =
        (binding, context, instance) -> {
          client.attach(binding);
          of(leaving).deregister();
          return NtStatus.UNSUCCESSFUL;
        };

    register(client, provider);

    assertThat(journal.names()).endsWith("c.attached", "p.detach", "p.cleanup");
    assertThat(of(leaving).awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
  }
}
