package org.wsk4j.contract.nmr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.wsk4j.contract.nmr.World.register;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/** Callbacks that throw or answer what they must not: logged, and survived (OP-28, OP-31). */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class ModuleFaultsTest {
  private final World world = new World();
  private final Journal journal = world.journal;
  private final TestClient client = world.client("c");
  private final TestProvider provider = world.provider("p");
  private final Logger logger = (Logger) LoggerFactory.getLogger(NetworkModuleRegistrar.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    logger.setAdditive(false);
  }

  @AfterEach
  void allCanGo() {
    logger.detachAppender(log);
    logger.setAdditive(true);
    world.close();
  }

  /** Ways for a callback to fail. */
  static Stream<Supplier<NtStatus>> faults() {
    return Stream.of(
        () -> {
          throw new IllegalArgumentException("a fault of the module");
        },
        () -> {
          throw new StackOverflowError("a fault of the module");
        },
        () -> null);
  }

  private List<Level> logged() {
    return log.list.stream().map(ILoggingEvent::getLevel).toList();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void shouldTakeAFailedOfferAsARefusal(Supplier<NtStatus> fault) {
    client.onOffer = (binding, context, instance) -> fault.get();

    register(provider, client);

    assertThat(logged()).containsExactly(Level.ERROR);
    client.deregister();
    assertThat(client.awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
    assertThat(journal.names()).containsExactly("c.offer");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void shouldDetachTheProviderWhenTheOfferFailsAfterAll(Supplier<NtStatus> fault) {
    client.onOffer =
        (binding, context, instance) -> {
          client.attach(binding);
          return fault.get();
        };

    register(provider, client);

    assertThat(logged()).containsExactly(Level.ERROR, Level.WARN);
    assertThat(journal.names()).endsWith("c.attached", "p.detach", "p.cleanup");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void shouldTellTheClientUnsuccessfulWhenTheProviderFails(Supplier<NtStatus> fault) {
    provider.onClient =
        (binding, own, instance, clientContext, table, contextOut, tableOut) -> fault.get();

    register(provider, client);

    assertThat(journal.only("c.attached").argument(0)).isSameAs(NtStatus.UNSUCCESSFUL);
    assertThat(logged()).containsExactly(Level.ERROR);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void shouldTakeFailedDetachmentsAsCompleted(Supplier<NtStatus> fault) {
    client.onDetach = bindingContext -> fault.get();
    provider.onDetach = bindingContext -> fault.get();
    register(provider, client);

    assertThat(client.deregister()).isSameAs(NtStatus.PENDING);

    assertThat(client.awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
    assertThat(journal.names()).endsWith("c.detach", "p.detach", "c.cleanup", "p.cleanup");
    assertThat(logged()).containsExactly(Level.ERROR, Level.ERROR);
  }

  @Test
  void shouldCleanUpTheOtherThoughOneFails() {
    client.onCleanup =
        bindingContext -> {
          throw new IllegalArgumentException("a fault of the module");
        };
    provider.onCleanup = client.onCleanup;
    register(provider, client);

    client.deregister();

    assertThat(client.awaitDeregistered()).isSameAs(NtStatus.SUCCESS);
    assertThat(journal.names()).endsWith("c.cleanup", "p.cleanup");
    assertThat(logged()).containsExactly(Level.ERROR, Level.ERROR);
  }

  @Test
  void shouldLogAnswersThatAreNotDefined() {
    client.onDetach = bindingContext -> NtStatus.UNSUCCESSFUL;
    register(provider, client);

    client.deregister();

    assertThat(logged()).containsExactly(Level.WARN);
  }

  @Test
  void shouldLogSuccessWithoutAnAttachment() {
    client.onOffer = (binding, context, instance) -> NtStatus.SUCCESS;

    register(provider, client);

    assertThat(logged()).containsExactly(Level.WARN);
  }

  @Test
  void shouldLogAReportFollowedBySuccess() {
    client.onDetach =
        bindingContext -> {
          client.detachComplete();
          return NtStatus.SUCCESS;
        };
    register(provider, client);

    client.deregister();

    assertThat(logged()).containsExactly(Level.WARN);
  }

  @Test
  void shouldLogNothingWhenAllIsWell() {
    register(provider, client);
    client.deregister();

    assertThat(logged()).isEmpty();
  }

  @Test
  void shouldRefuseMissingPlacesBeforeAnythingHappens() {
    assertThatNullPointerException()
        .isThrownBy(() -> world.nmr.registerClient(client.characteristics(), null, null));
    assertThatNullPointerException()
        .isThrownBy(() -> world.nmr.registerProvider(provider.characteristics(), null, null));
    assertThatNullPointerException()
        .isThrownBy(() -> world.nmr.clientAttachProvider(null, null, null, null, new Out<>()));
    assertThatNullPointerException()
        .isThrownBy(() -> world.nmr.clientAttachProvider(null, null, null, new Out<>(), null));
    assertThat(world.nmr.describe()).isEmpty();
  }
}
