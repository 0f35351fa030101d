package org.wsk4j.control;

import java.util.List;
import org.wsk4j.net.WskTransport;
import org.wsk4j.security.SecurityDescriptor;

/** The control operations on a client as a whole (CLI-07). */
public final class WskClientControls {
  static final int TRANSPORT_LIST_CHANGE_CODE = 3;

  /** Lists the combinations of which sockets can be made (CLI-20 to CLI-34). */
  public static final WskClientControlKey<Void, List<WskTransport>> TRANSPORT_LIST_QUERY =
      WskClientControlKey.of("WSK_TRANSPORT_LIST_QUERY", 2, null, NativeLayouts.TRANSPORT_LIST);

  /** Completes when that list changes; the only operation with an IRP (CLI-35 to CLI-46). */
  public static final WskClientControlKey<Void, Void> TRANSPORT_LIST_CHANGE =
      WskClientControlKey.of("WSK_TRANSPORT_LIST_CHANGE", TRANSPORT_LIST_CHANGE_CODE, null, null);

  /** Makes a descriptor that sockets accept (CLI-47 to CLI-53). */
  public static final WskClientControlKey<SecurityDescriptor, SecurityDescriptor> CACHE_SD =
      WskClientControlKey.of(
          "WSK_CACHE_SD", 4, NativeLayouts.SECURITY_DESCRIPTOR, NativeLayouts.SECURITY_DESCRIPTOR);

  /** Gives such a descriptor back (CLI-54 to CLI-60). */
  public static final WskClientControlKey<SecurityDescriptor, Void> RELEASE_SD =
      WskClientControlKey.of("WSK_RELEASE_SD", 5, NativeLayouts.SECURITY_DESCRIPTOR, null);

  /** Maps transports to TDI devices. */
  public static final WskClientControlKey<WskTdiMapInfo, Void> TDI_DEVICENAME_MAPPING =
      WskClientControlKey.of("WSK_TDI_DEVICENAME_MAPPING", 6, NativeLayouts.TDI_MAP_INFO, null);

  /** Enables event callbacks on all sockets made from now on (CLI-61 to CLI-74). */
  public static final WskClientControlKey<WskEventCallbackControl, Void>
      SET_STATIC_EVENT_CALLBACKS =
          WskClientControlKey.of(
              "WSK_SET_STATIC_EVENT_CALLBACKS", 7, NativeLayouts.EVENT_CALLBACK_CONTROL, null);

  /** How TDI is used, see {@link WskTdiBehavior}. */
  public static final WskClientControlKey<Integer, Void> TDI_BEHAVIOR =
      WskClientControlKey.of("WSK_TDI_BEHAVIOR", 8, NativeLayouts.ULONG, null);

  private WskClientControls() {}
}
