package org.wsk4j.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.socket.ServerSocketChannel;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TransportMatrix;

@Timeout(20)
class ClosingTest {
  /** The JDK's delay shows in about half of the tries. */
  private static final int TRIES = 30;

  @EachTransport
  void shouldRefusePeersAndFreeThePortWhenReleased(Transport transport) throws Exception {
    WskEventLoopGroup loops = TransportMatrix.loops(transport);
    try (TestChannels channels = new TestChannels(transport, StandardProtocolFamily.INET, loops)) {
      for (int i = 0; i < TRIES; i++) {
        ServerSocketChannel listener = channels.listener();
        InetSocketAddress address = listener.localAddress();

        close(listener);

        assertThatThrownBy(() -> TestChannels.peer(address)).isInstanceOf(ConnectException.class);
        close(channels.listener(address, it -> {}));
      }
    }
  }

  @EachTransport
  void shouldTellOnTheLoopAndAlsoOfAChannelThatIsClosedAlready(Transport transport)
      throws Exception {
    WskEventLoopGroup loops = TransportMatrix.loops(transport);
    try (TestChannels channels = new TestChannels(transport, StandardProtocolFamily.INET, loops)) {
      ServerSocketChannel listener = channels.listener();
      CompletableFuture<Boolean> onLoop = new CompletableFuture<>();

      Closing.close(listener, () -> onLoop.complete(listener.eventLoop().inEventLoop()));

      assertThat(onLoop.get(10, TimeUnit.SECONDS)).isTrue();
      close(listener);
    }
  }

  @EachTransport
  void shouldTellAlsoIfTheLoopHasEnded(Transport transport) throws Exception {
    WskEventLoopGroup loops = new WskEventLoopGroup(transport, 1);
    TestChannels channels = new TestChannels(transport, StandardProtocolFamily.INET, loops);
    ServerSocketChannel listener = channels.listener();
    CompletableFuture<Boolean> released = new CompletableFuture<>();

    listener.eventLoop().execute(() -> Closing.close(listener, () -> released.complete(true)));
    assertThat(loops.shutdown(Duration.ofSeconds(10)).drained()).isTrue();

    assertThat(released.get(10, TimeUnit.SECONDS)).isTrue();
  }

  private static void close(ServerSocketChannel listener) throws Exception {
    CompletableFuture<Void> released = new CompletableFuture<>();
    Closing.close(listener, () -> released.complete(null));
    released.get(10, TimeUnit.SECONDS);
  }
}
