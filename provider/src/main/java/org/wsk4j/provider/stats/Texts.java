package org.wsk4j.provider.stats;

import org.jspecify.annotations.Nullable;

/** Texts for events. */
final class Texts {
  private Texts() {}

  static @Nullable String of(@Nullable Object thing) {
    return thing == null ? null : thing.toString();
  }
}
