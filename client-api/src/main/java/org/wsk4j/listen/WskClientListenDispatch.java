package org.wsk4j.listen;

import org.jspecify.annotations.Nullable;
import org.wsk4j.socket.WskClientSocketDispatch;

/**
 * The event callbacks of listening sockets (WSK_CLIENT_LISTEN_DISPATCH). {@code null} means that
 * the event is not implemented; it can then not be enabled.
 *
 * @param acceptEvent a connection has arrived
 * @param inspectEvent a request for a connection has arrived, under conditional accept
 * @param abortEvent such a request was dropped
 */
public record WskClientListenDispatch(
    @Nullable WskAcceptEvent acceptEvent,
    @Nullable WskInspectEvent inspectEvent,
    @Nullable WskAbortEvent abortEvent)
    implements WskClientSocketDispatch {

  /** {@return a builder in which no event is implemented} */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects the callbacks of a table. */
  public static final class Builder {
    private @Nullable WskAcceptEvent acceptEvent;
    private @Nullable WskInspectEvent inspectEvent;
    private @Nullable WskAbortEvent abortEvent;

    private Builder() {}

    /**
     * Sets what is called when a connection has arrived.
     *
     * @param callback the callback
     * @return this builder
     */
    public Builder onAccept(@Nullable WskAcceptEvent callback) {
      acceptEvent = callback;
      return this;
    }

    /**
     * Sets what is called to inspect a request.
     *
     * @param callback the callback
     * @return this builder
     */
    public Builder onInspect(@Nullable WskInspectEvent callback) {
      inspectEvent = callback;
      return this;
    }

    /**
     * Sets what is called when an inspected request was dropped.
     *
     * @param callback the callback
     * @return this builder
     */
    public Builder onAbort(@Nullable WskAbortEvent callback) {
      abortEvent = callback;
      return this;
    }

    /** {@return the table} */
    public WskClientListenDispatch build() {
      return new WskClientListenDispatch(acceptEvent, inspectEvent, abortEvent);
    }
  }
}
