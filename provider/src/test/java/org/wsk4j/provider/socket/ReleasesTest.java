package org.wsk4j.provider.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.contract.Rule;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.memory.DataIndication;
import org.wsk4j.provider.memory.RetainAccount;
import org.wsk4j.provider.stats.ProviderStatistics;
import org.wsk4j.testing.Background;
import org.wsk4j.testing.Race;

@Timeout(120)
class ReleasesTest {
  private static final Duration A_MOMENT = Duration.ofMillis(500);

  private final RetainAccount account =
      new RetainAccount(1 << 20, 1 << 20, new ProviderStatistics());
  private final RetainAccount other = new RetainAccount(1 << 20, 1 << 20, new ProviderStatistics());
  private final List<ByteBuf> buffers = new ArrayList<>();

  /** One callback's list of elements, each of one byte. */
  private List<DataIndication> indicated(RetainAccount owner, int count) {
    return indicated(owner, count, buffers);
  }

  private static List<DataIndication> indicated(
      RetainAccount owner, int count, List<ByteBuf> buffers) {
    List<DataIndication> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ByteBuf data = Unpooled.buffer(1).writeByte(i);
      buffers.add(data);
      list.add(new DataIndication(owner, data));
    }
    for (int i = count - 1; i >= 0; i--) {
      list.get(i).setFollowing(i + 1 < count ? list.get(i + 1) : null);
      list.get(i).indicate();
    }
    return list;
  }

  private List<DataIndication> retained(RetainAccount owner, int count) {
    List<DataIndication> list = indicated(owner, count);
    list.forEach(DataIndication::keep);
    return list;
  }

  private void assertReleased(@Nullable WskDataIndication first) {
    assertThat(Releases.release(first, account)).isSameAs(NtStatus.SUCCESS);
  }

  private void assertRefused(@Nullable WskDataIndication first) {
    long before = account.bytes();
    assertThat(Releases.release(first, account)).isSameAs(NtStatus.INVALID_PARAMETER);
    assertThat(account.bytes()).isEqualTo(before);
  }

  @AfterEach
  void shouldHaveFreedEachBufferExactlyOnce() {
    assertThat(account.bytes()).isZero();
    assertThat(other.bytes()).isZero();
    assertThat(buffers).allSatisfy(buffer -> assertThat(buffer.refCnt()).isZero());
  }

  @Test
  @Rule({"REL-04", "REL-05", "REL-13"})
  void shouldReleaseAnElementWithAllBehindItOnce() {
    List<DataIndication> list = retained(account, 3);
    List<DataIndication> more = retained(account, 2);
    assertRefused(null);
    assertReleased(list.get(1));
    assertThat(account.bytes()).isEqualTo(3);
    assertRefused(list.get(1));
    assertRefused(list.get(2));
    list.get(0).setNext(null);
    assertReleased(list.get(0));
    assertRefused(list.get(0));
    assertThat(more.get(1).buffer().toByteArray()).containsExactly(1);
    assertReleased(more.get(0));
  }

  @Test
  @Rule({"REL-09", "REL-11", "REL-12"})
  void shouldReleaseSplitAndJoinedListsInAnyOrder() {
    List<DataIndication> old = retained(account, 4);
    List<DataIndication> young = retained(account, 3);

    // The young list in front of the end of the old one.
    old.get(1).setNext(null);
    young.get(2).setNext(old.get(2));
    assertReleased(young.get(1));
    young.get(0).setNext(null);
    assertThat(account.bytes()).isEqualTo(3);
    assertReleased(old.get(0));
    assertReleased(young.get(0));
  }

  @Test
  void shouldReleaseAPrefix() {
    List<DataIndication> list = retained(account, 5);
    list.get(2).setNext(null);
    assertReleased(list.get(0));
    assertThat(account.bytes()).isEqualTo(2);
    assertReleased(list.get(3));
  }

  @Test
  @Rule({"REL-03", "REL-06", "REL-07"})
  void shouldReleaseAllOrNothing() {
    List<DataIndication> mine = retained(account, 2);
    List<DataIndication> foreign = retained(other, 1);
    DataIndication accepted = indicated(account, 1).get(0);
    accepted.freeIndicated();
    DataIndication refused = indicated(account, 1).get(0);
    assertThat(refused.takeBack()).isTrue();

    for (WskDataIndication stranger : List.of(foreign.get(0), accepted, refused, new Stranger())) {
      assertRefused(stranger);
      mine.get(1).setNext(stranger);
      assertRefused(mine.get(0));
      assertThat(mine.get(0).buffer().toByteArray()).containsExactly(0);
    }
    mine.get(1).setNext(null);
    assertReleased(mine.get(0));
    assertThat(other.bytes()).isOne();
    assertThat(Releases.release(foreign.get(0), other)).isSameAs(NtStatus.SUCCESS);
    refused.freeBuffered();
  }

  @Test
  void shouldRefuseAListThatLeadsBackIntoItself() {
    List<DataIndication> list = retained(account, 3);
    for (DataIndication back : list) {
      list.get(2).setNext(back);
      assertRefused(list.get(0));
    }
    list.get(2).setNext(null);
    assertReleased(list.get(0));
  }

  @Test
  void shouldReleaseElementsOfACallbackThatStillRuns() {
    List<DataIndication> earlier = retained(account, 1);
    List<DataIndication> list = indicated(account, 3);
    list.get(0).setNext(null);
    earlier.get(0).setNext(list.get(1));
    assertReleased(earlier.get(0));

    list.forEach(DataIndication::keep);
    assertThat(account.bytes()).isOne();
    assertReleased(list.get(0));
  }

  /** An indication of somebody else's provider. */
  private static final class Stranger extends WskDataIndication {
    @Override
    public WskBuf buffer() {
      return new WskBuf();
    }
  }

  /** One callback that ends on the loop while another thread releases what it indicates. */
  private static final class Ending {
    final RetainAccount account = new RetainAccount(1 << 20, 1 << 20, new ProviderStatistics());
    final List<ByteBuf> buffers = new ArrayList<>();
    final List<DataIndication> list = indicated(account, 3, buffers);
    final AtomicInteger releases = new AtomicInteger();

    void release(int index) {
      if (Releases.release(list.get(index), account) == NtStatus.SUCCESS) {
        releases.incrementAndGet();
      }
    }

    void releaseWhatIsLeft() {
      for (DataIndication each : list) {
        each.setNext(null);
        Releases.release(each, account);
      }
    }

    void check() {
      assertThat(account.bytes()).isZero();
      assertThat(buffers).allSatisfy(buffer -> assertThat(buffer.refCnt()).isZero());
    }
  }

  @Test
  @Rule("REL-14")
  void shouldReleaseOnceWhileTheCallbackAnswersPending() throws InterruptedException {
    Race.on(Ending::new)
        .actor(one -> one.list.forEach(DataIndication::keep))
        .actor(one -> one.release(0))
        .actor(one -> one.release(1))
        .run(
            A_MOMENT,
            one -> {
              // Both go along the list in the same order, so one of them gets to its end.
              assertThat(one.releases.get()).isOne();
              one.releaseWhatIsLeft();
              one.check();
            });
  }

  @Test
  void shouldFreeOnceWhileTheCallbackAnswersSuccess() throws InterruptedException {
    Race.on(Ending::new)
        .actor(one -> one.list.forEach(DataIndication::freeIndicated))
        .actor(one -> one.release(0))
        .actor(one -> one.release(2))
        .run(
            A_MOMENT,
            one -> {
              assertThat(one.releases.get()).isLessThanOrEqualTo(1);
              one.check();
            });
  }

  @Test
  void shouldBufferOrFreeOnceWhileTheCallbackAcceptsNothing() throws InterruptedException {
    Race.on(Ending::new)
        .actor(
            one ->
                one.list.forEach(
                    each -> {
                      if (each.takeBack()) {
                        each.freeBuffered();
                      }
                    }))
        .actor(one -> one.release(0))
        .actor(one -> one.release(1))
        .run(
            A_MOMENT,
            one -> {
              assertThat(one.releases.get()).isLessThanOrEqualTo(1);
              one.check();
            });
  }

  /** Many threads release many elements, some of them twice, while new ones are kept. */
  @Test
  void shouldKeepTheAccountExactWhateverThreadReleases() {
    int threads = 3;
    for (int round = 0; round < 30; round++) {
      List<DataIndication> all = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        all.addAll(retained(account, 3));
      }
      AtomicInteger released = new AtomicInteger();
      List<Background<Void>> clients = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        List<DataIndication> mine = new ArrayList<>(all);
        Collections.shuffle(mine, new Random(round * 10L + i));
        clients.add(Background.run("client-" + i, () -> releaseEach(mine, released)));
      }
      clients.forEach(Background::result);
      assertThat(released).hasValue(all.size());
      assertThat(account.bytes()).isZero();
    }
  }

  private void releaseEach(List<DataIndication> list, AtomicInteger released) {
    for (DataIndication each : list) {
      each.setNext(null);
      if (Releases.release(each, account) == NtStatus.SUCCESS) {
        released.incrementAndGet();
      }
    }
  }
}
