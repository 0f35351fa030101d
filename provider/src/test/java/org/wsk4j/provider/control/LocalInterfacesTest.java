package org.wsk4j.provider.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.nt.DispatchLevel;

@Timeout(30)
class LocalInterfacesTest {
  private final ChangeWatch watch = new ChangeWatch(Runnable::run, Duration.ofHours(1));

  private static long later() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
  }

  @Test
  void shouldAskAnewWhereTheThreadMayWait() {
    LocalInterfaces first = LocalInterfaces.ask();
    assertThat(LocalInterfaces.recent(watch, System.nanoTime())).isSameAs(first);
    LocalInterfaces second = LocalInterfaces.recent(watch, later());
    assertThat(second).isNotSameAs(first);
    assertThat(LocalInterfaces.known()).isSameAs(second);
  }

  @Test
  void shouldLeaveItToTheWatchWhereTheThreadMayNotWait() {
    LocalInterfaces first = LocalInterfaces.ask();
    DispatchLevel.current().raise();
    try {
      assertThat(LocalInterfaces.recent(watch, later())).isSameAs(first);
    } finally {
      DispatchLevel.current().lower();
    }
    await().until(() -> LocalInterfaces.known() != first);
    // The thread of the watch has nothing else to do.
    await().until(() -> noThreadLooks());
  }

  private static boolean noThreadLooks() {
    return Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().equals("wsk4j-changes"));
  }

  @Test
  void shouldKnowWhatTheSystemKnows() throws Exception {
    LocalInterfaces now = LocalInterfaces.ask();
    for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      assertThat(now.have(one.getIndex())).isTrue();
      for (InetAddress address : Collections.list(one.getInetAddresses())) {
        assertThat(now.have(address)).isTrue();
        assertThat(now.indexOf(address)).isEqualTo(one.getIndex());
      }
    }
    assertThat(now.have(address("127.9.9.9"))).isTrue();
    assertThat(now.have(address("192.0.2.250"))).isFalse();
    assertThat(now.indexOf(address("192.0.2.250"))).isZero();
    assertThat(now.have(0)).isFalse();
    assertThat(now.have(-1)).isFalse();
    assertThat(now.forGroup(address("239.1.2.3"))).isPositive();
  }

  private static InetAddress address(String literal) {
    return new InetSocketAddress(literal, 0).getAddress();
  }
}
