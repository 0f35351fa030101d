package org.wsk4j.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ServerSocketChannel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
  void shouldWaitForTheSystemAlsoIfSomebodyElseHasClosedTheChannel(Transport transport)
      throws Exception {
    WskEventLoopGroup loops = TransportMatrix.loops(transport);
    try (TestChannels channels = new TestChannels(transport, StandardProtocolFamily.INET, loops)) {
      ServerSocketChannel listener = channels.listener();
      InetSocketAddress address = listener.localAddress();
      CompletableFuture<Void> bound = new CompletableFuture<>();
      listener
          .pipeline()
          .addLast(
              new ChannelInboundHandlerAdapter() {
                @Override
                public void channelUnregistered(ChannelHandlerContext context) {
                  Closing.close(listener, () -> bind(address, bound));
                }
              });

      listener.close();

      bound.get(10, TimeUnit.SECONDS);
    }
  }

  private static void bind(InetSocketAddress address, CompletableFuture<Void> bound) {
    try (ServerSocket next = new ServerSocket()) {
      next.bind(address);
      bound.complete(null);
    } catch (IOException taken) {
      bound.completeExceptionally(taken);
    }
  }

  @EachTransport
  void shouldTellAtOnceOfAChannelThatWasNeverRegistered(Transport transport) {
    ServerSocketChannel listener = transport.openListener(StandardProtocolFamily.INET);
    AtomicInteger released = new AtomicInteger();

    Closing.close(listener, released::incrementAndGet);

    assertThat(released).hasValue(1);
    assertThat(listener.isOpen()).isFalse();
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
