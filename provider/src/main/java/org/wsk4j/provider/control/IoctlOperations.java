package org.wsk4j.provider.control;

import java.util.List;
import org.wsk4j.connection.WskConnectionIoctls;
import org.wsk4j.connection.WskReceiveExEvent;
import org.wsk4j.control.KeepAliveValues;
import org.wsk4j.control.NativeLayouts;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskInspectId;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.control.SocketOperation.Action;
import org.wsk4j.provider.control.SocketOperation.Carrier;
import org.wsk4j.provider.control.SocketOperation.IrpUse;
import org.wsk4j.provider.control.SocketOperation.When;

/** The ioctls that concern connections. */
final class IoctlOperations {
  static final List<SocketOperation> ALL =
      List.of(
          connected(WskIoctls.QUERY_IDEAL_SEND_BACKLOG, IoctlOperations::idealSendBacklog),
          connected(WskIoctls.QUERY_RECEIVE_BACKLOG, IoctlOperations::receiveBacklog),
          connected(WskIoctls.SET_TCP_SILENT_MODE, IoctlOperations::silentMode),
          new SocketOperation(
              WskControlSocketType.IOCTL,
              WskConnectionIoctls.SET_RECEIVE_EX_CALLBACK,
              Rows.CONNECTIONS,
              IrpUse.OPTIONAL,
              When.CONNECTED,
              IoctlOperations::receiveExEvent),
          new SocketOperation(
              WskControlSocketType.IOCTL,
              WskIoctls.QUERY_INSPECT_ID,
              Rows.ALL,
              IrpUse.FORBIDDEN,
              When.ALWAYS,
              IoctlOperations::inspectId),
          new SocketOperation(
              WskControlSocketType.IOCTL,
              WskIoctls.KEEPALIVE_VALS,
              Rows.TCP,
              Carrier.TCP,
              IrpUse.REQUIRED,
              When.ALWAYS,
              IoctlOperations::keepAliveValues));

  private IoctlOperations() {}

  private static SocketOperation connected(WskControlKey<?, ?> key, Action action) {
    return new SocketOperation(
        WskControlSocketType.IOCTL, key, Rows.CONNECTIONS, IrpUse.REQUIRED, When.CONNECTED, action);
  }

  private static NtStatus idealSendBacklog(ControlTarget target, ControlCall call) {
    return call.answer(NativeLayouts.SIZE_T, target.idealSendBacklog());
  }

  private static NtStatus receiveBacklog(ControlTarget target, ControlCall call) {
    NtStatus room = call.checkOutput(NativeLayouts.SIZE_T);
    Irp irp = call.irp();
    if (room != NtStatus.SUCCESS || irp == null) {
      return call.answer(room);
    }
    return target.onLoop(
        irp,
        pended -> {
          call.store(NativeLayouts.SIZE_T, target.receiveBacklog());
          return finish(irp, pended, NtStatus.SUCCESS, NativeLayouts.SIZE_T.size());
        });
  }

  private static NtStatus silentMode(ControlTarget target, ControlCall call) {
    Irp irp = call.irp();
    if (irp == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    // Whether the peer is on another host is judged on the loop, by what is known there.
    LocalInterfaces.recent(target.changes());
    return target.onLoop(irp, pended -> finish(irp, pended, target.becomeSilent(), 0));
  }

  /** A callback has no bytes: a raw key can only clear it. */
  private static NtStatus receiveExEvent(ControlTarget target, ControlCall call) {
    if (call.input() == null) {
      return EventControl.clearReceiveEx(target, call.irp());
    }
    if (call.input() instanceof WskReceiveExEvent callback) {
      target.setReceiveExEvent(callback);
      return call.answer(NtStatus.SUCCESS);
    }
    return call.answer(NtStatus.INVALID_PARAMETER);
  }

  /** Ends work that was done on the loop; {@return what its call has to return} */
  static NtStatus finish(Irp irp, boolean pended, NtStatus status, long information) {
    if (pended) {
      irp.complete(status, information, null);
      return NtStatus.PENDING;
    }
    return Completions.finish(irp, status, information, null);
  }

  private static NtStatus inspectId(ControlTarget target, ControlCall call) {
    WskInspectId id = target.inspectId();
    return id != null
        ? call.answer(NativeLayouts.INSPECT_ID, id)
        : call.answer(NtStatus.INVALID_DEVICE_REQUEST);
  }

  /** Times are given in milliseconds and kept in seconds, rounded up (IOC-50 to IOC-52). */
  private static NtStatus keepAliveValues(ControlTarget target, ControlCall call) {
    KeepAliveValues values = call.input(NativeLayouts.KEEPALIVE_VALUES, KeepAliveValues.class);
    if (values == null) {
      return call.answer(NtStatus.INVALID_BUFFER_SIZE);
    }
    SocketOptions options = target.options();
    boolean on = values.onOff() != 0;
    options.setKeepAlive(on);
    if (on) {
      options.setKeepIdleSeconds(seconds(values.keepAliveTime()));
      options.setKeepIntervalSeconds(seconds(values.keepAliveInterval()));
    }
    target.optionsChanged();
    return call.answer(NtStatus.SUCCESS);
  }

  private static int seconds(int millis) {
    return (int) Math.max(1, (Integer.toUnsignedLong(millis) + 999) / 1000);
  }
}
