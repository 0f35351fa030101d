package org.wsk4j.provider.control;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.NativeLayouts;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskExtensionControlIn;
import org.wsk4j.control.WskExtensionControlOut;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.control.SocketOperation.Action;
import org.wsk4j.provider.control.SocketOperation.Carrier;
import org.wsk4j.provider.control.SocketOperation.IrpUse;
import org.wsk4j.provider.control.SocketOperation.When;
import org.wsk4j.socket.WskSocketCategory;

/**
 * The ioctls that concern the system around a socket: its addresses, its short ways, extensions.
 */
final class SystemIoctls {
  static final List<SocketOperation> ALL =
      List.of(
          row(
              WskIoctls.ADDRESS_LIST_QUERY,
              IrpUse.OPTIONAL,
              When.ALWAYS,
              (target, call) ->
                  call.answerList(
                      NativeLayouts.SOCKET_ADDRESS_LIST,
                      LocalAddresses.of(target.addressFamily()).get())),
          row(
              WskIoctls.ADDRESS_LIST_CHANGE,
              IrpUse.REQUIRED,
              When.ALWAYS,
              (target, call) -> awaitAddressChange(target, call.irp())),
          row(
              WskIoctls.REGISTER_EXTENSION,
              IrpUse.OPTIONAL,
              When.ALWAYS,
              SystemIoctls::registerExtension),
          fastPath(
              Rows.TCP_OR_BASIC, Carrier.TCP, When.BEFORE_ROLE, SystemIoctls::setLoopbackFastPath),
          fastPath(
              Rows.ALL,
              Carrier.DATAGRAMS,
              When.ALWAYS,
              (target, call) -> call.answer(NtStatus.NOT_SUPPORTED)));

  private SystemIoctls() {}

  private static SocketOperation row(
      WskControlKey<?, ?> key, IrpUse irp, When when, Action action) {
    return new SocketOperation(WskControlSocketType.IOCTL, key, Rows.ALL, irp, when, action);
  }

  private static SocketOperation fastPath(
      Set<WskSocketCategory> categories, Carrier carrier, When when, Action action) {
    return new SocketOperation(
        WskControlSocketType.IOCTL,
        WskIoctls.LOOPBACK_FAST_PATH,
        categories,
        carrier,
        IrpUse.REQUIRED,
        when,
        action);
  }

  private static NtStatus awaitAddressChange(ControlTarget target, @Nullable Irp irp) {
    return irp == null
        ? NtStatus.INVALID_PARAMETER
        : target.changes().await(target, irp, LocalAddresses.of(target.addressFamily()), () -> {});
  }

  /** What is malformed is refused as such, whether or not there is an extension. */
  private static NtStatus registerExtension(ControlTarget target, ControlCall call) {
    WskExtensionControlIn wanted =
        call.input(NativeLayouts.EXTENSION_CONTROL_IN, WskExtensionControlIn.class);
    if (wanted == null || wanted.npiId() == null) {
      return call.answer(NtStatus.INVALID_PARAMETER);
    }
    NtStatus room = call.checkOutput(NativeLayouts.EXTENSION_CONTROL_OUT);
    if (room != NtStatus.SUCCESS) {
      return call.answer(room);
    }
    Out<WskExtensionControlOut> made = new Out<>();
    NtStatus status = target.registerExtension(wanted, made);
    return status == NtStatus.SUCCESS
        ? call.answer(NativeLayouts.EXTENSION_CONTROL_OUT, made.require())
        : call.answer(status);
  }

  /** It shortens nothing here: what goes to this machine never leaves it (OPC-37). */
  private static NtStatus setLoopbackFastPath(ControlTarget target, ControlCall call) {
    Boolean on = call.input(NativeLayouts.BOOLEAN, Boolean.class);
    return call.answer(on != null ? NtStatus.SUCCESS : NtStatus.INVALID_BUFFER_SIZE);
  }
}
