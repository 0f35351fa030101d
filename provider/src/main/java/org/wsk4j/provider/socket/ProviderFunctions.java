package org.wsk4j.provider.socket;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.client.WskClient;
import org.wsk4j.client.WskProviderDispatch;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.control.WskClientControlKey;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressInfo;
import org.wsk4j.net.NameSpaceProvider;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.channel.RawSockets;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.control.ChangeWatch;
import org.wsk4j.provider.control.OutputPlace;
import org.wsk4j.provider.core.AddressAccess;
import org.wsk4j.provider.resolve.AddressQuestion;
import org.wsk4j.provider.resolve.Names;
import org.wsk4j.security.OwningProcess;
import org.wsk4j.security.OwningThread;
import org.wsk4j.security.SecurityContext;
import org.wsk4j.security.SecurityDescriptor;
import org.wsk4j.socket.WskClientSocketDispatch;
import org.wsk4j.socket.WskSocketCategory;

/**
 * The provider's functions that belong to no socket.
 *
 * <p>The IRP is looked at first, then the client object: one that is not ours leaves the IRP
 * untouched, one that is running down is stale (decisions 18 and 36).
 *
 * <p>Threads: any.
 */
public final class ProviderFunctions implements WskProviderDispatch {
  private final int version;
  private final SocketFactory sockets;
  private final ChangeWatch changes;
  private final RawSockets rawSockets;
  private final TransportList transports;
  private final Names names;

  /**
   * Makes the functions.
   *
   * @param version the version of the interface
   * @param services what sockets share
   * @param names finds addresses and names
   */
  public ProviderFunctions(int version, SocketServices services, Names names) {
    this.version = version;
    sockets = new SocketFactory(services);
    this.names = names;
    changes = services.changes();
    rawSockets = services.channels().rawSockets();
    transports = new TransportList(rawSockets);
  }

  /**
   * Begins the end of a client: its requests that wait for changes are cancelled, its other
   * requests and its sockets run down.
   *
   * @param client a client of these functions
   */
  public void detach(ClientObject client) {
    client.detach();
    changes.cancel(client);
  }

  @Override
  public int version() {
    return version;
  }

  @Override
  public NtStatus socket(
      @Nullable WskClient client,
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
    AddressAccess access = access(owningProcess, owningThread, securityDescriptor);
    return enter(
        client,
        irp,
        (ours, request) -> {
          WskSocketCategory category = WskSocketCategory.ofFlags(flags);
          SocketKind kind = new SocketKind(addressFamily, socketType, protocol);
          boolean usable = ours.descriptors().isUsable(securityDescriptor);
          NtStatus status =
              category == null
                  ? NtStatus.INVALID_PARAMETER
                  : SocketRules.check(category, kind, dispatch, usable);
          if (status == NtStatus.SUCCESS && kind.isRaw()) {
            status = rawSockets.check(addressFamily, protocol);
          }
          if (status != NtStatus.SUCCESS || category == null) {
            return refuse(ours, request, status);
          }
          AbstractSocket made = sockets.make(ours, category, kind, socketContext, dispatch);
          made.options().protect(access);
          return Completions.finish(request, NtStatus.SUCCESS, 0, made);
        });
  }

  @Override
  public NtStatus socketConnect(
      @Nullable WskClient client,
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
    AddressAccess access = access(owningProcess, owningThread, securityDescriptor);
    return enter(
        client,
        irp,
        (ours, request) -> {
          int family = SocketAddresses.family(localAddress);
          SocketKind kind = new SocketKind(family, socketType, protocol);
          boolean usable = ours.descriptors().isUsable(securityDescriptor);
          NtStatus status = SocketRules.checkConnect(localAddress, remoteAddress, flags);
          if (status == NtStatus.SUCCESS) {
            status = SocketRules.check(WskSocketCategory.CONNECTION, kind, dispatch, usable);
          }
          if (status != NtStatus.SUCCESS
              || !(localAddress instanceof InetSocketAddress local)
              || !(remoteAddress instanceof InetSocketAddress remote)) {
            return refuse(ours, request, status);
          }
          ConnectionSocket made = sockets.connection(ours, family, socketContext, dispatch);
          made.options().protect(access);
          return made.socketConnect(local, remote, request);
        });
  }

