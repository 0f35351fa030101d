package org.wsk4j.provider.socket;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.WskExtensionControlIn;
import org.wsk4j.control.WskExtensionControlOut;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.spi.WskExtensionModule;

/**
 * The extensions that are registered on one socket.
 *
 * <p>Threads: any.
 */
final class SocketExtensions {
  private final AbstractSocket socket;

  // Both guarded by this. The code of extensions is never called with the monitor held.
  private final Map<NpiId, RegisteredExtension> registered = new HashMap<>(2);
  private boolean shut;

  SocketExtensions(AbstractSocket socket) {
    this.socket = socket;
  }

  /** Registers an extension that applies to the socket. */
  NtStatus register(
      WskExtensionModule module, WskExtensionControlIn wanted, Out<WskExtensionControlOut> place) {
    RegisteredExtension made = new RegisteredExtension(socket, module);
    NtStatus status = reserve(module.npiId(), made);
    if (status != NtStatus.SUCCESS) {
      return status;
    }
    status = made.register(wanted.clientContext(), wanted.clientDispatch(), place);
    if (status != NtStatus.SUCCESS) {
      remove(module.npiId());
    }
    return status;
  }

  private synchronized NtStatus reserve(NpiId id, RegisteredExtension made) {
    if (shut) {
      return socket.state().wrongPhase();
    }
    return registered.putIfAbsent(id, made) == null
        ? NtStatus.SUCCESS
        : NtStatus.INVALID_DEVICE_STATE;
  }

  private synchronized void remove(NpiId id) {
    registered.remove(id);
  }

  /** Finds an extension that is registered, not one that is about to be. */
  synchronized @Nullable RegisteredExtension find(NpiId id) {
    RegisteredExtension found = registered.get(id);
    return found != null && found.isRegistered() ? found : null;
  }

  /** Whether one of them has a callback. */
  boolean hasEvents() {
    return snapshot().stream().anyMatch(each -> each.implementedEvents() != 0);
  }

  /** The socket begins to close: no callback starts any more, nothing more is registered. */
  void shut() {
    synchronized (this) {
      shut = true;
    }
    snapshot().forEach(each -> each.gate().shut());
  }

  /** The socket is closed: all registrations end (EXT-21). */
  void close() {
    shut();
    List<RegisteredExtension> all = snapshot();
    synchronized (this) {
      registered.clear();
    }
    all.forEach(RegisteredExtension::close);
  }

  private synchronized List<RegisteredExtension> snapshot() {
    return List.copyOf(registered.values());
  }
}
