package org.wsk4j.provider.testing;

import io.netty.util.concurrent.EventExecutor;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.provider.boot.NettyWskProvider;
import org.wsk4j.provider.boot.ProviderConfiguration;
import org.wsk4j.provider.stats.StatisticsSnapshot;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.WskEventLoopGroup;

/** The provider of one transport, at a registrar of its own, for all tests of this JVM. */
public final class RunningProvider {
  private static final Map<String, RunningProvider> OF = new ConcurrentHashMap<>();

  private static final int ROUNDS = 3;

  private static final long PATIENCE_SECONDS = 10;

  private final NetworkModuleRegistrar registrar = new NetworkModuleRegistrar();
  private final NettyWskProvider provider;

  private RunningProvider(String transport) {
    provider =
        new NettyWskProvider(ProviderConfiguration.fromSystemProperties().withTransport(transport));
    provider.start(registrar);
  }

  /** {@return the provider of a transport, started when it is first asked for} */
  public static RunningProvider on(Transport transport) {
    return OF.computeIfAbsent(transport.name(), RunningProvider::new);
  }

  /** {@return where clients find it} */
  public NetworkModuleRegistrar registrar() {
    return registrar;
  }

  /** {@return what it has counted} */
  public StatisticsSnapshot statistics() {
    return provider.statistics();
  }

  /** {@return how many sockets exist} */
  public long openSockets() {
    return statistics().openSockets().values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Waits until all event loops have done what was queued before, and have looked at the network:
   * what has not happened by then does not happen.
   */
  public void drain() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      for (EventExecutor loop : loops().netty()) {
        loop.submit(() -> {}).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  /** Waits as {@link #drain} does, but on an event loop, for the other ones. */
  public void drainOthers() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      for (EventExecutor loop : loops().netty()) {
        if (!loop.inEventLoop()) {
          loop.submit(() -> {}).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
      }
    }
  }

  /** Runs something on one of the event loops, and waits for its end. */
  public void onSomeLoop(Runnable work) throws Exception {
    loops().next().submit(work).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private WskEventLoopGroup loops() throws ReflectiveOperationException {
    Field field = NettyWskProvider.class.getDeclaredField("loops");
    field.setAccessible(true);
    return (WskEventLoopGroup) field.get(provider);
  }
}
