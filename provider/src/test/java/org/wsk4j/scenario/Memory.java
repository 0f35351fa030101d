package org.wsk4j.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;

/**
 * Memory that a program lends to one call: segments in a chain, by turns on and off the heap.
 *
 * <p>The description of the buffer is overwritten as soon as the call has returned, as if it had
 * stood on the caller's stack, and the memory itself when the request has completed. So a provider
 * that reads it later sends rubbish, and one that writes it later is found out by {@link #check}.
 */
final class Memory {
  private static final byte RUBBISH = (byte) 0xA5;

  private final ByteBuffer[] segments;
  private final long offset;
  private final int length;
  private final List<Mdl> chain;
  private final WskBuf description;
  private volatile byte @Nullable [] content;

  private Memory(ByteBuffer[] segments, long offset, int length) {
    this.segments = segments;
    this.offset = offset;
    this.length = length;
    chain = Arrays.stream(segments).map(Mdl::of).toList();
    for (int i = 1; i < segments.length; i++) {
      chain.get(i - 1).setNext(chain.get(i));
    }
    description = new WskBuf(chain.isEmpty() ? null : chain.get(0), offset, length);
  }

  /** {@return memory that holds these parts, each in a segment of its own} */
  static Memory of(byte[]... parts) {
    int all = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    return of(0, all, parts);
  }

  /** {@return memory that holds these parts, of which the call uses a piece} */
  static Memory of(long offset, int length, byte[]... parts) {
    Memory memory = piece(offset, length, Arrays.stream(parts).mapToInt(p -> p.length).toArray());
    for (int i = 0; i < parts.length; i++) {
      memory.segments[i].duplicate().put(parts[i]);
    }
    return memory;
  }

  /** {@return memory to be filled} */
  static Memory room(int... sizes) {
    return piece(0, Arrays.stream(sizes).sum(), sizes);
  }

  /** {@return memory of which a piece is to be filled} */
  static Memory piece(long offset, int length, int... sizes) {
    ByteBuffer[] segments =
        IntStream.range(0, sizes.length)
            .mapToObj(
                i ->
                    (sizes[i] + i) % 2 == 0
                        ? ByteBuffer.allocate(sizes[i])
                        : ByteBuffer.allocateDirect(sizes[i]))
            .toArray(ByteBuffer[]::new);
    return new Memory(segments, offset, length);
  }

  /** {@return what describes it to the call} */
  WskBuf buffer() {
    return description;
  }

  /** The call has returned: its stack is used for other things. */
  void returned() {
    description.set(null, 77, 99);
  }

  /** The request has completed: the memory is used for other things. */
  void completed() {
    content = all();
    for (ByteBuffer segment : segments) {
      for (int i = 0; i < segment.capacity(); i++) {
        segment.put(i, RUBBISH);
      }
    }
  }

  private byte[] all() {
    ByteBuffer all =
        ByteBuffer.allocate(Arrays.stream(segments).mapToInt(ByteBuffer::capacity).sum());
    for (ByteBuffer segment : segments) {
      all.put(segment.duplicate().clear());
    }
    return all.array();
  }

  /** {@return what it held when the request completed, at most so much} */
  byte[] content(long most) {
    byte[] held = content;
    if (held == null) {
      throw new AssertionError("the request has not completed");
    }
    return Arrays.copyOfRange(held, (int) offset, (int) (offset + Math.min(most, length)));
  }

  /** {@return what the whole memory held when the request completed, also around the piece} */
  byte[] surroundings() {
    byte[] held = content;
    if (held == null) {
      throw new AssertionError("the request has not completed");
    }
    return held.clone();
  }

  /** Nobody has written it since the request completed, and its parts hang together as before. */
  void check() {
    for (int i = 0; i < segments.length; i++) {
      assertThat(chain.get(i).next()).isSameAs(i + 1 < chain.size() ? chain.get(i + 1) : null);
      assertThat(chain.get(i).byteCount()).isEqualTo(segments[i].capacity());
      assertThat(segments[i].position()).isZero();
      assertThat(segments[i].limit()).isEqualTo(segments[i].capacity());
    }
    for (byte each : all()) {
      assertThat(each).as("memory that was given back").isEqualTo(RUBBISH);
    }
  }
}
