package org.wsk4j.provider.control;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.NativeLayout;
import org.wsk4j.control.NativeLayouts;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskOptions;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.control.SocketOperation.IrpUse;
import org.wsk4j.provider.control.SocketOperation.When;
import org.wsk4j.security.SecurityDescriptor;
import org.wsk4j.socket.WskSocketCategory;

/** The options of the socket level. */
final class SocketLevelOperations {
  private static final NativeLayout<SecurityDescriptor> SECURITY =
      NativeLayouts.SECURITY_DESCRIPTOR;

  static final List<SocketOperation> ALL =
      Stream.of(
              List.of(eventCallback(), setConditionalAccept(), type()),
              List.of(getConditionalAccept(), setExclusive(), setReuse()),
              List.of(getExclusive(), getReuse(), setSecurity(), getSecurity()),
              lowWaterMark(WskOptions.SNDLOWAT),
              lowWaterMark(WskOptions.RCVLOWAT),
              Rows.onOff(
                  WskOptions.KEEPALIVE,
                  Rows.TCP,
                  When.ALWAYS,
                  SocketOptions::setKeepAlive,
                  SocketOptions::keepAlive),
              Rows.number(
                  WskOptions.RCVBUF,
                  Rows.ADDRESSED,
                  When.ALWAYS,
                  0,
                  SocketLevelOperations::setReceiveBuffer,
                  SocketOptions::receiveBuffer),
              Rows.number(
                  WskOptions.SNDBUF,
                  Rows.ADDRESSED,
                  When.ALWAYS,
                  0,
                  SocketLevelOperations::setSendBuffer,
                  SocketOptions::sendBuffer))
          .flatMap(List::stream)
          .toList();

  private SocketLevelOperations() {}

  private static SocketOperation eventCallback() {
    return new SocketOperation(
        WskControlSocketType.SET_OPTION,
        WskOptions.EVENT_CALLBACK,
        Rows.ALL,
        IrpUse.OPTIONAL,
        When.ALWAYS,
        (target, call) ->
            EventControl.apply(
                target,
                call.input(NativeLayouts.EVENT_CALLBACK_CONTROL, WskEventCallbackControl.class),
                call.irp()));
  }

  private static SocketOperation type() {
    return new SocketOperation(
        WskControlSocketType.GET_OPTION,
        WskOptions.TYPE,
        Rows.ALL,
        IrpUse.REQUIRED,
        When.ALWAYS,
        (target, call) -> call.answer(NativeLayouts.ULONG, typeOf(target)));
  }

  private static int typeOf(ControlTarget target) {
    if (target.isRaw()) {
      return SocketType.RAW;
    }
    return target.isTcp() ? SocketType.STREAM : SocketType.DGRAM;
  }

  /** Winsock knows their numbers, and no way to use them (OPT-64). */
  private static List<SocketOperation> lowWaterMark(WskControlKey<Integer, Integer> key) {
    return Stream.of(WskControlSocketType.SET_OPTION, WskControlSocketType.GET_OPTION)
        .map(
            type ->
                new SocketOperation(
                    type,
                    key,
                    Rows.ALL,
                    IrpUse.REQUIRED,
                    When.ALWAYS,
                    (target, call) -> call.answer(NtStatus.INVALID_PARAMETER)))
        .toList();
  }

  private static NtStatus setReceiveBuffer(SocketOptions options, int bytes) {
    if (bytes < 0) {
      return NtStatus.INVALID_PARAMETER;
    }
    options.setReceiveBuffer(bytes);
    return NtStatus.SUCCESS;
  }

  private static NtStatus setSendBuffer(SocketOptions options, int bytes) {
    if (bytes < 0) {
      return NtStatus.INVALID_PARAMETER;
    }
    options.setSendBuffer(bytes);
    return NtStatus.SUCCESS;
  }

  // ---- Conditional accept

  /** The one option whose input must have its size exactly (INS-09). */
  private static SocketOperation setConditionalAccept() {
    SocketOperation row = switchConditionalAccept();
    return new SocketOperation(
        row.type(),
        row.key(),
        row.categories(),
        row.irp(),
        row.when(),
        (target, call) ->
            call.hasInputOf(NativeLayouts.ULONG)
                ? row.action().perform(target, call)
                : call.answer(NtStatus.INVALID_PARAMETER));
  }

