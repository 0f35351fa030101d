package org.wsk4j.provider.channel;

import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

/**
 * A socket whose stream can be secured by TLS: what the TLS extension needs of it.
 *
 * <p>Threads: any.
 */
public interface SecureStream {
  /**
   * Begins TLS.
   *
   * @param owner how, and who is told; {@code null} is answered with INVALID_PARAMETER
   * @param irp the request
   * @return what the call has to return
   */
  NtStatus secure(@Nullable TlsOwner owner, @Nullable Irp irp);
}
