package org.wsk4j.provider.tls;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.tls.WskTlsParameters;
import org.wsk4j.tls.WskTlsProviderDispatch;
import org.wsk4j.tls.WskTlsSession;

/**
 * The functions of TLS: which socket is meant, the provider context says.
 *
 * <p>Threads: any.
 */
final class TlsFunctions implements WskTlsProviderDispatch {
  static final TlsFunctions TABLE = new TlsFunctions();

  private TlsFunctions() {}

  @Override
  public NtStatus start(
      @Nullable Object providerContext, @Nullable WskTlsParameters parameters, @Nullable Irp irp) {
    if (providerContext instanceof TlsRegistration registration) {
      return registration.start(parameters, irp);
    }
    return refuse(irp, NtStatus.INVALID_PARAMETER);
  }

  /** Completes a request for which there is no socket that could. */
  static NtStatus refuse(@Nullable Irp irp, NtStatus status) {
    if (irp == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    NtStatus begun = irp.begin(null);
    if (begun == NtStatus.SUCCESS || begun == NtStatus.CANCELLED) {
      return Completions.finish(irp, begun == NtStatus.CANCELLED ? begun : status);
    }
    return begun;
  }

  @Override
  public NtStatus querySession(
      @Nullable Object providerContext, @Nullable Out<WskTlsSession> session) {
    return providerContext instanceof TlsRegistration registration
        ? query(registration, session, registration::session)
        : NtStatus.INVALID_PARAMETER;
  }

  @Override
  public NtStatus queryFailure(@Nullable Object providerContext, @Nullable Out<Throwable> cause) {
    return providerContext instanceof TlsRegistration registration
        ? query(registration, cause, registration::failure)
        : NtStatus.INVALID_PARAMETER;
  }

  private static <T> NtStatus query(
      TlsRegistration registration, @Nullable Out<T> place, Supplier<@Nullable T> answer) {
    if (place == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    return registration.call(
        () -> {
          T value = answer.get();
          if (value == null) {
            return NtStatus.INVALID_DEVICE_STATE;
          }
          place.set(value);
          return NtStatus.SUCCESS;
        });
  }
}
