package org.wsk4j.irp;

import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;

/**
 * What a provider keeps in an IRP while it owns it: the link of its queue and the arguments of the
 * request, so that queueing a request allocates nothing.
 *
 * <p>The fields belong to the provider from {@link Irp#begin} until {@link Irp#complete}; they are
 * cleared when the request completes, so nothing is remembered across a reuse. They are read and
 * written only by the thread that owns the request at the time; handing the IRP over orders the
 * accesses.
 */
public final class IrpContext {
  /** The next IRP in the provider's queue. */
  public @Nullable Irp next;

  /** What the request is about, as the provider sees fit. */
  public @Nullable Object target;

  /** A second such object. */
  public @Nullable Object argument;

  /** A third such object. */
  public @Nullable Object detail;

  /** Where the chain of the request begins. */
  public @Nullable Mdl first;

  /** Where the data begins in {@link #first}, in bytes. */
  public long start;

  /** The part of the chain that the request has reached. */
  public @Nullable Mdl mdl;

  /** Where the request stands inside {@link #mdl}, in bytes. */
  public long offset;

  /** How much is left to do, in bytes. */
  public long remaining;

  /** How much the request asked for, in bytes. */
  public long length;

  /** The flags of the request. */
  public int flags;

  /** Which operation this is, as the provider numbers them. */
  public int operation;

  IrpContext() {}

  /**
   * Takes down the region that the request is about, from its beginning.
   *
   * @param region the region, which lies inside its memory; {@code null} for none
   */
  public void setRegion(@Nullable WskBuf region) {
    first = region != null ? region.mdl() : null;
    start = region != null ? region.offset() : 0;
    length = region != null ? region.length() : 0;
    rewind();
  }

  /** Puts the request back to the beginning of its region. */
  public void rewind() {
    mdl = first;
    offset = start;
    remaining = length;
  }

  /**
   * Moves forward inside the region.
   *
   * @param count how many bytes were dealt with, not more than the current {@link #mdl} holds
   */
  public void advance(long count) {
    remaining -= count;
    offset += count;
    while (mdl != null && offset == mdl.byteCount() && remaining > 0) {
      mdl = mdl.next();
      offset = 0;
    }
  }

  void clear() {
    next = null;
    target = null;
    argument = null;
    detail = null;
    first = null;
    start = 0;
    mdl = null;
    offset = 0;
    remaining = 0;
    length = 0;
    flags = 0;
    operation = 0;
  }
}
