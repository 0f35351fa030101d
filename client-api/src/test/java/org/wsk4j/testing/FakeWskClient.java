package org.wsk4j.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wsk4j.client.WskClient;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientEvent;
import org.wsk4j.nmr.NmrBindingHandle;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.rundown.RundownProtection;

/**
 * A client as {@link FakeWskProvider} knows it. Sockets, requests and running callbacks hold
 * references of its rundown protection; the provider's half of the detachment is complete when the
 * last of them is back.
 */
public final class FakeWskClient implements WskClient {
  private final FakeWskProvider provider;
  private final NmrBindingHandle binding;
  private final @Nullable Object bindingContext;
  private final WskClientDispatch dispatch;
  private final RundownProtection inUse = new RundownProtection();

  /** Guarded by itself. */
  private final List<FakeSocket> sockets = new ArrayList<>();

  FakeWskClient(
      FakeWskProvider provider,
      NmrBindingHandle binding,
      @Nullable Object bindingContext,
      WskClientDispatch dispatch) {
    this.provider = provider;
    this.binding = binding;
    this.bindingContext = bindingContext;
    this.dispatch = dispatch;
  }

  FakeWskProvider provider() {
    return provider;
  }

  NmrBindingHandle binding() {
    return binding;
  }

  /** {@return the table that the client attached with} */
  public WskClientDispatch dispatch() {
    return dispatch;
  }

  /** Tells the client of an event, which it must implement; {@return what it answers} */
  public NtStatus fireClientEvent(int eventType) {
    WskClientEvent event = Objects.requireNonNull(dispatch.clientEvent(), "clientEvent");
    return event.onClientEvent(bindingContext, eventType, null, 0);
  }

  /** {@return the sockets that are not closed yet} */
  public List<FakeSocket> openSockets() {
    synchronized (sockets) {
      return List.copyOf(sockets);
    }
  }

  RundownProtection inUse() {
    return inUse;
  }

  void opened(FakeSocket socket) {
    synchronized (sockets) {
      sockets.add(socket);
    }
  }

  void closed(FakeSocket socket) {
    synchronized (sockets) {
      sockets.remove(socket);
    }
    inUse.release();
  }

  @Override
  public String toString() {
    return "FakeWskClient[" + inUse + "]";
  }
}
