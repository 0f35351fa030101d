package org.wsk4j.provider.control;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.NativeLayout;
import org.wsk4j.control.NativeLayouts;
import org.wsk4j.control.OptionLevel;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.control.SocketOperation.Carrier;
import org.wsk4j.provider.control.SocketOperation.IrpUse;
import org.wsk4j.provider.control.SocketOperation.When;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.socket.WskSocketCategory;

/** Rows of the table that many operations have in common: options that are numbers. */
final class Rows {
  static final Set<WskSocketCategory> LISTENERS = EnumSet.of(WskSocketCategory.LISTEN);

  static final Set<WskSocketCategory> CONNECTIONS =
      EnumSet.of(WskSocketCategory.CONNECTION, WskSocketCategory.STREAM);

  /** Those that have addresses. */
  static final Set<WskSocketCategory> ADDRESSED =
      EnumSet.complementOf(EnumSet.of(WskSocketCategory.BASIC));

  /** Those whose transport is TCP; a listener may have been made for another one. */
  static final Set<WskSocketCategory> TCP =
      EnumSet.of(WskSocketCategory.LISTEN, WskSocketCategory.CONNECTION, WskSocketCategory.STREAM);

  /** Those that carry data over TCP, and those that only hold options for it. */
  static final Set<WskSocketCategory> TCP_OR_BASIC =
      EnumSet.of(
          WskSocketCategory.BASIC,
          WskSocketCategory.LISTEN,
          WskSocketCategory.CONNECTION,
          WskSocketCategory.STREAM);

  static final Set<WskSocketCategory> BASIC = EnumSet.of(WskSocketCategory.BASIC);

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
        set(
            key,
            categories,
            carrier(key),
            settable,
            (target, value) -> {
              if (least > 0 && value < least) {
                return NtStatus.INVALID_PARAMETER;
              }
              return set.set(target.options(), value);
            }),
        get(key, categories, carrier(key), target -> get.apply(target.options())));
  }

  private static Carrier carrier(WskControlKey<?, ?> key) {
    return key.level() == OptionLevel.IPPROTO_TCP ? Carrier.TCP : Carrier.ANY;
  }

  /** How a number is set that needs more of the socket than its options. */
  @FunctionalInterface
  interface TargetSetter {
    NtStatus set(ControlTarget target, int value);
  }

  /** The row that sets a number. */
  static SocketOperation set(
      WskControlKey<Integer, Integer> key,
      Set<WskSocketCategory> categories,
      Carrier carrier,
      When settable,
      TargetSetter set) {
    return new SocketOperation(
        WskControlSocketType.SET_OPTION,
        key,
        categories,
        carrier,
        IrpUse.REQUIRED,
        settable,
        (target, call) -> {
          Integer value = call.input(layout(key.input()), Integer.class);
          NtStatus status = value == null ? NtStatus.INVALID_PARAMETER : set.set(target, value);
          if (status == NtStatus.SUCCESS) {
            target.optionsChanged();
          }
          return call.answer(status);
        });
  }

  /** The row that gets a number. */
  static SocketOperation get(
      WskControlKey<?, Integer> key,
      Set<WskSocketCategory> categories,
      Carrier carrier,
      Function<ControlTarget, Integer> get) {
    return new SocketOperation(
        WskControlSocketType.GET_OPTION,
        key,
        categories,
        carrier,
        IrpUse.REQUIRED,
        When.ALWAYS,
        (target, call) -> call.answer(layout(key.output()), get.apply(target)));
  }

  /** The row that gets a number that is there with a feature of the transport alone. */
  static SocketOperation get(
      WskControlKey<Integer, Integer> key,
      Set<WskSocketCategory> categories,
      Carrier carrier,
      TransportFeature feature,
      Function<ControlTarget, Integer> get) {
    return new SocketOperation(
        WskControlSocketType.GET_OPTION,
        key,
        categories,
        carrier,
        IrpUse.REQUIRED,
        When.ALWAYS,
        (target, call) ->
            target.can(feature)
                ? call.answer(layout(key.output()), get.apply(target))
                : call.answer(NtStatus.NOT_SUPPORTED));
  }

  private static NativeLayout<Integer> layout(@Nullable NativeLayout<Integer> ofKey) {
    return ofKey != null ? ofKey : NativeLayouts.ULONG;
  }
}
