package org.wsk4j.provider.socket;

import java.net.SocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wsk4j.connection.WskReceiveExEvent;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskExtensionControlIn;
import org.wsk4j.control.WskExtensionControlOut;
import org.wsk4j.control.WskInspectId;
import org.wsk4j.irp.Irp;
import org.wsk4j.irp.IrpCancelRoutine;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.channel.SocketParts;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.control.ChangeWatch;
import org.wsk4j.provider.control.ControlCall;
import org.wsk4j.provider.control.ControlTarget;
import org.wsk4j.provider.control.DescriptorCache;
import org.wsk4j.provider.control.EventDrains;
import org.wsk4j.provider.control.EventTarget;
import org.wsk4j.provider.control.SocketControls;
import org.wsk4j.provider.control.SocketOptions;
import org.wsk4j.provider.core.EventGate;
import org.wsk4j.provider.core.SocketPhase;
import org.wsk4j.provider.core.SocketState;
import org.wsk4j.provider.stats.CloseEvent;
import org.wsk4j.provider.transport.SystemOption;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.socket.WskSocketCategory;
import org.wsk4j.spi.WskExtensionModule;

/**
 * What the sockets of all categories have in common: state, gate, control and the frame of a
 * request.
 *
 * <p>Every request goes the same way: take the IRP ({@link #begin}), judge arguments and state on
 * the caller's thread, and either complete it inline or hand it to the network end. Faults are
 * answered before anything happens.
 *
 * <p>Threads: any, unless stated.
 */
abstract class AbstractSocket implements WskSocket, ControlTarget {
  private final ClientObject client;
  private final SocketServices services;
  private final WskSocketCategory category;
  private final int addressFamily;
  private final SocketState state;
  private final EventGate gate = new EventGate();
  private final SocketOptions options = new SocketOptions();
  private final AtomicBoolean faulty = new AtomicBoolean();

  private final EventDrains drains = new EventDrains(gate);

  /** Made with the first registration. Written under the gate's monitor. */
  private volatile @Nullable SocketExtensions extensions;

  AbstractSocket(
      ClientObject client,
      SocketServices services,
      WskSocketCategory category,
      int addressFamily,
      SocketPhase first) {
    this.client = client;
    this.services = services;
    this.category = category;
    this.addressFamily = addressFamily;
    state = new SocketState(first);
  }

  // ---- Parts

  final ClientObject client() {
    return client;
  }

  final SocketServices services() {
    return services;
  }

  @Override
  public final WskSocketCategory category() {
    return category;
  }

  @Override
  public boolean isTcp() {
    return true;
  }

  @Override
  public int rawProtocol() {
    return 0;
  }

  @Override
  public final int addressFamily() {
    return addressFamily;
  }

  @Override
  public final SocketState state() {
    return state;
  }

  @Override
  public final SocketOptions options() {
    return options;
  }

  @Override
  public final DescriptorCache descriptors() {
    return client.descriptors();
  }

  @Override
  public final EventGate gate() {
    return gate;
  }

  /** {@return what a network end of this socket has in common with it} */
  final SocketParts parts() {
    return new SocketParts(addressFamily, state, gate, options);
  }

  /** {@return whether this is the first fault of the client on this socket} */
  final boolean firstFault() {
    return faulty.compareAndSet(false, true);
  }

  // ---- The frame of a request

