package org.wsk4j.provider.socket;

import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.control.WskExtensionControlOut;
import org.wsk4j.irp.Irp;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.control.EventControl;
import org.wsk4j.provider.control.EventDrains;
import org.wsk4j.provider.control.EventTarget;
import org.wsk4j.provider.core.EventGate;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.spi.WskExtension;
import org.wsk4j.spi.WskExtensionModule;
import org.wsk4j.spi.WskExtensionSocket;

/**
 * One extension on one socket: what the extension may do with the socket, and the gate of its
 * events.
 *
 * <p>Threads: any, unless stated.
 */
final class RegisteredExtension implements WskExtensionSocket, EventTarget {
  private static final Logger LOG = LoggerFactory.getLogger(RegisteredExtension.class);

  private final AbstractSocket socket;
  private final WskExtensionModule module;
  private final Executor loop;
  private final EventGate gate = new EventGate();
  private final EventDrains drains = new EventDrains(gate);
  private volatile @Nullable WskExtension extension;

  RegisteredExtension(AbstractSocket socket, WskExtensionModule module) {
    this.socket = socket;
    this.module = module;
    loop = socket.extensionLoop();
  }

  /** Has the extension registered; what it throws is its fault, and says no. */
  NtStatus register(
      @Nullable Object context, @Nullable Object dispatch, Out<WskExtensionControlOut> place) {
    Out<WskExtension> made = new Out<>();
    try {
      NtStatus status = module.register(this, context, dispatch, made);
      if (status != NtStatus.SUCCESS) {
        return status;
      }
      WskExtension registration = made.require();
      place.set(
          new WskExtensionControlOut(
              registration.providerContext(), registration.providerDispatch()));
      extension = registration;
      return NtStatus.SUCCESS;
    } catch (RuntimeException | LinkageError fault) {
      LOG.error("The WSK extension {} failed to register on {}", module.name(), socket, fault);
      return NtStatus.INTERNAL_ERROR;
    }
  }

  boolean isRegistered() {
    return extension != null;
  }

  /** The socket is closed. */
  void close() {
    WskExtension registration = extension;
    if (registration != null) {
      guarded(registration::closed);
    }
  }

  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | LinkageError fault) {
      LOG.error("The WSK extension {} has failed on {}", module.name(), socket, fault);
    }
  }

  // ---- What the extension may do

  @Override
  public WskSocket socket() {
    return socket;
  }

  @Override
  public NtStatus call(Supplier<NtStatus> function) {
    return socket.beforeClose(
        () -> socket.state().isClosing() ? socket.state().wrongPhase() : function.get());
  }

  @Override
  public void execute(Runnable work) {
    loop.execute(() -> guarded(work));
  }

  @Override
  public boolean raise(int event, Runnable callback) {
    int own = event >> EventControl.EXTENSION_SHIFT;
    if (!gate.enter(own)) {
      return false;
    }
    Callbacks.call(
        socket,
        module.name(),
        () -> {
          callback.run();
          return NtStatus.SUCCESS;
        });
    gate.leave(own);
    return true;
  }

  @Override
  public <T> @Nullable T part(Class<T> type) {
    return socket.part(type);
  }

  // ---- Its events

  @Override
  public @Nullable EventTarget extension(NpiId id) {
    return null;
  }

  @Override
  public boolean hasExtensionEvents() {
    return true;
  }

  @Override
  public EventGate gate() {
    return gate;
  }

  @Override
  public int validEvents() {
    return module.events() >> EventControl.EXTENSION_SHIFT;
  }

  @Override
  public int lastingEvents() {
    return 0;
  }

  @Override
  public int implementedEvents() {
    WskExtension registration = extension;
    return registration != null
        ? registration.implementedEvents() >> EventControl.EXTENSION_SHIFT
        : 0;
  }

  @Override
  public NtStatus checkEventState() {
    return socket.state().checkOpen();
  }

  @Override
  public boolean isClosing() {
    return socket.isClosing();
  }

  /** Its callbacks are known since it was registered, whoever offers the socket. */
  @Override
  public boolean isOfferedElsewhere() {
    return false;
  }

  @Override
  public void eventsChanged() {
    WskExtension registration = extension;
    if (registration != null) {
      guarded(registration::eventsChanged);
    }
  }

  @Override
  public void completeAfterCallbacks(Irp irp) {
    if (drains.add(irp)) {
      loop.execute(
          () -> {
            drains.complete();
            eventsChanged();
          });
    }
  }

  @Override
  public void afterOffer(Runnable work) {
    work.run();
  }
}
