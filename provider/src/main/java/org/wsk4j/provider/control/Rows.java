package org.wsk4j.provider.control;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.wsk4j.control.NativeLayouts;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.control.SocketOperation.IrpUse;
import org.wsk4j.provider.control.SocketOperation.When;
import org.wsk4j.socket.WskSocketCategory;

/** Rows of the table that many operations have in common: options that are numbers. */
final class Rows {
  static final Set<WskSocketCategory> LISTENERS = EnumSet.of(WskSocketCategory.LISTEN);

  static final Set<WskSocketCategory> CONNECTIONS =
      EnumSet.of(WskSocketCategory.CONNECTION, WskSocketCategory.STREAM);

  /** Those that have addresses. */
  static final Set<WskSocketCategory> ADDRESSED =
      EnumSet.complementOf(EnumSet.of(WskSocketCategory.BASIC));

  static final Set<WskSocketCategory> TCP =
      EnumSet.of(WskSocketCategory.LISTEN, WskSocketCategory.CONNECTION, WskSocketCategory.STREAM);

  static final Set<WskSocketCategory> ALL = EnumSet.allOf(WskSocketCategory.class);

  private Rows() {}

  /** An option that is on or off: any number but 0 is on, and reads back as 1 (CTL-19). */
  static List<SocketOperation> onOff(
      WskControlKey<Integer, Integer> key,
      Set<WskSocketCategory> categories,
      When settable,
      BiConsumer<SocketOptions, Boolean> set,
      Function<SocketOptions, Boolean> get) {
    return number(
        key,
        categories,
        settable,
        0,
        (options, value) -> {
          set.accept(options, value != 0);
          return NtStatus.SUCCESS;
        },
        options -> get.apply(options) ? 1 : 0);
  }

  /** How a number is set: it says whether the value is possible. */
  @FunctionalInterface
  interface Setter {
    NtStatus set(SocketOptions options, int value);
  }

  /** An option that is a number, taken without sign. */
  static List<SocketOperation> number(
      WskControlKey<Integer, Integer> key,
      Set<WskSocketCategory> categories,
      When settable,
      int least,
      Setter set,
      Function<SocketOptions, Integer> get) {
    return List.of(
        new SocketOperation(
            WskControlSocketType.SET_OPTION,
            key,
            categories,
            IrpUse.REQUIRED,
            settable,
            (target, call) -> set(target, call, least, set)),
        new SocketOperation(
            WskControlSocketType.GET_OPTION,
            key,
            categories,
            IrpUse.REQUIRED,
            When.ALWAYS,
            (target, call) -> call.answer(NativeLayouts.ULONG, get.apply(target.options()))));
  }

  private static NtStatus set(ControlTarget target, ControlCall call, int least, Setter set) {
    Integer value = call.input(NativeLayouts.ULONG, Integer.class);
    if (value == null || least > 0 && value < least) {
      return call.answer(NtStatus.INVALID_PARAMETER);
    }
    NtStatus status = set.set(target.options(), value);
    if (status == NtStatus.SUCCESS) {
      target.optionsChanged();
    }
    return call.answer(status);
  }
}
