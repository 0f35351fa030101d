package org.wsk4j.provider.socket;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.NativeLayout;
import org.wsk4j.control.NativeLayouts;
import org.wsk4j.control.WskClientControlKey;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskTdiBehavior;
import org.wsk4j.control.WskTdiMapInfo;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.WskTransport;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.control.ChangeWatch;
import org.wsk4j.provider.control.ControlCall;
import org.wsk4j.provider.control.OutputPlace;
import org.wsk4j.security.SecurityDescriptor;

/**
 * The control codes of a client object, found by their numbers, whatever key they come in. All
 * complete inside the call and take no IRP, but one, which is all IRP (CLI-19).
 *
 * <p>Threads: any.
 */
final class ClientControls {
  private static final Map<Integer, Code> INLINE =
      Stream.of(
              new Code(WskClientControls.TRANSPORT_LIST_QUERY, ClientControls::transports),
              new Code(WskClientControls.CACHE_SD, ClientControls::cache),
              Code.withoutOutput(WskClientControls.RELEASE_SD, ClientControls::release),
              Code.withoutOutput(
                  WskClientControls.SET_STATIC_EVENT_CALLBACKS,
                  (client, call) -> client.staticEvents().add(call.events())),
              Code.withoutOutput(
                  WskClientControls.TDI_DEVICENAME_MAPPING, ClientControls::mapTdiDevices),
              Code.withoutOutput(WskClientControls.TDI_BEHAVIOR, ClientControls::tdiBehavior))
          .collect(Collectors.toUnmodifiableMap(code -> code.key.code(), code -> code));

  private ClientControls() {}

  /** A control code that completes inside the call. */
  private record Code(WskClientControlKey<?, ?> key, Action action) {
    static Code withoutOutput(WskClientControlKey<?, ?> key, Action action) {
      return new Code(
          key,
          (client, call) -> {
            if (!call.place().isNone()) {
              return NtStatus.INVALID_PARAMETER;
            }
            NtStatus status = action.perform(client, call);
            if (status == NtStatus.SUCCESS) {
              call.place().returned(0, false);
            }
            return status;
          });
    }
  }

  /** What a control code does. */
  @FunctionalInterface
  private interface Action {
    NtStatus perform(ClientObject client, Call call);
  }

  /**
   * Performs a control call.
   *
   * @param changes where requests wait for changes
   * @param caller the client object as the caller gave it
   * @param call the arguments
   * @param irp the request, or {@code null}
   * @return what the call has to return
   */
  static NtStatus perform(
      ChangeWatch changes, @Nullable Object caller, Call call, @Nullable Irp irp) {
    boolean waits = call.key.code() == WskClientControls.TRANSPORT_LIST_CHANGE.code();
    if (waits && irp == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    if (!(caller instanceof ClientObject client)) {
      return NtStatus.INVALID_HANDLE;
    }
    if (irp == null) {
      return whileReferenced(client, () -> inline(client, call));
    }
    NtStatus begun = AbstractSocket.begin(irp, null);
    if (begun != NtStatus.SUCCESS) {
      return begun;
    }
    if (waits) {
      return awaitChange(changes, client, call.transports, irp);
    }
    boolean known = INLINE.containsKey(call.key.code());
    return Completions.finish(irp, known ? NtStatus.INVALID_PARAMETER : NtStatus.NOT_SUPPORTED);
  }

  private static NtStatus whileReferenced(ClientObject client, Supplier<NtStatus> work) {
    if (!client.references().acquire()) {
      return NtStatus.INVALID_HANDLE;
    }
    try {
      return work.get();
    } finally {
      client.references().release();
    }
  }

  private static NtStatus inline(ClientObject client, Call call) {
    Code code = INLINE.get(call.key.code());
    return code != null ? code.action.perform(client, call) : NtStatus.NOT_SUPPORTED;
  }

  // ---- Transports

  /** The request holds a reference to the client, which ends it when it is detached (CLI-43). */
  private static NtStatus awaitChange(
      ChangeWatch changes, ClientObject client, TransportList transports, Irp irp) {
    if (!client.references().acquire()) {
      return Completions.finish(irp, NtStatus.INVALID_HANDLE);
    }
    NtStatus answer = changes.await(client, irp, transports, () -> client.references().release());
    if (client.references().isRunningDown()) {
      changes.cancel(client);
    }
    return answer;
  }

  private static NtStatus transports(ClientObject client, Call call) {
    List<WskTransport> list = call.transports.get();
    NativeLayout<List<WskTransport>> layout = NativeLayouts.TRANSPORT_LIST;
    int size = layout.sizeOf(list);
    NtStatus room = call.place().checkList(size, false);
    if (room == NtStatus.SUCCESS) {
      call.place().store(layout, list);
      call.place().returned(size, false);
    }
    return room;
  }

  // ---- Security descriptors

  private static NtStatus cache(ClientObject client, Call call) {
    NativeLayout<SecurityDescriptor> layout = NativeLayouts.SECURITY_DESCRIPTOR;
    NtStatus room = call.key.isRaw() ? NtStatus.INVALID_PARAMETER : call.place().checkFixed(layout);
    if (room != NtStatus.SUCCESS || !(call.input instanceof SecurityDescriptor descriptor)) {
      return NtStatus.INVALID_PARAMETER;
    }
    call.place().store(layout, client.descriptors().acquire(descriptor));
    call.place().returned(layout.size(), false);
    return NtStatus.SUCCESS;
  }

  private static NtStatus release(ClientObject client, Call call) {
    boolean released = client.descriptors().release(call.input);
    return released ? NtStatus.SUCCESS : NtStatus.INVALID_PARAMETER;
  }

  // ---- TDI, which is not here: what asks for it is judged, and has no effect (OP-52)

  private static NtStatus mapTdiDevices(ClientObject client, Call call) {
    WskTdiMapInfo maps = call.input(NativeLayouts.TDI_MAP_INFO, WskTdiMapInfo.class);
    if (maps == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    return beforeSockets(client, maps.maps().isEmpty() ? NtStatus.SUCCESS : NtStatus.NOT_SUPPORTED);
  }

  private static NtStatus tdiBehavior(ClientObject client, Call call) {
    Integer flags = call.input(NativeLayouts.ULONG, Integer.class);
    boolean known = flags != null && (flags & ~WskTdiBehavior.BYPASS_TDI) == 0;
    return known ? beforeSockets(client, NtStatus.SUCCESS) : NtStatus.INVALID_PARAMETER;
  }

  private static NtStatus beforeSockets(ClientObject client, NtStatus answer) {
    return client.staticEvents().isSealed() ? NtStatus.INVALID_DEVICE_STATE : answer;
  }

  /** The arguments of a control call, and what can be asked for. */
  record Call(
      WskClientControlKey<?, ?> key,
      @Nullable Object input,
      OutputPlace place,
      TransportList transports) {
    <T> @Nullable T input(NativeLayout<T> layout, Class<T> type) {
      return ControlCall.input(key.isRaw(), input, layout, type);
    }

    @Nullable WskEventCallbackControl events() {
      return input(NativeLayouts.EVENT_CALLBACK_CONTROL, WskEventCallbackControl.class);
    }
  }
}
