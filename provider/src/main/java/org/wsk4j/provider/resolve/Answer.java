package org.wsk4j.provider.resolve;

import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/**
 * What came of a search.
 *
 * @param status SUCCESS, or why there is no value
 * @param value what was found; there exactly on SUCCESS
 */
record Answer<T>(NtStatus status, @Nullable T value) {
  static <T> Answer<T> found(T value) {
    return new Answer<>(NtStatus.SUCCESS, value);
  }

  static <T> Answer<T> failed(NtStatus status) {
    return new Answer<>(status, null);
  }
}
