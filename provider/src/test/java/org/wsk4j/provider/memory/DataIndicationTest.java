package org.wsk4j.provider.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.contract.Rule;
import org.wsk4j.provider.stats.ProviderStatistics;

class DataIndicationTest {
  private final RetainAccount account = new RetainAccount(100, 200, new ProviderStatistics());
  private final List<ByteBuf> buffers = new ArrayList<>();

  private DataIndication received(int... bytes) {
    ByteBuf data = Unpooled.directBuffer(bytes.length);
    for (int each : bytes) {
      data.writeByte(each);
    }
    buffers.add(data);
    return new DataIndication(account, data);
  }

  private static DataIndication indicated(DataIndication data) {
    data.indicate();
    return data;
  }

  @AfterEach
  void shouldHaveFreedAllMemoryOnce() {
    assertThat(buffers).allSatisfy(buffer -> assertThat(buffer.refCnt()).isZero());
    assertThat(account.bytes()).isZero();
  }

  @Test
  void shouldMoveBytesIntoAnyPartOfTheMemory() {
    DataIndication data = received(1, 2, 3, 4, 5);
    byte[] memory = new byte[6];
    data.moveTo(Mdl.of(memory), 2, 3);

    assertThat(memory).containsExactly(0, 0, 1, 2, 3, 0);
    assertThat(data.length()).isEqualTo(2);
    data.skip(1);
    data.moveTo(Mdl.of(memory), 0, 1);
    assertThat(memory).containsExactly(5, 0, 1, 2, 3, 0);
    assertThat(data.length()).isZero();
    data.freeBuffered();
  }

  @Test
  void shouldShowWhatIsLeftAndTheElementThatFollows() {
    DataIndication first = received(1, 2, 3);
    DataIndication second = received(4);
    first.setFollowing(second);
    first.skip(1);
    indicated(second);
    indicated(first);

    assertThat(first.buffer().toByteArray()).containsExactly(2, 3);
    // Sent on, it needs no second view.
    Mdl shown = first.buffer().mdl();
    assertThat(shown).isNotNull();
    assertThat(shown.providerView()).isInstanceOf(ByteBuf.class).isSameAs(MdlViews.of(shown));
    assertThat(first.indicatedBytes()).isEqualTo(2);
    assertThat(first.next()).isSameAs(second);
    assertThat(second.next()).isNull();
    first.freeIndicated();
    second.freeIndicated();
  }

  @Test
  void shouldForgetWhatTheClientLinkedWhenItIsIndicatedAgain() {
    DataIndication first = received(1);
    DataIndication second = received(2);
    first.setFollowing(second);
    indicated(first);
    indicated(second);
    first.setNext(null);
    second.setNext(first);

    assertThat(first.takeBack()).isTrue();
    assertThat(second.takeBack()).isTrue();
    indicated(first);
    indicated(second);
    assertThat(first.next()).isSameAs(second);
    assertThat(second.next()).isNull();
    first.freeIndicated();
    second.freeIndicated();
  }

  @Test
  @Rule("REL-16")
  void shouldRefuseToShowWhatIsGone() {
    DataIndication data = indicated(received(1));
    data.keep();
    assertThat(data.buffer().toByteArray()).containsExactly(1);
    assertThat(data.claim(account)).isTrue();
    data.freeClaimed();

    assertThatThrownBy(data::buffer).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldCountWhatIsKeptUntilItIsReleased() {
    DataIndication data = received(1, 2, 3);
    data.skip(1);
    indicated(data);
    assertThat(account.bytes()).isZero();
    data.keep();
    assertThat(account.bytes()).isEqualTo(2);
    assertThat(data.claim(account)).isTrue();
    assertThat(account.bytes()).isEqualTo(2);
    data.freeClaimed();
  }

  @Test
  void shouldBeClaimedOnceAndAgainWhenGivenBack() {
    DataIndication data = indicated(received(1));
    assertThat(data.claim(account)).isTrue();
    assertThat(data.claim(account)).isFalse();
    data.unclaim();
    data.keep();
    assertThat(account.bytes()).isOne();
    assertThat(data.claim(account)).isTrue();
    assertThat(data.claim(account)).isFalse();
    data.unclaim();
    assertThat(data.claim(account)).isTrue();
    data.freeClaimed();
    assertThat(data.claim(account)).isFalse();
  }

  @Test
  void shouldNotBeClaimedForAnotherSocket() {
    DataIndication data = indicated(received(1));
    data.keep();

    assertThat(data.claim(new RetainAccount(100, 200, new ProviderStatistics()))).isFalse();
    assertThat(data.claim(account)).isTrue();
    data.freeClaimed();
  }

  @Test
  void shouldNotBeClaimedWhileItIsOurs() {
    DataIndication data = received(1);
    assertThat(data.claim(account)).isFalse();
    indicated(data);
    assertThat(data.takeBack()).isTrue();
    assertThat(data.claim(account)).isFalse();
    indicated(data);
    data.freeIndicated();
    assertThat(data.claim(account)).isFalse();
  }

  @Test
  void shouldTakeNoteOfAReleaseInsideTheCallback() {
    for (DataIndication data : List.of(received(1), received(2), received(3))) {
      indicated(data);
      assertThat(data.claim(account)).isTrue();
      data.freeClaimed();
      assertThat(data.indicatedBytes()).isOne();
    }
    DataIndication kept = indicated(received(1, 2));
    DataIndication freed = indicated(received(3));
    DataIndication refused = indicated(received(4));
    for (DataIndication data : List.of(kept, freed, refused)) {
      assertThat(data.claim(account)).isTrue();
      data.freeClaimed();
    }

    kept.keep();
    freed.freeIndicated();
    assertThat(refused.takeBack()).isFalse();
  }
}
