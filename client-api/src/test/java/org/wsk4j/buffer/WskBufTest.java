package org.wsk4j.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.nt.NtStatus;

class WskBufTest {
  @Test
  void shouldBeEmptyAtFirst() {
    WskBuf empty = new WskBuf();

    assertThat(empty.check()).isSameAs(NtStatus.SUCCESS);
    assertThat(empty.toByteArray()).isEmpty();
    assertThat(empty.mdl()).isNull();
  }

  @Test
  void shouldIgnoreTheOffsetWhereThereIsNoMemoryAndNoLength() {
    assertThat(new WskBuf(null, 99, 0).check()).isSameAs(NtStatus.SUCCESS);
    assertThat(new WskBuf(null, 0, 1).check()).isSameAs(NtStatus.INVALID_PARAMETER);
  }

  /** Over the chain 4 + 0 + 3. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, true",
    "0, 7, true",
    "0, 8, false",
    "3, 4, true",
    "3, 5, false",
    "4, 0, true",
    "4, 1, false",
    "5, 0, false",
    "-1, 1, false",
    "0, -1, false",
    "3, 0, true",
    "9223372036854775807, 1, false",
    "3, 9223372036854775807, false",
    "4, -1, false"
  })
  void shouldAcceptRegionsInsideTheChainThatBeginInItsFirstPart(
      long offset, long length, boolean inside) {
    Mdl chain = chain(new byte[4], new byte[0], new byte[3]);
    WskBuf region = new WskBuf(chain, offset, length);

    assertThat(region.check()).isSameAs(inside ? NtStatus.SUCCESS : NtStatus.INVALID_PARAMETER);
    if (inside) {
      assertThat(region.toByteArray()).hasSize((int) length);
    } else {
      assertThatIllegalStateException().isThrownBy(region::toByteArray);
    }
  }

  @Test
  void shouldAcceptAnEmptyFirstPartOnlyForAnEmptyRegion() {
    Mdl chain = chain(new byte[0], new byte[3]);

    assertThat(new WskBuf(chain, 0, 0).check()).isSameAs(NtStatus.SUCCESS);
    assertThat(new WskBuf(chain, 0, 1).check()).isSameAs(NtStatus.INVALID_PARAMETER);
  }

  @Test
  void shouldTellWhetherItCanBeWritten() {
    Mdl readOnly = Mdl.of(ByteBuffer.allocate(3).asReadOnlyBuffer());
    Mdl chain = Mdl.of(new byte[4]).setNext(readOnly);
    assertThat(readOnly.isReadOnly()).isTrue();
    assertThat(chain.isReadOnly()).isFalse();

    assertThat(new WskBuf(chain, 1, 3).checkWritable()).isSameAs(NtStatus.SUCCESS);
    assertThat(new WskBuf(chain, 1, 4).checkWritable()).isSameAs(NtStatus.INVALID_PARAMETER);
    assertThat(new WskBuf(chain, 4, 0).checkWritable()).isSameAs(NtStatus.SUCCESS);
    assertThat(new WskBuf(chain, 5, 0).checkWritable()).isSameAs(NtStatus.INVALID_PARAMETER);
    assertThat(new WskBuf(readOnly, 0, 1).checkWritable()).isSameAs(NtStatus.INVALID_PARAMETER);
    assertThat(new WskBuf(readOnly, 0, 0).checkWritable()).isSameAs(NtStatus.SUCCESS);
    assertThat(new WskBuf().checkWritable()).isSameAs(NtStatus.SUCCESS);
  }

  @Test
  void shouldCoverWhatItIsMadeOf() {
    byte[] bytes = {1, 2, 3, 4, 5};

    assertThat(WskBuf.of(bytes).toByteArray()).isEqualTo(bytes);
    assertThat(WskBuf.of(ByteBuffer.wrap(bytes, 1, 3)).toByteArray()).containsExactly(2, 3, 4);
    assertThat(WskBuf.of(chain(bytes, bytes)).length()).isEqualTo(10);
  }

  @Test
  void shouldChangeWithSet() {
    Mdl memory = Mdl.of(new byte[] {1, 2, 3});
    WskBuf region = new WskBuf();

    assertThat(region.set(memory, 1, 2)).isSameAs(region);
    assertThat(region.mdl()).isSameAs(memory);
    assertThat(region.offset()).isEqualTo(1);
    assertThat(region.toByteArray()).containsExactly(2, 3);
  }

  @Test
  void shouldLinkListsInOrder() {
    WskBuf first = WskBuf.of(new byte[1]);
    WskBuf second = WskBuf.of(new byte[2]);

    WskBufList head = WskBufList.of(first, second);

    assertThat(head).isNotNull();
    assertThat(head.buffer()).isSameAs(first);
    assertThat(head.next().buffer()).isSameAs(second);
    assertThat(head.next().next()).isNull();
    head.setNext(null);
    assertThat(head.next()).isNull();
    assertThat(WskBufList.of()).isNull();
  }

  /** Random chains of all kinds of memory, and random regions, against one flat array. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldReadTheSameBytesAsAFlatArray(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      byte[] model = new byte[random.nextInt(200)];
      random.nextBytes(model);
      Mdl chain = randomChain(model, random);
      long offset = random.nextInt(chain.byteCount() + 3) - 1L;
      long length = random.nextInt(model.length + 3) - 1L;
      WskBuf region = new WskBuf(chain, offset, length);
      String what = "seed " + seed + ", round " + round + ": " + region + " of " + model.length;

      assertThat(chain.chainByteCount()).as(what).isEqualTo(model.length);
      boolean inside = isInside(offset, length, chain.byteCount(), model.length);
      assertThat(region.check() == NtStatus.SUCCESS).as(what).isEqualTo(inside);
      if (inside) {
        byte[] expected = Arrays.copyOfRange(model, (int) offset, (int) (offset + length));
        assertThat(region.toByteArray()).as(what).isEqualTo(expected);
        assertThat(region.toByteArray()).as(what + ", again").isEqualTo(expected);
      }
    }
  }

  private static boolean isInside(long offset, long length, int first, int all) {
    boolean offsetInside = offset >= 0 && (offset < first || (offset == first && length == 0));
    return offsetInside && length >= 0 && offset + length <= all;
  }

  private static Mdl randomChain(byte[] model, Random random) {
    Mdl head = null;
    Mdl tail = null;
    int done = 0;
    while (done < model.length || head == null) {
      int count = Math.min(model.length - done, random.nextInt(60));
      Mdl part = randomMemory(Arrays.copyOfRange(model, done, done + count), random);
      done += count;
      if (tail == null) {
        head = part;
      } else {
        tail.setNext(part);
      }
      tail = part;
    }
    return head;
  }

  /** The bytes in a whole array, in a part of one, in heap or direct memory, or read-only. */
  private static Mdl randomMemory(byte[] bytes, Random random) {
    int before = random.nextInt(5);
    byte[] larger = new byte[before + bytes.length + random.nextInt(5)];
    System.arraycopy(bytes, 0, larger, before, bytes.length);
    return switch (random.nextInt(5)) {
      case 0 -> Mdl.of(bytes);
      case 1 -> Mdl.of(larger, before, bytes.length);
      case 2 -> Mdl.of(ByteBuffer.wrap(larger, before, bytes.length));
      case 3 -> Mdl.of(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
      default -> direct(bytes);
    };
  }

  private static Mdl direct(byte[] bytes) {
    Mdl memory = Mdl.allocateDirect(bytes.length);
    memory.buffer().put(bytes);
    return memory;
  }

  private static Mdl chain(byte[]... parts) {
    Mdl following = null;
    for (int i = parts.length - 1; i >= 0; i--) {
      following = Mdl.of(parts[i]).setNext(following);
    }
    return following;
  }
}
