package org.wsk4j.connection;

import org.jspecify.annotations.Nullable;
import org.wsk4j.socket.WskClientSocketDispatch;

/**
 * The event callbacks of connection-oriented sockets (WSK_CLIENT_CONNECTION_DISPATCH). {@code null}
 * means that the event is not implemented; it can then not be enabled.
 *
 * @param receiveEvent data has arrived
 * @param disconnectEvent the peer has disconnected
 * @param sendBacklogEvent the ideal send backlog has changed
 */
public record WskClientConnectionDispatch(
    @Nullable WskReceiveEvent receiveEvent,
    @Nullable WskDisconnectEvent disconnectEvent,
    @Nullable WskSendBacklogEvent sendBacklogEvent)
    implements WskClientSocketDispatch {

  /** {@return a builder in which no event is implemented} */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects the callbacks of a table. */
  public static final class Builder {
    private @Nullable WskReceiveEvent receiveEvent;
    private @Nullable WskDisconnectEvent disconnectEvent;
    private @Nullable WskSendBacklogEvent sendBacklogEvent;

    private Builder() {}

    /**
     * Sets what is called when data has arrived.
     *
     * @param callback the callback
     * @return this builder
     */
    public Builder onReceive(@Nullable WskReceiveEvent callback) {
      receiveEvent = callback;
      return this;
    }

    /**
     * Sets what is called when the peer has disconnected.
     *
     * @param callback the callback
     * @return this builder
     */
    public Builder onDisconnect(@Nullable WskDisconnectEvent callback) {
      disconnectEvent = callback;
      return this;
    }

    /**
     * Sets what is called when the ideal send backlog has changed.
     *
     * @param callback the callback
     * @return this builder
     */
    public Builder onSendBacklog(@Nullable WskSendBacklogEvent callback) {
      sendBacklogEvent = callback;
      return this;
    }

    /** {@return the table} */
    public WskClientConnectionDispatch build() {
      return new WskClientConnectionDispatch(receiveEvent, disconnectEvent, sendBacklogEvent);
    }
  }
}
