package org.wsk4j.registration;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.client.WskClient;
import org.wsk4j.client.WskProviderDispatch;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.control.WskClientControlKey;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressInfo;
import org.wsk4j.net.NameSpaceProvider;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.rundown.RundownProtection;
import org.wsk4j.security.OwningProcess;
import org.wsk4j.security.OwningThread;
import org.wsk4j.security.SecurityDescriptor;
import org.wsk4j.socket.WskClientSocketDispatch;

/**
 * The provider's functions as a program captures them: open while captures are out, shut otherwise.
 *
 * <p>From the first capture to the last release there is one rundown protection, the <em>gate</em>;
 * each call holds a reference of it. The last release begins its rundown: calls that come later are
 * refused (REG-54, OP-06), and when those in progress have returned, whoever waits for that is told
 * (REG-62). A later capture opens a new gate.
 *
 * <p>A refused call behaves as one with a stale client object (CLI-06). Client objects that are
 * missing or foreign are the provider's to refuse while the gate is open.
 */
final class GuardedProviderDispatch implements WskProviderDispatch {
  /** As deep as completions of refused calls nest; a deeper one is deferred. */
  private static final int DEEPEST_COMPLETION = 16;

  private static final RundownProtection SHUT = shut();

  private final WskClient client;
  private final WskProviderDispatch provider;

  /** Written with the registration's lock held, read by every call. */
  private volatile RundownProtection gate = SHUT;

  GuardedProviderDispatch(WskClient client, WskProviderDispatch provider) {
    this.client = client;
    this.provider = provider;
  }

  /** Lets calls pass from now on. */
  void open() {
    gate = new RundownProtection();
  }

  /** {@return what has to be run down to let no more calls pass, and to hear of the last return} */
  RundownProtection gate() {
    return gate;
  }

  @Override
  public int version() {
    return provider.version();
  }

  @Override
  public NtStatus socket(
      @Nullable WskClient caller,
      int addressFamily,
      int socketType,
      int protocol,
      int flags,
      @Nullable Object socketContext,
      @Nullable WskClientSocketDispatch dispatch,
      @Nullable OwningProcess owningProcess,
      @Nullable OwningThread owningThread,
      @Nullable SecurityDescriptor securityDescriptor,
      @Nullable Irp irp) {
    RundownProtection inUse = gate;
    if (!inUse.acquire()) {
      return refuse(caller, irp);
    }
    try {
      return provider.socket(
          caller,
          addressFamily,
          socketType,
          protocol,
          flags,
          socketContext,
          dispatch,
          owningProcess,
          owningThread,
          securityDescriptor,
          irp);
    } finally {
      inUse.release();
    }
  }

  @Override
  public NtStatus socketConnect(
      @Nullable WskClient caller,
      int socketType,
      int protocol,
      @Nullable SocketAddress localAddress,
      @Nullable SocketAddress remoteAddress,
      int flags,
      @Nullable Object socketContext,
      @Nullable WskClientConnectionDispatch dispatch,
      @Nullable OwningProcess owningProcess,
      @Nullable OwningThread owningThread,
      @Nullable SecurityDescriptor securityDescriptor,
      @Nullable Irp irp) {
    RundownProtection inUse = gate;
    if (!inUse.acquire()) {
      return refuse(caller, irp);
    }
    try {
      return provider.socketConnect(
          caller,
          socketType,
          protocol,
          localAddress,
          remoteAddress,
          flags,
          socketContext,
          dispatch,
          owningProcess,
          owningThread,
          securityDescriptor,
          irp);
    } finally {
      inUse.release();
    }
  }

  @Override
  public <I, O> NtStatus controlClient(
      @Nullable WskClient caller,
      WskClientControlKey<I, O> controlCode,
      @Nullable I input,
      long outputSize,
      @Nullable Out<O> output,
      @Nullable LongOut outputSizeReturned,
      @Nullable Irp irp) {
    RundownProtection inUse = gate;
    if (!inUse.acquire()) {
      boolean none = irp == null && !controlCode.requiresIrp();
      return none ? NtStatus.INVALID_HANDLE : refuse(caller, irp);
    }
    try {
      return provider.controlClient(
          caller, controlCode, input, outputSize, output, outputSizeReturned, irp);
    } finally {
      inUse.release();
    }
  }

  @Override
  public NtStatus getAddressInfo(
      @Nullable WskClient caller,
      @Nullable String nodeName,
      @Nullable String serviceName,
      int nameSpace,
      @Nullable NameSpaceProvider nameProvider,
      @Nullable AddressInfo hints,
      @Nullable Out<AddressInfo> result,
      @Nullable OwningProcess owningProcess,
      @Nullable OwningThread owningThread,
      @Nullable Irp irp) {
    RundownProtection inUse = gate;
    if (!inUse.acquire()) {
      return refuse(caller, irp);
    }
    try {
      return provider.getAddressInfo(
          caller,
          nodeName,
          serviceName,
          nameSpace,
          nameProvider,
          hints,
          result,
          owningProcess,
          owningThread,
          irp);
    } finally {
      inUse.release();
    }
  }

  /** Frees in any case: a list may be given back after the release (OP-06). */
  @Override
  public void freeAddressInfo(@Nullable WskClient caller, @Nullable AddressInfo addressInfo) {
    RundownProtection inUse = gate;
    boolean held = inUse.acquire();
    try {
      provider.freeAddressInfo(caller, addressInfo);
    } finally {
      if (held) {
        inUse.release();
      }
    }
  }

  @Override
  public NtStatus getNameInfo(
      @Nullable WskClient caller,
      @Nullable SocketAddress socketAddress,
      @Nullable Out<String> nodeName,
      @Nullable Out<String> serviceName,
      int flags,
      @Nullable OwningProcess owningProcess,
      @Nullable OwningThread owningThread,
      @Nullable Irp irp) {
    RundownProtection inUse = gate;
    if (!inUse.acquire()) {
      return refuse(caller, irp);
    }
    try {
      return provider.getNameInfo(
          caller, socketAddress, nodeName, serviceName, flags, owningProcess, owningThread, irp);
    } finally {
      inUse.release();
    }
  }

  /** The IRP is looked at first; it is taken only if the client object was ours. */
  private NtStatus refuse(@Nullable WskClient caller, @Nullable Irp irp) {
    if (irp == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    if (caller != client) {
      return NtStatus.INVALID_HANDLE;
    }
    NtStatus taken = irp.begin(null);
    if (taken == NtStatus.INVALID_PARAMETER) {
      return taken;
    }
    return complete(irp, taken == NtStatus.SUCCESS ? NtStatus.INVALID_HANDLE : taken);
  }

  /** A routine that tries again and again must not grow the stack without end. */
  private static NtStatus complete(Irp irp, NtStatus status) {
    DispatchLevel level = DispatchLevel.current();
    if (level.depth() < DEEPEST_COMPLETION) {
      irp.complete(status);
      return status;
    }
    irp.markPending();
    level.defer(() -> irp.complete(status));
    return NtStatus.PENDING;
  }

  private static RundownProtection shut() {
    RundownProtection protection = new RundownProtection();
    protection.beginRundown(() -> {});
    return protection;
  }

  /** The provider itself is not asked: this is called with the registration's lock held. */
  @Override
  public String toString() {
    String name = provider.getClass().getSimpleName();
    return name + ", " + gate.references() + " calls in progress";
  }
}
