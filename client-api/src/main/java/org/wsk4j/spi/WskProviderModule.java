package org.wsk4j.spi;

import org.wsk4j.client.WskClient;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskProviderDispatch;
import org.wsk4j.nmr.NetworkModuleRegistrar;

/**
 * A provider as {@link java.util.ServiceLoader} finds it: a network module that registers with a
 * registrar.
 *
 * <p><b>What a provider owes</b> to the programs that register with {@code WskRegistration}, and to
 * those that use the registrar themselves:
 *
 * <ul>
 *   <li>It registers for {@link WskProviderCharacteristics#NPI_WSK_INTERFACE_ID} with its {@link
 *       WskProviderCharacteristics} (NMR-85). Without them, or with a range that is upside down, it
 *       is ignored.
 *   <li>It answers a client whose {@link WskClientDispatch} names a version outside that range with
 *       NOINTERFACE (NMR-91), and any other with SUCCESS, a {@link WskClient} of its own for each
 *       binding (REG-41) and a {@link WskProviderDispatch} (NMR-88) of the same major number, a
 *       minor number not lower, inside the range (REG-86 to REG-88).
 *   <li>It passes the client's binding context to {@code WskClientEvent}; to the provider that
 *       context is opaque.
 *   <li>Told to detach, it cancels requests that wait for changes of the transport list, and
 *       completes its half when the client's sockets are closed, its requests have completed, and
 *       callbacks and completion routines have returned (REG-63 to REG-72); it closes nothing
 *       itself. If it is the provider that goes, calls can come until the client has completed its
 *       half; they may be answered with a failure.
 * </ul>
 *
 * <p>Threads: {@link #start} and {@link #stop} are called from ordinary threads and may block.
 */
public interface WskProviderModule {
  /** {@return what the provider is called, for logs} */
  String name();

  /**
   * Registers the provider. What costs threads or memory is better made on first use.
   *
   * @param registrar where to register
   * @throws Exception if it cannot start here; this is logged, and the others are started
   */
  void start(NetworkModuleRegistrar registrar) throws Exception;

  /**
   * Deregisters the provider, waits until all clients have let go of it, and frees what it holds.
   * Does nothing if it was not started.
   *
   * @throws Exception if that failed
   */
  void stop() throws Exception;
}
