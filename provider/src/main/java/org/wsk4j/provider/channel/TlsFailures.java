package org.wsk4j.provider.channel;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/** The table from what goes wrong with TLS to statuses. */
final class TlsFailures {
  /** How the JDK begins what it says of an alert of the peer. */
  private static final String ALERT = "Received fatal alert";

  private TlsFailures() {}

  /** {@return what a handshake that has failed is answered} */
  static NtStatus ofHandshake(Throwable cause) {
    if (cause instanceof SslHandshakeTimeoutException) {
      return NtStatus.IO_TIMEOUT;
    }
    if (cause instanceof NotSslRecordException) {
      return NtStatus.INVALID_NETWORK_RESPONSE;
    }
    if (isDistrust(cause)) {
      return NtStatus.ACCESS_DENIED;
    }
    String message = cause.getMessage();
    boolean alert = message != null && message.contains(ALERT);
    return alert ? NtStatus.REQUEST_NOT_ACCEPTED : NtStatus.CONNECTION_ABORTED;
  }

  /** Certificates are refused with an exception of theirs as the cause, missing ones without. */
  private static boolean isDistrust(Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof GeneralSecurityException || each instanceof SSLPeerUnverifiedException) {
        return true;
      }
    }
    String message = cause.getMessage();
    return message != null && message.contains("Empty client certificate chain");
  }

  /** {@return whether TLS itself has failed, and not the connection under it} */
  static boolean isOfTls(@Nullable Throwable cause) {
    return cause instanceof DecoderException
        || cause instanceof SSLException && !isOfConnection(cause);
  }

  /** {@return whether the connection has failed under TLS} */
  static boolean isOfConnection(Throwable cause) {
    boolean written = cause.getCause() instanceof IOException io && !(io instanceof SSLException);
    return written || cause instanceof IOException && !(cause instanceof SSLException);
  }
}
