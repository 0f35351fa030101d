package org.wsk4j.irp;

import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/**
 * The result of a request (IO_STATUS_BLOCK): its final status, a number, and an object.
 *
 * <p>{@code information} is the count of bytes transferred or of bytes of output, and 0 where a
 * request has no such count or failed. Where C puts the pointer of a new socket into that word, the
 * socket stands in {@link #object}.
 *
 * @param status the final status; PENDING only if it was taken from a request in flight
 * @param information the number, see above
 * @param object the object that the request made, or {@code null}
 */
public record IoStatusBlock(NtStatus status, long information, @Nullable Object object) {

  /** {@return whether the status passes the NT_SUCCESS test} */
  public boolean isSuccess() {
    return status.isSuccess();
  }

  /**
   * {@return the object that the request made}
   *
   * @param type what it is
   * @param <T> what it is
   * @throws IllegalStateException if the request made none, with its status in the message
   */
  public <T> T require(Class<T> type) {
    if (!type.isInstance(object)) {
      throw new IllegalStateException(
          "the request made no " + type.getSimpleName() + "; it ended with " + status);
    }
    return type.cast(object);
  }
}
