package org.wsk4j.testing;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskInspectId;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.listen.WskInspectAction;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.rundown.RundownProtection;
import org.wsk4j.socket.WskClientSocketDispatch;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.stream.WskStreamSocket;

/**
 * A socket of any category that knows no network. Receives and accepts wait until a test lets
 * something arrive; all else succeeds at once. Closing cancels what waits, lets running callbacks
 * finish, and completes last.
 */
public final class FakeSocket implements WskStreamSocket, WskListeningSocket {
  private final FakeWskClient client;
  private final @Nullable Object context;
  private final @Nullable WskClientSocketDispatch dispatch;

  /** Held by running callbacks; the close completes when they are done. */
  private final RundownProtection callbacks = new RundownProtection();

  private final PendingIrps receives;
  private final PendingIrps accepts;

  /** The socket holds a reference of the client already. */
  FakeSocket(
      FakeWskClient client, @Nullable Object context, @Nullable WskClientSocketDispatch dispatch) {
    this.client = client;
    this.context = context;
    this.dispatch = dispatch;
    receives = new PendingIrps(client.inUse()::release);
    accepts = new PendingIrps(client.inUse()::release);
    client.opened(this);
  }

  // ---- What the network does

  /** Lets data arrive for a receive event; {@return what the callback answers} */
  public NtStatus indicate() {
    WskClientConnectionDispatch table =
        (WskClientConnectionDispatch) Objects.requireNonNull(dispatch);
    return inCallback(
        () ->
            Objects.requireNonNull(table.receiveEvent())
                .onReceive(context, WskFlags.AT_DISPATCH_LEVEL, null, 0, new LongOut()));
  }

  /** Lets data arrive for a receive request; {@return whether one waited} */
  public boolean completeReceive() {
    return receives.completeNext(NtStatus.SUCCESS, null);
  }

  /** Lets a connection arrive for an accept request; {@return the new socket} */
  public FakeSocket completeAccept() {
    FakeSocket accepted = accepted();
    if (!accepts.completeNext(NtStatus.SUCCESS, accepted)) {
      throw new IllegalStateException("no accept waits");
    }
    return accepted;
  }

  /** Lets a connection arrive for the accept event; {@return the new socket} */
  public FakeSocket acceptByEvent() {
    WskClientListenDispatch table = (WskClientListenDispatch) Objects.requireNonNull(dispatch);
    FakeSocket accepted = accepted();
    inCallback(
        () ->
            Objects.requireNonNull(table.acceptEvent())
                .onAccept(
                    context,
                    WskFlags.AT_DISPATCH_LEVEL,
                    loopback(),
                    loopback(),
                    accepted,
                    new Out<>(),
                    new Out<>()));
    return accepted;
  }

  /** Keeps a close from completing until {@link #letCloseComplete}. */
  public void holdClose() {
    callbacks.acquire();
  }

  /** Ends {@link #holdClose}. */
  public void letCloseComplete() {
    callbacks.release();
  }

  /** {@return whether it is open and no close was called} */
  public boolean isOpen() {
    return !callbacks.isRunningDown();
  }

  private FakeSocket accepted() {
    client.inUse().acquireNested();
    return new FakeSocket(client, null, null);
  }

  private NtStatus inCallback(Supplier<NtStatus> callback) {
    if (!callbacks.acquire()) {
      throw new IllegalStateException("the socket is closed, so no event comes");
    }
    DispatchLevel level = DispatchLevel.current();
    level.raise();
    try {
      return callback.get();
    } finally {
      level.lower();
      callbacks.release();
    }
  }

  // ---- What the client calls

