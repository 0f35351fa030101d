package org.wsk4j.provider.memory;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.wsk4j.contract.Rule;
import org.wsk4j.provider.stats.ProviderStatistics;

@Timeout(30)
class DatagramIndicationTest {
  private static final InetSocketAddress SENDER = new InetSocketAddress("127.0.0.1", 9);

  private final Logger log = (Logger) LoggerFactory.getLogger(LeakReport.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    log.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    log.detachAppender(lines);
  }

  private static DatagramIndication kept(RetainAccount account, int length) {
    ByteBuf memory = Unpooled.wrappedBuffer(new byte[length]);
    DatagramIndication one =
        new DatagramIndication(
            new IndicationSteps(account, memory),
            memory.nioBuffer().position(length),
            length,
            SENDER,
            0,
            null);
    one.indicate(null);
    one.keep();
    return one;
  }

  /** Keeps datagrams of a socket, releases one, or all, and forgets them. */
  private static void forget(String socket, boolean release) {
    RetainAccount account = new RetainAccount(new ProviderStatistics());
    account.belongsTo(socket);
    for (DatagramIndication one : List.of(kept(account, 10), kept(account, 0), kept(account, 7))) {
      if (release || one.length() == 7) {
        assertThat(one.claim(account)).isTrue();
        one.freeClaimed();
      }
    }
  }

  private boolean isReported(String socket) {
    System.gc();
    return List.copyOf(lines.list).stream()
        .anyMatch(it -> it.getFormattedMessage().contains(socket));
  }

  @Test
  @Rule({"DGX-21"})
  void shouldReportWhatIsNeverReleased() {
    forget("socket A", true);
    forget("socket B", false);
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> isReported("socket B"));
    assertThat(isReported("socket A")).isFalse();
    assertThat(lines.list)
        .anyMatch(it -> it.getFormattedMessage().contains("2 datagrams of 10 bytes"));
  }

  @Test
  void shouldShareABlockUntilTheLastIsFreed() {
    RetainAccount account = new RetainAccount(new ProviderStatistics());
    DatagramCopies copies = new DatagramCopies(account);
    copies.expect(30);
    byte[] first = {1, 2, 3};
    byte[] second = {4, 5};
    DatagramIndication one = copies.copyOf(ByteBuffer.wrap(first), SENDER, 0, null);
    DatagramIndication other = copies.copyOf(ByteBuffer.wrap(second), SENDER, 0, null);
    copies.finish();
    one.indicate(null);
    one.freeIndicated();
    other.indicate(null);
    assertThat(other.buffer().toByteArray()).isEqualTo(second);
    assertThat(account.bytes()).isZero();
    other.keep();
    assertThat(account.bytes()).isEqualTo(2);
    assertThat(other.claim(account)).isTrue();
    other.freeClaimed();
    assertThat(account.bytes()).isZero();
    assertThat(other.claim(account)).isFalse();
  }
}
