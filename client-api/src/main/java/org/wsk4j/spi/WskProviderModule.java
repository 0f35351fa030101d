package org.wsk4j.spi;

import org.wsk4j.nmr.NetworkModuleRegistrar;

/**
 * A provider as {@link java.util.ServiceLoader} finds it: a network module that registers with a
 * registrar.
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
