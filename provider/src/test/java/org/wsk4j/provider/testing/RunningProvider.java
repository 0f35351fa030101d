package org.wsk4j.provider.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.provider.boot.NettyWskProvider;
import org.wsk4j.provider.boot.ProviderConfiguration;
import org.wsk4j.provider.channel.ListenerLimits;
import org.wsk4j.provider.stats.StatisticsSnapshot;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.WskEventLoopGroup;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** The provider of one transport, at a registrar of its own, for all tests of this JVM. */
public final class RunningProvider {
  private static final Map<String, RunningProvider> OF = new ConcurrentHashMap<>();

  private static final int ROUNDS = 3;

  private static final long PATIENCE_SECONDS = 10;

  private final NetworkModuleRegistrar registrar = new NetworkModuleRegistrar();
  private final NettyWskProvider provider;

  private RunningProvider(ProviderConfiguration configuration) {
    provider = new NettyWskProvider(configuration);
    provider.start(registrar);
  }

  private RunningProvider(String transport) {
    this(ProviderConfiguration.fromSystemProperties().withTransport(transport));
  }

  /** {@return a provider that is set up differently, for one test alone} */
  public static RunningProvider of(ProviderConfiguration configuration, TestScope scope) {
    RunningProvider own = new RunningProvider(configuration);
    scope.closing(own.provider::stop);
    return own;
  }

  /** {@return a provider for one test alone, whose listeners have other bounds} */
  public static RunningProvider of(Transport transport, ListenerLimits bounds, TestScope scope) {
    return of(
        ProviderConfiguration.fromSystemProperties()
            .withTransport(transport.name())
            .withListening(bounds),
        scope);
  }

  /** {@return the provider of a transport, started when it is first asked for} */
  public static RunningProvider on(Transport transport) {
    return OF.computeIfAbsent(transport.name(), RunningProvider::new);
  }

  /** {@return a provider of a transport, for one test alone} */
  public static RunningProvider alone(Transport transport, TestScope scope) {
    return of(ProviderConfiguration.fromSystemProperties().withTransport(transport.name()), scope);
  }

  /** Ends the event loops under all sockets that there are. */
  public void endLoops() throws ReflectiveOperationException {
    if (!loops().shutdown(Duration.ofSeconds(PATIENCE_SECONDS)).drained()) {
      throw new AssertionError("the loops do not end");
    }
  }

  /**
   * Ends the event loops under all sockets that there are, that of one socket last: it learns that
   * it ends when the other ones have ended.
   */
  public void endLoops(WskSocket last) throws Exception {
    EventLoop held = loopOf(last);
    CountDownLatch holding = new CountDownLatch(1);
    held.execute(
        () -> {
          holding.countDown();
          awaitOthers(held);
        });
    assertThat(holding.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    endLoops();
  }

  private void awaitOthers(EventLoop held) {
    try {
      for (EventExecutor loop : loops().netty()) {
        if (loop != held && !loop.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new AssertionError(loop + " does not end");
        }
      }
    } catch (ReflectiveOperationException | InterruptedException e) {
      throw new AssertionError(e);
    }
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

  /** Runs something on the event loop of a socket; {@return its result} */
  public static <T> T onLoopOf(WskSocket socket, Callable<T> work) throws Exception {
    return loopOf(socket).submit(work).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Runs something on the event loop of a socket, behind what is queued there. */
  public static void later(WskSocket socket, Runnable work) throws ReflectiveOperationException {
    loopOf(socket).execute(work);
  }

  private static EventLoop loopOf(WskSocket socket) throws ReflectiveOperationException {
    return (EventLoop) read(read(socket, "channel"), "loop");
  }

  static Object read(Object from, String name) throws ReflectiveOperationException {
    for (Class<?> type = from.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field.get(from);
        }
      }
    }
    throw new NoSuchFieldException(name);
  }

  private WskEventLoopGroup loops() throws ReflectiveOperationException {
    Field field = NettyWskProvider.class.getDeclaredField("loops");
    field.setAccessible(true);
    return (WskEventLoopGroup) field.get(provider);
  }
}
