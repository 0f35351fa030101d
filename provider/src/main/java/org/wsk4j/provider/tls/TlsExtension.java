package org.wsk4j.provider.tls;

import org.jspecify.annotations.Nullable;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.channel.SecureStream;
import org.wsk4j.socket.WskSocketCategory;
import org.wsk4j.spi.WskExtension;
import org.wsk4j.spi.WskExtensionModule;
import org.wsk4j.spi.WskExtensionSocket;
import org.wsk4j.tls.WskTls;
import org.wsk4j.tls.WskTlsClientDispatch;

/**
 * Offers TLS on connection-oriented sockets.
 *
 * <p>Threads: any.
 */
public final class TlsExtension implements WskExtensionModule {
  /** Makes the service. */
  public TlsExtension() {}

  @Override
  public String name() {
    return "TLS";
  }

  @Override
  public NpiId npiId() {
    return WskTls.NPI_ID;
  }

  @Override
  public boolean appliesTo(WskSocketCategory category) {
    return category == WskSocketCategory.CONNECTION || category == WskSocketCategory.STREAM;
  }

  @Override
  public int events() {
    return WskTls.ESTABLISHED;
  }

  @Override
  public NtStatus register(
      WskExtensionSocket socket,
      @Nullable Object clientContext,
      @Nullable Object clientDispatch,
      Out<WskExtension> place) {
    SecureStream stream = socket.part(SecureStream.class);
    if (stream == null) {
      return NtStatus.NOT_SUPPORTED; // a provider of somebody else
    }
    if (clientDispatch != null && !(clientDispatch instanceof WskTlsClientDispatch)) {
      return NtStatus.INVALID_PARAMETER;
    }
    WskTlsClientDispatch callbacks = (WskTlsClientDispatch) clientDispatch;
    place.set(new TlsRegistration(socket, stream, clientContext, callbacks));
    return NtStatus.SUCCESS;
  }
}
