package org.wsk4j.nt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class DispatchLevelTest {
  @AfterEach
  void shouldLeaveTheThreadAsItWas() {
    assertThat(DispatchLevel.isRaised()).isFalse();
  }

  @Test
  void shouldBePassiveOnAnOrdinaryThread() {
    DispatchLevel level = DispatchLevel.current();

    assertThat(level.raised()).isFalse();
    assertThat(level.depth()).isZero();
    assertThat(DispatchLevel.current()).isSameAs(level);
    DispatchLevel.requirePassive("A wait");
  }

  @Test
  void shouldRefuseWaitsInsideACallback() {
    DispatchLevel level = DispatchLevel.current();
    level.raise();
    level.raise();
    assertThat(level.depth()).isEqualTo(2);
    level.lower();
    try {
      assertThatIllegalStateException()
          .isThrownBy(() -> DispatchLevel.requirePassive("Waiting for tea"))
          .withMessageContaining("Waiting for tea")
          .withMessageContaining(Thread.currentThread().getName());
    } finally {
      level.lower();
    }
    DispatchLevel.requirePassive("Waiting for tea");
  }

  @Test
  void shouldBeRaisedForTheWholeLifeOfAnEventLoop() {
    boolean[] raised =
        onLoop(
            () -> {
              boolean before = DispatchLevel.isRaised();
              DispatchLevel.current().raise();
              DispatchLevel.current().lower();
              return new boolean[] {before, DispatchLevel.isRaised()};
            });

    assertThat(raised).containsExactly(true, true);
  }

  @Test
  void shouldAskTheThreadThatCarriesItsOwnState() {
    assertThat(onLoop(() -> DispatchLevel.current() == ((Loop) Thread.currentThread()).level))
        .isTrue();
  }

  @Test
  void shouldNotSeeTheStateOfOtherThreads() {
    DispatchLevel.current().raise();
    try {
      assertThat(CompletableFuture.supplyAsync(DispatchLevel::isRaised).join()).isFalse();
    } finally {
      DispatchLevel.current().lower();
    }
  }

  @Test
  void shouldRunDeferredWorkInOrderWhenTheOutermostCallbackReturns() {
    DispatchLevel level = DispatchLevel.current();
    List<String> order = new ArrayList<>();
    level.raise();
    level.raise();
    level.defer(() -> order.add("one"));
    level.defer(() -> order.add("two"));
    level.lower();
    assertThat(order).isEmpty();
    level.lower();

    assertThat(order).containsExactly("one", "two");
  }

  @Test
  void shouldRunWorkThatDeferredWorkDefersWithoutNesting() {
    DispatchLevel level = DispatchLevel.current();
    int[] count = {0};
    List<Integer> depths = new ArrayList<>();
    Runnable[] again = new Runnable[1];
    again[0] =
        () -> {
          level.raise();
          depths.add(level.depth());
          if (++count[0] < 100_000) {
            level.defer(again[0]);
          }
          level.lower();
        };
    level.raise();
    level.defer(again[0]);
    level.lower();

    assertThat(count[0]).isEqualTo(100_000);
    assertThat(depths).containsOnly(1);
  }

  @Test
  void shouldRefuseToDeferWhereNobodyWouldRunIt() {
    assertThatIllegalStateException()
        .isThrownBy(() -> DispatchLevel.current().defer(() -> {}))
        .withMessageContaining("defer");
  }

  private static <T> T onLoop(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    new Loop(() -> result.complete(work.get())).start();
    return result.orTimeout(5, TimeUnit.SECONDS).join();
  }

  private static final class Loop extends Thread implements DispatchLevel.Bound {
    final DispatchLevel level = new DispatchLevel(true);

    Loop(Runnable work) {
      super(work, "loop");
    }

    @Override
    public DispatchLevel dispatchLevel() {
      return level;
    }
  }
}
