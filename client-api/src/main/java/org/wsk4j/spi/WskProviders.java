package org.wsk4j.spi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nt.DispatchLevel;

/**
 * Starts providers. Those of the process are the ones that {@link ServiceLoader} finds; the first
 * registration of a program starts them, unless {@link #AUTOSTART_PROPERTY} says no.
 *
 * <p>A provider that can't be loaded or doesn't start is logged and left out; nobody else is
 * affected. Stopping is explicit.
 *
 * <p>Threads: all methods may be called from any thread. Starting and stopping call the modules one
 * after the other, may block, are refused at dispatch level, and wait for each other; {@link
 * #running} never blocks. A module may register programs while it starts or stops, on that thread.
 */
public final class WskProviders {
  /** The system property that turns {@link #autostart} off, if it is {@code false}. */
  public static final String AUTOSTART_PROPERTY = "wsk4j.providers.autostart";

  /** After so many faults the rest is left out: a loader may go on failing for ever. */
  private static final int MAX_LOAD_FAULTS = 16;

  private static final Logger LOG = LoggerFactory.getLogger(WskProviders.class);

  private final NetworkModuleRegistrar registrar;
  private final Supplier<? extends Iterable<? extends WskProviderModule>> modules;

  /** Held while modules start or stop, so that whoever comes second finds it done. */
  private final ReentrantLock changing = new ReentrantLock();

  /** Written with the lock held. */
  private volatile List<WskProviderModule> running = List.of();

  /** Written with the lock held. */
  private volatile boolean everStarted;

  /**
   * Makes a set of providers, for hosts that choose them themselves.
   *
   * @param registrar where they register
   * @param modules gives the modules, asked at each start
   */
  public WskProviders(
      NetworkModuleRegistrar registrar,
      Supplier<? extends Iterable<? extends WskProviderModule>> modules) {
    this.registrar = registrar;
    this.modules = modules;
  }

  /** {@return the providers of the process, which register with its registrar} */
  public static WskProviders getDefault() {
    return Default.PROVIDERS;
  }

  /**
   * Starts the providers, once: not if they were started before, be it that they have been stopped
   * since, and not if the property {@link #AUTOSTART_PROPERTY} is {@code false}. If another thread
   * is starting them, it waits for that.
   *
   * @throws IllegalStateException if this thread must not wait
   */
  public void autostart() {
    if (!everStarted && !"false".equalsIgnoreCase(System.getProperty(AUTOSTART_PROPERTY))) {
      change("Starting providers", () -> startUnless(everStarted));
    }
  }

  /**
   * Starts the providers, whatever the property says; does nothing while they run.
   *
   * @throws IllegalStateException if this thread must not wait
   */
  public void startAll() {
    change("Starting providers", () -> startUnless(!running.isEmpty()));
  }

  /**
   * Stops the providers that run, the one started last first, and waits until all programs have let
   * go of them. Those that fail to stop are logged, and count as stopped.
   *
   * @throws IllegalStateException if this thread must not wait
   */
  public void stopAll() {
    change("Stopping providers", this::stopRunning);
  }

  /** {@return the providers that were started and not stopped, in the order of their start} */
  public List<WskProviderModule> running() {
    return running;
  }

  private void change(String what, Runnable action) {
    DispatchLevel.requirePassive(what);
    if (changing.isHeldByCurrentThread()) {
      return; // a module that registers a program while it starts or stops
    }
    changing.lock();
    try {
      action.run();
    } finally {
      changing.unlock();
    }
  }

  private void startUnless(boolean done) {
    if (done) {
      return;
    }
    load().stream().filter(this::start).forEach(this::add);
    everStarted = true;
    LOG.info("WSK providers running: {}", running.stream().map(WskProviderModule::name).toList());
  }

  private void add(WskProviderModule started) {
    List<WskProviderModule> longer = new ArrayList<>(running);
    longer.add(started);
    running = List.copyOf(longer);
  }

  private boolean start(WskProviderModule module) {
    try {
      module.start(registrar);
      return true;
    } catch (Exception | LinkageError fault) {
      failed("start", module, fault);
      return false;
    }
  }

  private void stopRunning() {
    List<WskProviderModule> backwards = new ArrayList<>(running);
    Collections.reverse(backwards);
    for (WskProviderModule module : backwards) {
      try {
        module.stop();
      } catch (Exception | LinkageError fault) {
        failed("stop", module, fault);
      }
    }
    running = List.of();
  }

  private static void failed(String what, WskProviderModule module, Throwable fault) {
    LOG.error("The WSK provider {} failed to {}", module.name(), what, fault);
    if (fault instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }

  private List<WskProviderModule> load() {
    List<WskProviderModule> loaded = new ArrayList<>();
    try {
      load(modules.get().iterator(), loaded);
    } catch (ServiceConfigurationError | LinkageError fault) {
      LOG.error("WSK providers could not be looked for", fault);
    }
    return loaded;
  }

  /**
   * Collects what can be loaded; service files that can't be read, and broken classes, are logged.
   */
  private static void load(
      Iterator<? extends WskProviderModule> each, List<WskProviderModule> loaded) {
    int faults = 0;
    while (faults < MAX_LOAD_FAULTS) {
      try {
        if (!each.hasNext()) {
          return;
        }
        loaded.add(each.next());
      } catch (ServiceConfigurationError | LinkageError fault) {
        faults++;
        LOG.error("A WSK provider could not be loaded", fault);
      }
    }
  }

  /** Makes the providers of the process when they are first asked for. */
  private static final class Default {
    static final WskProviders PROVIDERS =
        new WskProviders(
            NetworkModuleRegistrar.getDefault(), () -> ServiceLoader.load(WskProviderModule.class));
  }
}
