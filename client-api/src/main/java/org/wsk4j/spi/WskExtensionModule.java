package org.wsk4j.spi;

import org.jspecify.annotations.Nullable;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.socket.WskSocketCategory;

/**
 * An extension interface, as {@link java.util.ServiceLoader} finds it: a provider offers it to all
 * its clients, on each socket that registers it with {@link
 * org.wsk4j.control.WskIoctls#REGISTER_EXTENSION} (EXT-24).
 *
 * <p>Which extensions a provider has is fixed when its first client attaches (EXT-15). An extension
 * has no characteristics and does not register with the registrar (EXT-23).
 *
 * <p><b>How to write one.</b> Define an {@link NpiId}, a table of functions for programs to call,
 * and, if there is something to tell, a table of callbacks with an event flag for each. This one
 * counts, and tells when the count is even:
 *
 * <pre>{@code
 * public interface CounterFunctions {
 *   NtStatus add(Object providerContext);
 * }
 *
 * public record CounterCallbacks(Consumer<Object> onEven) {}
 *
 * public final class CounterExtension implements WskExtensionModule {
 *   public static final NpiId NPI_ID = NpiId.of("{9A1E3F60-27C5-4B8E-8C36-6B2D0F4E5A71}");
 *   public static final int EVEN = 0x00010000;
 *
 *   public String name() { return "counter"; }
 *   public NpiId npiId() { return NPI_ID; }
 *   public boolean appliesTo(WskSocketCategory category) { return true; }
 *   public int events() { return EVEN; }
 *
 *   public NtStatus register(
 *       WskExtensionSocket socket, Object context, Object dispatch, Out<WskExtension> place) {
 *     if (!(dispatch instanceof CounterCallbacks callbacks)) {
 *       return NtStatus.INVALID_PARAMETER;
 *     }
 *     place.set(new Counter(socket, context, callbacks));
 *     return NtStatus.SUCCESS;
 *   }
 * }
 *
 * final class Counter implements WskExtension, CounterFunctions {
 *   // the fields, and a constructor that sets them
 *
 *   public Object providerContext() { return this; }
 *   public Object providerDispatch() { return this; }
 *   public int implementedEvents() { return CounterExtension.EVEN; }
 *
 *   public NtStatus add(Object providerContext) {
 *     return socket.call(
 *         () -> {
 *           if (count.incrementAndGet() % 2 == 0) {
 *             socket.execute(
 *                 () -> socket.raise(CounterExtension.EVEN, () -> callbacks.onEven().accept(context)));
 *           }
 *           return NtStatus.SUCCESS;
 *         });
 *   }
 * }
 * }</pre>
 *
 * <p>Name the class in {@code META-INF/services/org.wsk4j.spi.WskExtensionModule}, or, in a named
 * module, with {@code provides}. It needs a public constructor without parameters.
 *
 * <p>Threads: {@link #register} is called on the thread of the control call, which may be any, also
 * an event loop: nothing here may wait.
 */
public interface WskExtensionModule {
  /**
   * The flags that an extension can choose its events from. None of them is a standard event, so
   * each flag belongs to one interface alone (EXT-18).
   */
  int EVENT_FLAGS = 0x003F0000;

  /** {@return what the extension is called, for logs} */
  String name();

  /** {@return its identifier; that of WSK itself is ignored (EXT-22)} */
  NpiId npiId();

  /**
   * Tells on which sockets it can be registered.
   *
   * @param category the category of a socket
   * @return whether it can; else the registration is answered with INVALID_DEVICE_REQUEST
   */
  boolean appliesTo(WskSocketCategory category);

  /** {@return the flags of its events, out of {@link #EVENT_FLAGS}; 0 for none} */
  int events();

  /**
   * Registers it on a socket, on which it is not registered yet (EXT-12).
   *
   * @param socket what the extension may do with the socket, also later
   * @param clientContext what the client wants to have back in callbacks (EXT-13)
   * @param clientDispatch the callbacks, of a type that the extension defines
   * @param place where the registration goes
   * @return SUCCESS if the registration was put there; else what the client is answered, such as
   *     INVALID_PARAMETER for a table of the wrong type
   */
  NtStatus register(
      WskExtensionSocket socket,
      @Nullable Object clientContext,
      @Nullable Object clientDispatch,
      Out<WskExtension> place);
}