  private static SocketOperation switchConditionalAccept() {
    return before(
        WskOptions.CONDITIONAL_ACCEPT,
        Rows.LISTENERS,
        (target, on) -> {
          NtStatus callbacks = on ? target.checkInspectCallbacks() : NtStatus.SUCCESS;
          if (callbacks == NtStatus.SUCCESS) {
            target.options().setConditionalAccept(on);
          }
          return callbacks;
        });
  }

  private static SocketOperation getConditionalAccept() {
    return get(
        WskOptions.CONDITIONAL_ACCEPT,
        Rows.LISTENERS,
        target -> target.options().conditionalAccept());
  }

  // ---- Address sharing: one of the two at most (OPT-18)

  private static SocketOperation setExclusive() {
    return before(
        WskOptions.EXCLUSIVEADDRUSE,
        Rows.ADDRESSED,
        (target, on) -> {
          if (on && target.options().reuseAddress()) {
            return NtStatus.INVALID_PARAMETER;
          }
          target.options().setExclusiveAddress(on);
          return NtStatus.SUCCESS;
        });
  }

  private static SocketOperation getExclusive() {
    return get(
        WskOptions.EXCLUSIVEADDRUSE, Rows.ADDRESSED, target -> target.options().exclusiveAddress());
  }

  private static SocketOperation setReuse() {
    return before(
        WskOptions.REUSEADDR,
        Rows.ADDRESSED,
        (target, on) -> {
          if (on && target.options().exclusiveAddress()) {
            return NtStatus.INVALID_PARAMETER;
          }
          target.options().setReuseAddress(on);
          return NtStatus.SUCCESS;
        });
  }

  private static SocketOperation getReuse() {
    return get(WskOptions.REUSEADDR, Rows.ADDRESSED, target -> target.options().reuseAddress());
  }

  private static SocketOperation setSecurity() {
    return new SocketOperation(
        WskControlSocketType.SET_OPTION,
        WskOptions.SECURITY,
        Rows.ADDRESSED,
        IrpUse.REQUIRED,
        When.BEFORE_BIND,
        (target, call) ->
            call.answer(setSecurity(target, call.input(SECURITY, SecurityDescriptor.class))));
  }

  private static NtStatus setSecurity(
      ControlTarget target, @Nullable SecurityDescriptor descriptor) {
    if (descriptor == null || !target.descriptors().isUsable(descriptor)) {
      return NtStatus.INVALID_PARAMETER;
    }
    return target
        .options()
        .beforeBind(
            () -> {
              target.options().setSecurity(descriptor);
              return NtStatus.SUCCESS;
            });
  }

  /** A reference has no bytes, so nothing is given out for a raw key. */
  private static SocketOperation getSecurity() {
    return new SocketOperation(
        WskControlSocketType.GET_OPTION,
        WskOptions.SECURITY,
        Rows.ADDRESSED,
        IrpUse.REQUIRED,
        When.ALWAYS,
        (target, call) -> {
          boolean room = call.checkOutput(SECURITY) == NtStatus.SUCCESS;
          return room && !call.key().isRaw()
              ? call.answer(SECURITY, current(target))
              : call.answer(NtStatus.INVALID_PARAMETER);
        });
  }

  private static SecurityDescriptor current(ControlTarget target) {
    return target.descriptors().acquire(target.options().access().descriptor());
  }

  // ---- Shapes

  /** How a switch is set that needs more of the socket than its options. */
  @FunctionalInterface
  private interface Switch {
    NtStatus set(ControlTarget target, boolean on);
  }

  /** How a switch is read. */
  @FunctionalInterface
  private interface Reader {
    boolean get(ControlTarget target);
  }

  private static SocketOperation before(
      WskControlKey<Integer, Integer> key, Set<WskSocketCategory> categories, Switch set) {
    return new SocketOperation(
        WskControlSocketType.SET_OPTION,
        key,
        categories,
        IrpUse.REQUIRED,
        When.BEFORE_BIND,
        (target, call) -> {
          Integer value = call.input(NativeLayouts.ULONG, Integer.class);
          return call.answer(
              value == null
                  ? NtStatus.INVALID_PARAMETER
                  : target.options().beforeBind(() -> set.set(target, value != 0)));
        });
  }

  private static SocketOperation get(
      WskControlKey<Integer, Integer> key, Set<WskSocketCategory> categories, Reader get) {
    return new SocketOperation(
        WskControlSocketType.GET_OPTION,
        key,
        categories,
        IrpUse.REQUIRED,
        When.ALWAYS,
        (target, call) -> call.answer(NativeLayouts.ULONG, get.get(target) ? 1 : 0));
  }
}
