package org.wsk4j.provider.core;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

/**
 * A receive request over memory of its own, in one piece or several. In front of the region and
 * behind it lies memory that must stay as it is.
 */
final class Receive {
  private static final byte UNTOUCHED = '.';

  final String name;
  final int length;
  private final int flags;
  final Irp irp = Irp.allocate();
  private final List<Mdl> mdls = new ArrayList<>();
  private final int offset;
  private Runnable whenDone = () -> {};
  private Runnable then = () -> {};

  int completions;
  boolean pendingReturned;
  @Nullable NtStatus answer;

  private Receive(String name, int flags, int offset, int... pieceLengths) {
    this.name = name;
    this.flags = flags;
    this.offset = offset;
    this.length = Arrays.stream(pieceLengths).sum();
    irp.setCompletionRoutine((done, context) -> completed(), null);
    irp.begin(null);
    irp.context().setRegion(new WskBuf(chain(pieceLengths), offset, length));
    irp.context().flags = flags;
  }

  /** Of some bytes in one piece. */
  static Receive of(String name, int flags, int length) {
    return new Receive(name, flags, 0, length);
  }

  /**
   * Of bytes scattered over a chain: the first piece begins behind an offset, and the last one goes
   * on behind the region.
   */
  static Receive chained(String name, int flags, int offset, int... pieceLengths) {
    return new Receive(name, flags, offset, pieceLengths);
  }

  int irpFlags() {
    return flags;
  }

  /** What its completion routine does. */
  Receive then(Runnable work) {
    then = work;
    return this;
  }

  /** What is done before. */
  void whenDone(Runnable work) {
    whenDone = work;
  }

  private @Nullable Mdl chain(int... lengths) {
    Mdl next = null;
    for (int i = lengths.length - 1; i >= 0; i--) {
      int before = i == 0 ? offset : 0;
      int behind = i == lengths.length - 1 ? 3 : 0;
      byte[] piece = new byte[before + lengths[i] + behind];
      Arrays.fill(piece, UNTOUCHED);
      boolean direct = i % 2 == 1;
      next = (direct ? direct(piece) : Mdl.of(piece)).setNext(next);
      mdls.add(0, next);
    }
    return next;
  }

  private static Mdl direct(byte[] content) {
    return Mdl.of(ByteBuffer.allocateDirect(content.length).put(content).flip());
  }

  private NtStatus completed() {
    completions++;
    pendingReturned = irp.pendingReturned();
    whenDone.run();
    then.run();
    return NtStatus.MORE_PROCESSING_REQUIRED;
  }

  /** {@return the region up to the count of the result} */
  String data() {
    return memory().substring(offset, offset + (int) irp.information());
  }

  /** {@return whether only the bytes that were counted were written} */
  boolean leftTheRestAlone() {
    String all = memory();
    String rest = all.substring(0, offset) + all.substring(offset + (int) irp.information());
    return rest.chars().allMatch(each -> each == UNTOUCHED);
  }

  private String memory() {
    StringBuilder all = new StringBuilder();
    for (Mdl mdl : mdls) {
      byte[] content = new byte[mdl.byteCount()];
      mdl.buffer().get(content);
      all.append(new String(content, US_ASCII));
    }
    return all.toString();
  }

  /** {@return the result in short} */
  String result() {
    String text = name + " " + irp.status().name() + " " + irp.information();
    return irp.information() > 0 ? text + " " + data() : text;
  }
}