  /**
   * Takes the IRP of a request.
   *
   * @return SUCCESS if the request goes on; else what the call has to return: the IRP is missing,
   *     or has no room, or was cancelled before
   */
  static NtStatus begin(@Nullable Irp irp, @Nullable IrpCancelRoutine handler) {
    if (irp == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    NtStatus begun = irp.begin(handler);
    return begun == NtStatus.CANCELLED ? Completions.finish(irp, begun) : begun;
  }

  /** Completes a request that cannot be done, whatever its arguments are. */
  static NtStatus refuse(@Nullable Irp irp, NtStatus status) {
    NtStatus begun = begin(irp, null);
    if (begun != NtStatus.SUCCESS || irp == null) {
      return begun;
    }
    return Completions.finish(irp, status);
  }

  // ---- Control

  @Override
  public final <I, O> NtStatus controlSocket(
      WskControlSocketType requestType,
      WskControlKey<I, O> key,
      @Nullable I input,
      long outputSize,
      @Nullable Out<O> output,
      @Nullable LongOut outputSizeReturned,
      @Nullable Irp irp) {
    if (irp != null) {
      NtStatus begun = begin(irp, null);
      if (begun != NtStatus.SUCCESS) {
        return begun;
      }
    }
    ControlCall call =
        new ControlCall(requestType, key, input, outputSize, output, outputSizeReturned, irp);
    return beforeClose(() -> SocketControls.perform(this, call));
  }

  /**
   * Makes a call on the caller's thread that the close waits for. One that comes after the close
   * has begun is made too: the state answers it.
   *
   * @param call the call
   * @return what it returns
   */
  abstract NtStatus beforeClose(Supplier<NtStatus> call);

  // ---- Close

  @Override
  public final NtStatus closeSocket(@Nullable Irp irp) {
    if (irp == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    NtStatus begun = irp.begin(null);
    if (begun == NtStatus.INVALID_PARAMETER) {
      return begun;
    }
    NtStatus closing = state.beginClose();
    if (closing != NtStatus.SUCCESS) {
      return Completions.finish(irp, closing);
    }
    boolean atOnce = endCalls() && !Completions.isTooDeep();
    if (!atOnce) {
      irp.markPending();
    }
    shut();
    closeChannel(irp);
    return atOnce ? NtStatus.SUCCESS : NtStatus.PENDING;
  }

  /** Lets no callback start any more. */
  final void shut() {
    gate.shut();
    SocketExtensions registered = extensions;
    if (registered != null) {
      registered.shut();
    }
  }

  /**
   * Lets no call in any more that the close would wait for.
   *
   * @return whether nothing is left that it has to wait for, now and later
   */
  boolean endCalls() {
    return false;
  }

  /** Ends the network end, and calls {@link #finishClose} when everything is over. */
  abstract void closeChannel(@Nullable Irp request);

  /** The last step: nothing of the socket is in use, and no callback will come any more. */
  final void finishClose(@Nullable Irp request) {
    services.changes().cancel(this);
    SocketExtensions registered = extensions;
    if (registered != null) {
      registered.close();
    }
    state.move(SocketPhase.CLOSING, SocketPhase.CLOSED);
    services.statistics().socketClosed(category);
    CloseEvent.emit(category, knownLocalAddress(), knownRemoteAddress());
    if (Completions.isTooDeep()) {
      DispatchLevel.current().defer(() -> letGo(request));
    } else {
      letGo(request);
    }
  }

  private void letGo(@Nullable Irp request) {
    if (request != null) {
      request.complete(NtStatus.SUCCESS);
    }
    client.references().release();
  }

  /** {@return the local address, as far as it is known} */
  @Nullable SocketAddress knownLocalAddress() {
    return null;
  }

  /** {@return the address of the peer, as far as it is known} */
  @Nullable SocketAddress knownRemoteAddress() {
    return null;
  }

  // ---- Events: what a category without events says

  @Override
  public int validEvents() {
    return 0;
  }

  @Override
  public int lastingEvents() {
    return 0;
  }

  @Override
  public int implementedEvents() {
    return 0;
  }

  @Override
  public NtStatus checkEventState() {
    return state.checkOpen();
  }

  @Override
  public final boolean isClosing() {
    return state.isClosing() && !state.isDead();
  }

  @Override
  public boolean isOfferedElsewhere() {
    return false;
  }

  @Override
  public void eventsChanged() {}

  @Override
  public final void completeAfterCallbacks(Irp irp) {
    if (drains.add(irp)) {
      executeLater(this::completeDrains);
    }
  }

  private void completeDrains() {
    drains.complete();
    eventsChanged();
  }

  /** Runs work on the event loop, when the callback that may be running has returned. */
  void executeLater(Runnable work) {
    work.run();
  }

  @Override
  public void afterOffer(Runnable work) {
    work.run();
  }

  // ---- Extensions

  @Override
  public final NtStatus registerExtension(
      WskExtensionControlIn wanted, Out<WskExtensionControlOut> place) {
    NpiId id = wanted.npiId();
    WskExtensionModule module = id != null ? services.extensions().find(id) : null;
    if (module == null) {
      return NtStatus.NOT_SUPPORTED;
    }
    if (!module.appliesTo(category)) {
      return NtStatus.INVALID_DEVICE_REQUEST;
    }
    return registrations().register(module, wanted, place);
  }

  private SocketExtensions registrations() {
    synchronized (gate) {
      SocketExtensions made = extensions;
      if (made == null) {
        made = new SocketExtensions(this);
        extensions = made;
      }
      return made;
    }
  }

  @Override
  public final @Nullable EventTarget extension(NpiId id) {
    SocketExtensions registered = extensions;
    return registered != null ? registered.find(id) : null;
  }

  @Override
  public final boolean hasExtensionEvents() {
    SocketExtensions registered = extensions;
    return registered != null && registered.hasEvents();
  }

  /** {@return where callbacks of extensions run, always the same loop} */
  Executor extensionLoop() {
    return services.channels().anyLoop();
  }

  /** {@return a part of this socket for extensions that know it, or {@code null}} */
  <T> @Nullable T part(Class<T> type) {
    return null;
  }

  // ---- Controls

  @Override
  public boolean offers(SystemOption option) {
    return services.channels().offers(option, isTcp());
  }

  @Override
  public boolean can(TransportFeature feature) {
    return services.channels().can(feature);
  }

  @Override
  public final ChangeWatch changes() {
    return services.changes();
  }

  @Override
  public void optionsChanged() {}

  @Override
  public NtStatus checkInspectCallbacks() {
    return NtStatus.INVALID_DEVICE_REQUEST;
  }

  @Override
  public @Nullable WskInspectId inspectId() {
    return null;
  }

  @Override
  public long idealSendBacklog() {
    return 0;
  }

  @Override
  public NtStatus onLoop(Irp irp, LoopWork work) {
    return work.run(false);
  }

  @Override
  public long receiveBacklog() {
    return 0;
  }

  @Override
  public NtStatus becomeSilent() {
    return NtStatus.NOT_SUPPORTED;
  }

  @Override
  public void setReceiveExEvent(WskReceiveExEvent callback) {}

  @Override
  public String toString() {
    return "WskSocket["
        + category
        + ", "
        + state
        + ", local="
        + knownLocalAddress()
        + ", remote="
        + knownRemoteAddress()
        + "]";
  }
}
