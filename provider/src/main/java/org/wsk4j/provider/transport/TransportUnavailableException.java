package org.wsk4j.provider.transport;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A transport was asked for that does not exist or that this system cannot run. */
public final class TransportUnavailableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /**
   * Makes the exception.
   *
   * @param message which transport, why not, and what to do
   * @param cause what its native code said, or {@code null}
   */
  public TransportUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
