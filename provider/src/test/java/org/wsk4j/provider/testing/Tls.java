package org.wsk4j.provider.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskExtensionControlIn;
import org.wsk4j.control.WskExtensionControlOut;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.tls.WskTls;
import org.wsk4j.tls.WskTlsParameters;
import org.wsk4j.tls.WskTlsProviderDispatch;
import org.wsk4j.tls.WskTlsSession;

/** The TLS extension, registered on a socket; and the control calls of extensions in general. */
public record Tls(Object context, WskTlsProviderDispatch functions) {
  /** The size of the output of a registration. */
  public static final int OUT = 16;

  /** Registers TLS on a socket, without callbacks. */
  public static Tls on(WskSocket socket) {
    return on(socket, null, null);
  }

  /** Registers TLS on a socket. */
  public static Tls on(WskSocket socket, @Nullable Object context, @Nullable Object dispatch) {
    Out<WskExtensionControlOut> place = new Out<>();
    assertThat(register(socket, WskTls.NPI_ID, context, dispatch, place))
        .isEqualTo(NtStatus.SUCCESS);
    WskExtensionControlOut made = place.require();
    return new Tls(made.providerContext(), (WskTlsProviderDispatch) made.providerDispatch());
  }

  /** Registers an extension; {@return what the call returned} */
  public static NtStatus register(
      WskSocket socket,
      NpiId id,
      @Nullable Object context,
      @Nullable Object dispatch,
      Out<WskExtensionControlOut> place) {
    return socket.controlSocket(
        WskControlSocketType.IOCTL,
        WskIoctls.REGISTER_EXTENSION,
        new WskExtensionControlIn(id, context, dispatch),
        OUT,
        place,
        null,
        null);
  }

  /** Enables or disables events of an extension; {@return what the call returned} */
  public static NtStatus events(WskSocket socket, @Nullable NpiId id, int mask, @Nullable Irp irp) {
    return socket.controlSocket(
        WskControlSocketType.SET_OPTION,
        WskOptions.EVENT_CALLBACK,
        new WskEventCallbackControl(id, mask),
        0,
        null,
        null,
        irp);
  }

  /** Begins TLS; {@return what the call returned} */
  public NtStatus start(WskTlsParameters parameters, Irp irp) {
    return functions.start(context, parameters, irp);
  }

  /** {@return what was agreed on} */
  public WskTlsSession session() {
    Out<WskTlsSession> place = new Out<>();
    assertThat(functions.querySession(context, place)).isEqualTo(NtStatus.SUCCESS);
    return place.require();
  }

  /** {@return why the handshake has failed} */
  public Throwable failure() {
    Out<Throwable> place = new Out<>();
    assertThat(functions.queryFailure(context, place)).isEqualTo(NtStatus.SUCCESS);
    return place.require();
  }
}