  @Override
  public NtStatus closeSocket(@Nullable Irp irp) {
    if (irp == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    NtStatus taken = irp.begin(null);
    if (!taken.isSuccess()) {
      return FakeWskProvider.fail(irp, taken);
    }
    if (!callbacks.acquire()) {
      return FakeWskProvider.fail(irp, NtStatus.INVALID_HANDLE);
    }
    irp.markPending();
    if (callbacks.beginRundown(() -> closed(irp))) {
      receives.completeAll(NtStatus.CANCELLED);
      accepts.completeAll(NtStatus.CANCELLED);
    } else {
      irp.complete(NtStatus.INVALID_HANDLE);
    }
    callbacks.release();
    return NtStatus.PENDING;
  }

  private void closed(Irp irp) {
    irp.complete(NtStatus.SUCCESS);
    client.closed(this);
  }

  @Override
  public NtStatus receive(@Nullable WskBuf buffer, int flags, @Nullable Irp irp) {
    return request(irp, receives);
  }

  @Override
  public NtStatus accept(
      int flags,
      @Nullable Object acceptSocketContext,
      @Nullable WskClientConnectionDispatch acceptSocketDispatch,
      @Nullable Out<SocketAddress> localAddress,
      @Nullable Out<SocketAddress> remoteAddress,
      @Nullable Irp irp) {
    return request(irp, accepts);
  }

  /** Completes at once, or waits in a queue. */
  private NtStatus request(@Nullable Irp irp, @Nullable PendingIrps waiting) {
    if (irp == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    NtStatus taken = irp.begin(null);
    if (!taken.isSuccess()) {
      return FakeWskProvider.fail(irp, taken);
    }
    if (!isOpen()) {
      return FakeWskProvider.fail(irp, NtStatus.INVALID_HANDLE);
    }
    if (waiting != null) {
      client.inUse().acquireNested();
      return waiting.add(irp);
    }
    irp.complete(NtStatus.SUCCESS);
    return NtStatus.SUCCESS;
  }

  @Override
  public <I, O> NtStatus controlSocket(
      WskControlSocketType requestType,
      WskControlKey<I, O> key,
      @Nullable I input,
      long outputSize,
      @Nullable Out<O> output,
      @Nullable LongOut outputSizeReturned,
      @Nullable Irp irp) {
    return irp == null ? NtStatus.SUCCESS : request(irp, null);
  }

  @Override
  public NtStatus bind(@Nullable SocketAddress localAddress, int flags, @Nullable Irp irp) {
    return request(irp, null);
  }

  @Override
  public NtStatus listen(@Nullable Irp irp) {
    return request(irp, null);
  }

  @Override
  public NtStatus connect(@Nullable SocketAddress remoteAddress, int flags, @Nullable Irp irp) {
    return request(irp, null);
  }

  @Override
  public NtStatus connectEx(
      @Nullable SocketAddress remoteAddress,
      @Nullable WskBuf buffer,
      int flags,
      @Nullable Irp irp) {
    return request(irp, null);
  }

  @Override
  public NtStatus getLocalAddress(@Nullable Out<SocketAddress> localAddress, @Nullable Irp irp) {
    return getAddress(localAddress, irp);
  }

  @Override
  public NtStatus getRemoteAddress(@Nullable Out<SocketAddress> remoteAddress, @Nullable Irp irp) {
    return getAddress(remoteAddress, irp);
  }

  private NtStatus getAddress(@Nullable Out<SocketAddress> address, @Nullable Irp irp) {
    if (address != null) {
      address.set(loopback());
    }
    return request(irp, null);
  }

  @Override
  public NtStatus send(@Nullable WskBuf buffer, int flags, @Nullable Irp irp) {
    return request(irp, null);
  }

  @Override
  public NtStatus sendEx(
      @Nullable WskBuf buffer, int flags, @Nullable ControlInfo controlInfo, @Nullable Irp irp) {
    return request(irp, null);
  }

  @Override
  public NtStatus receiveEx(
      @Nullable WskBuf buffer,
      int flags,
      @Nullable Out<ControlInfo> controlInfo,
      @Nullable Out<Integer> controlFlags,
      @Nullable Irp irp) {
    return request(irp, receives);
  }

  @Override
  public NtStatus disconnect(@Nullable WskBuf buffer, int flags, @Nullable Irp irp) {
    return request(irp, null);
  }

  @Override
  public NtStatus release(@Nullable WskDataIndication dataIndication) {
    return NtStatus.INVALID_PARAMETER;
  }

  @Override
  public NtStatus inspectComplete(
      @Nullable WskInspectId inspectId, @Nullable WskInspectAction action, @Nullable Irp irp) {
    return request(irp, null);
  }

  private static SocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 7);
  }
}
