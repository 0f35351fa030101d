package org.wsk4j.provider.socket;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.NativeLayouts;
import org.wsk4j.control.WskClientControlKey;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.control.ControlCall;
import org.wsk4j.security.SecurityDescriptor;

/**
 * The control codes of a client object. Those that are built complete inside the call and take no
 * IRP (CLI-19).
 *
 * <p>Threads: any.
 */
final class ClientControls {
  private static final int CACHE = WskClientControls.CACHE_SD.code();
  private static final int RELEASE = WskClientControls.RELEASE_SD.code();
  private static final int STATIC_EVENTS = WskClientControls.SET_STATIC_EVENT_CALLBACKS.code();
  private static final Set<Integer> WITHOUT_IRP = Set.of(CACHE, RELEASE, STATIC_EVENTS);

  private ClientControls() {}

  /** Performs a control call of a client that is ours. */
  static NtStatus perform(ClientObject client, Call call, @Nullable Irp irp) {
    if (irp != null) {
      NtStatus begun = AbstractSocket.begin(irp, null);
      return begun != NtStatus.SUCCESS ? begun : Completions.finish(irp, refusal(call));
    }
    if (!client.references().acquire()) {
      return NtStatus.INVALID_HANDLE;
    }
    try {
      return perform(client, call);
    } finally {
      client.references().release();
    }
  }

  private static NtStatus refusal(Call call) {
    return WITHOUT_IRP.contains(call.key.code())
        ? NtStatus.INVALID_PARAMETER
        : NtStatus.NOT_IMPLEMENTED;
  }

  private static NtStatus perform(ClientObject client, Call call) {
    int code = call.key.code();
    if (code == CACHE) {
      return cache(client, call);
    }
    if (code == RELEASE) {
      boolean released = call.isWithoutOutput() && client.descriptors().release(call.input);
      return released ? NtStatus.SUCCESS : NtStatus.INVALID_PARAMETER;
    }
    if (code == STATIC_EVENTS) {
      return call.isWithoutOutput()
          ? client.staticEvents().add(call.events())
          : NtStatus.INVALID_PARAMETER;
    }
    return NtStatus.NOT_IMPLEMENTED;
  }

  @SuppressWarnings("unchecked") // a typed key and its place for the output have the same type
  private static NtStatus cache(ClientObject client, Call call) {
    int size = NativeLayouts.SECURITY_DESCRIPTOR.size();
    Out<?> place = call.output;
    boolean wellFormed = place != null && call.outputSize >= size && !call.key.isRaw();
    if (!wellFormed || !(call.input instanceof SecurityDescriptor descriptor)) {
      return NtStatus.INVALID_PARAMETER;
    }
    ((Out<Object>) place).set(client.descriptors().acquire(descriptor));
    if (call.outputSizeReturned != null) {
      call.outputSizeReturned.set(size);
    }
    return NtStatus.SUCCESS;
  }

  /** The arguments of a control call. */
  record Call(
      WskClientControlKey<?, ?> key,
      @Nullable Object input,
      long outputSize,
      @Nullable Out<?> output,
      @Nullable LongOut outputSizeReturned) {
    boolean isWithoutOutput() {
      return outputSize == 0 && output == null;
    }

    @Nullable WskEventCallbackControl events() {
      return ControlCall.input(
          key.isRaw(), input, NativeLayouts.EVENT_CALLBACK_CONTROL, WskEventCallbackControl.class);
    }
  }
}