  /** Asked once (SEC-31), and first: a program that fails to answer has made no request. */
  private static AddressAccess access(
      @Nullable OwningProcess process,
      @Nullable OwningThread thread,
      @Nullable SecurityDescriptor descriptor) {
    return new AddressAccess(
        descriptor != null ? descriptor : SecurityDescriptor.grantingNobody(),
        SecurityContext.of(process, thread));
  }

  @Override
  public <I, O> NtStatus controlClient(
      @Nullable WskClient client,
      WskClientControlKey<I, O> controlCode,
      @Nullable I input,
      long outputSize,
      @Nullable Out<O> output,
      @Nullable LongOut outputSizeReturned,
      @Nullable Irp irp) {
    OutputPlace place =
        new OutputPlace(controlCode.isRaw(), outputSize, output, outputSizeReturned);
    return ClientControls.perform(
        changes, client, new ClientControls.Call(controlCode, input, place, transports), irp);
  }

  @Override
  public NtStatus getAddressInfo(
      @Nullable WskClient client,
      @Nullable String nodeName,
      @Nullable String serviceName,
      int nameSpace,
      @Nullable NameSpaceProvider provider,
      @Nullable AddressInfo hints,
      @Nullable Out<AddressInfo> result,
      @Nullable OwningProcess owningProcess,
      @Nullable OwningThread owningThread,
      @Nullable Irp irp) {
    return enter(
        client,
        irp,
        owningProcess,
        owningThread,
        (ours, request) ->
            names.addresses(
                AddressQuestion.of(nodeName, serviceName, nameSpace, provider, hints),
                result,
                request,
                ours.references()::release));
  }

  @Override
  public void freeAddressInfo(@Nullable WskClient client, @Nullable AddressInfo addressInfo) {
    // Entries never change and hold nothing but memory of the heap, which the collector frees.
  }

  @Override
  public NtStatus getNameInfo(
      @Nullable WskClient client,
      @Nullable SocketAddress socketAddress,
      @Nullable Out<String> nodeName,
      @Nullable Out<String> serviceName,
      int flags,
      @Nullable OwningProcess owningProcess,
      @Nullable OwningThread owningThread,
      @Nullable Irp irp) {
    return enter(
        client,
        irp,
        owningProcess,
        owningThread,
        (ours, request) ->
            names.names(
                socketAddress, nodeName, serviceName, flags, request, ours.references()::release));
  }

  // ---- The frame of a request

  /** A request, and the client that it belongs to. */
  @FunctionalInterface
  private interface Request {
    /** Makes it; it ends with a reference to the client given back. */
    NtStatus make(ClientObject client, Irp irp);
  }

  /**
   * Makes a request about names. A thread is given with its process alone; nobody's rights matter
   * to names (OP-63).
   */
  private static NtStatus enter(
      @Nullable WskClient client,
      @Nullable Irp irp,
      @Nullable OwningProcess process,
      @Nullable OwningThread thread,
      Request request) {
    boolean isOwned = thread == null || process != null;
    return enter(
        client,
        irp,
        isOwned ? request : (ours, refused) -> refuse(ours, refused, NtStatus.INVALID_PARAMETER));
  }

  /**
   * Makes a request with the IRP and a reference to the client.
   *
   * @return what the call has to return
   */
  private static NtStatus enter(@Nullable WskClient client, @Nullable Irp irp, Request request) {
    if (irp == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    if (!(client instanceof ClientObject ours)) {
      return NtStatus.INVALID_HANDLE;
    }
    NtStatus begun = AbstractSocket.begin(irp, null);
    if (begun != NtStatus.SUCCESS) {
      return begun;
    }
    return ours.references().acquire()
        ? request.make(ours, irp)
        : Completions.finish(irp, NtStatus.INVALID_HANDLE);
  }

  /** Ends a request that made nothing; the client stays until its routine has returned. */
  private static NtStatus refuse(ClientObject client, Irp irp, NtStatus status) {
    return Completions.finishAndThen(irp, status, client.references()::release);
  }
}
