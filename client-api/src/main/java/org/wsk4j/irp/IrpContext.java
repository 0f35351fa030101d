package org.wsk4j.irp;

import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.Mdl;

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

  void clear() {
    next = null;
    target = null;
    argument = null;
    mdl = null;
  }
}
