package org.wsk4j.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.provider.testing.EachTransport;

@Timeout(20)
class WskEventLoopGroupTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  private static final int ENDS = 200;

  @EachTransport
  void shouldRunItsLoopsOnNamedDaemonThreadsAtDispatchLevel(Transport transport) throws Exception {
    WskEventLoopGroup group = new WskEventLoopGroup(transport, 2);
    try {
      Set<String> names = new HashSet<>();
      for (int i = 0; i < 2; i++) {
        Thread thread = group.next().submit(Thread::currentThread).get();
        names.add(thread.getName());
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread)
            .isInstanceOf(FastThreadLocalThread.class)
            .isInstanceOf(DispatchLevel.Bound.class);
      }

      assertThat(names)
          .containsExactlyInAnyOrder(
              "wsk4j-" + transport.name() + "-1", "wsk4j-" + transport.name() + "-2");
      assertThat(group.next().submit(DispatchLevel::isRaised).get()).isTrue();
      assertThat(group.transport()).isSameAs(transport);
    } finally {
      group.shutdown(LONG);
    }
  }

  @EachTransport
  void shouldStartNoThreadBeforeThereIsWork(Transport transport) {
    WskEventLoopGroup group = new WskEventLoopGroup(transport, 1);

    assertThat(group).hasToString("WskEventLoopGroup[" + transport + ", threads started: 0]");
    assertThat(group.shutdown(LONG).drained()).isTrue();
  }

  @EachTransport
  void shouldRunQueuedTasksCloseChannelsAndEndTheThreads(Transport transport) throws Exception {
    WskEventLoopGroup group = new WskEventLoopGroup(transport, 1);
    EventLoop loop = group.next();
    Channel unbound = transport.openConnection(StandardProtocolFamily.INET);
    loop.register(unbound).sync();
    Channel bound = transport.openListener(StandardProtocolFamily.INET);
    loop.register(bound).sync();
    bound.bind(new InetSocketAddress("127.0.0.1", 0)).sync();
    Thread thread = group.next().submit(Thread::currentThread).get();
    CountDownLatch begin = new CountDownLatch(1);
    AtomicInteger ran = new AtomicInteger();
    group.next().execute(() -> await(begin));
    for (int i = 0; i < 100; i++) {
      group.next().execute(ran::incrementAndGet);
    }
    begin.countDown();

    ShutdownResult result = group.shutdown(LONG);

    assertThat(result.drained()).isTrue();
    assertThat(result.stillRunning()).isEmpty();
    assertThat(result.took()).isLessThan(LONG);
    assertThat(ran).hasValue(100);
    assertThat(unbound.isOpen()).isFalse();
    assertThat(bound.isOpen()).isFalse();
    thread.join();
  }

  /** A socket that outlives its loop would go on listening, and nobody could close it. */
  @EachTransport
  @Timeout(120)
  void shouldLeaveNoSocketToTheSystem(Transport transport) throws Exception {
    for (int i = 0; i < ENDS; i++) {
      WskEventLoopGroup group = new WskEventLoopGroup(transport, 1);
      TestChannels channels = new TestChannels(transport, StandardProtocolFamily.INET, group);
      channels.connection();
      InetSocketAddress address = channels.listener().localAddress();
      CountDownLatch begin = new CountDownLatch(1);
      group.next().execute(() -> await(begin));
      for (int task = 0; task < 100; task++) {
        group.next().execute(() -> {});
      }
      begin.countDown();

      assertThat(group.shutdown(LONG).drained()).isTrue();

      assertThatThrownBy(() -> TestChannels.peer(address))
          .as("round %d", i)
          .isInstanceOf(ConnectException.class);
    }
  }

  @EachTransport
  void shouldCloseChannelsAlsoWhenTheShutdownComesFromATask(Transport transport) throws Exception {
    WskEventLoopGroup group = new WskEventLoopGroup(transport, 1);
    EventLoop loop = group.next();
    Channel channel = transport.openListener(StandardProtocolFamily.INET);
    loop.register(channel).sync();

    loop.execute(() -> loop.shutdownGracefully(0, 10, TimeUnit.SECONDS));

    assertThat(loop.terminationFuture().await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void shouldSayWhichThreadsTheDeadlineCutOff() throws Exception {
    Transport transport = Transports.choose(Transports.AUTO).transport();
    WskEventLoopGroup group = new WskEventLoopGroup(transport, 2);
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    try {
      group
          .next()
          .execute(
              () -> {
                running.countDown();
                await(held);
              });
      running.await();

      ShutdownResult result = group.shutdown(Duration.ofMillis(1));

      assertThat(result.drained()).isFalse();
      assertThat(result.stillRunning()).contains("wsk4j-" + transport.name() + "-1");
    } finally {
      held.countDown();
    }
    assertThat(group.shutdown(LONG).drained()).isTrue();
  }

  @Test
  void shouldRefuseToWaitForItselfOnAnEventLoop() throws Exception {
    WskEventLoopGroup group =
        new WskEventLoopGroup(Transports.choose(Transports.AUTO).transport(), 1);
    try {
      IoEventLoop loop = group.next();

      assertThatThrownBy(() -> loop.submit(() -> group.shutdown(LONG)).get())
          .hasCauseInstanceOf(IllegalStateException.class);
      assertThat(loop.isShuttingDown()).isFalse();
    } finally {
      group.shutdown(LONG);
    }
  }

  @Test
  void shouldRefuseToHaveNoLoop() {
    Transport transport = Transports.choose(Transports.AUTO).transport();

    assertThatThrownBy(() -> new WskEventLoopGroup(transport, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
