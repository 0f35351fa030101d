package org.wsk4j.spi;

/**
 * An extension, registered on one socket.
 *
 * <p>Threads: any, unless stated.
 */
public interface WskExtension {
  /** {@return what the client has to pass to the functions (EXT-14)} */
  Object providerContext();

  /** {@return the functions, of a type that the extension defines} */
  Object providerDispatch();

  /** {@return the events for which the client has given a callback; the others stay disabled} */
  default int implementedEvents() {
    return 0;
  }

  /**
   * Events were enabled: what waits to be told can be told now, through {@link
   * WskExtensionSocket#execute} and {@link WskExtensionSocket#raise}.
   */
  default void eventsChanged() {}

  /**
   * The socket is closed: no call is in progress, and no callback can be made any more. Called
   * once, before the request to close completes (EXT-21).
   */
  default void closed() {}
}
