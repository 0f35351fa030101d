package org.wsk4j.irp;

import org.jspecify.annotations.Nullable;

/**
 * The stack locations of an IRP: for every layer on the way down, the completion routine of the
 * layer above it, and whether the layer answered PENDING.
 *
 * <p>{@code depth} counts the locations in use. The routine for the next location is set before it
 * is taken; on the way up the location is given back first, so that its owner stands at the top
 * when its routine runs. Owned like the IRP itself; never shared between threads at one time.
 */
final class StackLocations {
  private static final int MOST = 32;
  private static final int ON_SUCCESS = 1;
  private static final int ON_ERROR = 2;
  private static final int ON_CANCEL = 4;

  private final Location[] locations;
  private int depth;

  StackLocations(int stackSize) {
    if (stackSize < 1 || stackSize > MOST) {
      throw new IllegalArgumentException(
          "an IRP needs 1 to " + MOST + " stack locations, not " + stackSize);
    }
    locations = new Location[stackSize];
    for (int i = 0; i < stackSize; i++) {
      locations[i] = new Location();
    }
  }

  boolean isFull() {
    return depth == locations.length;
  }

  boolean isAtTop() {
    return depth == 0;
  }

  void setRoutine(
      @Nullable IoCompletionRoutine routine,
      @Nullable Object context,
      boolean onSuccess,
      boolean onError,
      boolean onCancel) {
    Location next = next();
    next.routine = routine;
    next.context = context;
    next.conditions =
        (onSuccess ? ON_SUCCESS : 0) | (onError ? ON_ERROR : 0) | (onCancel ? ON_CANCEL : 0);
  }

  void push() {
    next().pending = false;
    depth++;
  }

  /**
   * Gives locations back, from the lowest in use up, until one keeps a routine that wants to hear
   * of this result, or the top is reached. Where nobody is told that a layer answered PENDING, the
   * layer above answers PENDING too.
   */
  @Nullable IoCompletionRoutine popToRoutine(boolean success, boolean cancelRequested) {
    int met = (success ? ON_SUCCESS : ON_ERROR) | (cancelRequested ? ON_CANCEL : 0);
    while (true) {
      Location given = locations[--depth];
      IoCompletionRoutine wanted = (given.conditions & met) != 0 ? given.routine : null;
      if (wanted != null || depth == 0) {
        return wanted;
      }
      if (given.pending) {
        markPending();
      }
    }
  }

  /** Whether the layer whose location was given back last answered PENDING. */
  boolean pendingReturned() {
    return locations[depth].pending;
  }

  /** The context kept in the location given back last. */
  @Nullable Object routineContext() {
    return locations[depth].context;
  }

  void markPending() {
    if (depth > 0) {
      locations[depth - 1].pending = true;
    }
  }

  void reset() {
    depth = 0;
    for (Location location : locations) {
      location.routine = null;
      location.context = null;
      location.pending = false;
    }
  }

  private Location next() {
    if (isFull()) {
      throw new IllegalStateException(
          "all " + locations.length + " stack locations of the IRP are in use");
    }
    return locations[depth];
  }

  private static final class Location {
    @Nullable IoCompletionRoutine routine;
    @Nullable Object context;
    int conditions;
    boolean pending;
  }
}
