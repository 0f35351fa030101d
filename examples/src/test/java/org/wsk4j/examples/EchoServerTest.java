package org.wsk4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.examples.EchoServer.Mode;
import org.wsk4j.examples.EchoServer.Report;

@Timeout(60)
class EchoServerTest {
  private static final long SIXTEEN_MIB = 16L << 20;
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(50);

  private WskProgram serving;
  private WskProgram asking;

  @BeforeEach
  void register() throws Exception {
    serving = WskProgram.start();
    asking = WskProgram.start();
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress("127.0.0.1", 0);
  }

  @AfterEach
  void deregister() {
    Programs.end(asking);
    Programs.end(serving);
  }

  @ParameterizedTest
  @EnumSource
  void shouldEchoEveryByteAndLeaveNothing(Mode mode) throws Exception {
    EchoServer server = EchoServer.of(mode, serving);
    InetSocketAddress address = server.start(loopback());

    transfer(address, SIXTEEN_MIB);

    Report report = server.stop(LONG);
    assertThat(report).isEqualTo(new Report(1, SIXTEEN_MIB, 0, 0, 0));
    assertThat(report.isClean()).isTrue();
  }

  private void transfer(InetSocketAddress address, long bytes) throws Exception {
    WskConnectionSocket socket = asking.connect(address);
    VerifiedTransfer transfer = new VerifiedTransfer(asking, socket, bytes, true);
    transfer.start();
    assertThat(transfer.await(LONG)).isTrue();
    assertThat(transfer.failure()).isNull();
    assertThat(transfer.received()).isEqualTo(bytes);
    asking.close(socket);
    assertThat(asking.outstanding().isNothing()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void shouldEchoOverIpv6(Mode mode) throws Exception {
    EchoServer server = EchoServer.of(mode, serving);
    InetSocketAddress address = server.start(new InetSocketAddress("::1", 0));

    transfer(address, 100_000);

    assertThat(address.getAddress()).isEqualTo(InetAddress.getByName("::1"));
    assertThat(server.stop(LONG).isClean()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void shouldServeManyConnectionsAtOnce(Mode mode) throws Exception {
    EchoServer server = EchoServer.of(mode, serving);
    InetSocketAddress address = server.start(loopback());

    ConnectionStorm.Result result = new ConnectionStorm(asking, address, LONG).run(200, 200);

    assertThat(result.failures()).isEmpty();
    assertThat(result.succeeded()).isEqualTo(200);
    assertThat(result.mostOpen()).isEqualTo(200);
    assertThat(server.stop(LONG).served()).isEqualTo(200);
    assertThat(serving.outstanding().isNothing()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void shouldAnswerWhatCameAndThenEndWhenItStops(Mode mode) throws Exception {
    EchoServer server = EchoServer.of(mode, serving);
    CompletableFuture<Report> stopped;
    try (Socket peer = connect(server.start(loopback()))) {
      peer.getOutputStream().write('x');
      assertThat(peer.getInputStream().read()).isEqualTo('x');
      stopped = background(() -> server.stop(LONG));
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
      peer.getOutputStream().write(new byte[300_000]); // is dropped
    }
    assertThat(stopped.get()).isEqualTo(new Report(1, 1, 0, 0, 0));
  }

  @ParameterizedTest
  @EnumSource
  void shouldBreakOffPeersThatDoNotEndBeforeTheDeadline(Mode mode) throws Exception {
    EchoServer server = EchoServer.of(mode, serving);
    try (Socket peer = connect(server.start(loopback()))) {
      peer.getOutputStream().write('x');
      assertThat(peer.getInputStream().read()).isEqualTo('x');

      assertThat(server.stop(SHORT)).isEqualTo(new Report(1, 1, 1, 0, 0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldBreakOffAPeerThatNeitherReadsNorEnds(Mode mode) throws Exception {
    EchoServer server = EchoServer.of(mode, serving);
    try (Socket peer = connect(server.start(loopback()))) {
      CompletableFuture<Void> writing = write(peer, new byte[64 << 20]);
      await().until(() -> serving.outstanding().requests() > 0 && server.snapshot().size() == 1);

      Report report = server.stop(SHORT);

      assertThat(report.brokenOff()).isEqualTo(1);
      assertThat(report.isClean()).isTrue();
      assertThat(writing).failsWithin(LONG);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldGoOnAfterAPeerHasReset(Mode mode) throws Exception {
    EchoServer server = EchoServer.of(mode, serving);
    InetSocketAddress address = server.start(loopback());
    Socket peer = connect(address);
    peer.getOutputStream().write(new byte[100_000]);
    peer.setSoLinger(true, 0);
    peer.close();
    await().until(() -> server.snapshot().isEmpty());

    transfer(address, 1000);

    assertThat(server.stop(LONG).isClean()).isTrue();
  }

  @Test
  void shouldTakeNoMoreWhileThePeerDoesNotReadAndLoseNothing() throws Exception {
    EchoServer server = EchoServer.of(Mode.EVENTS, serving);
    byte[] data = new byte[32 << 20];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (i * 31 + (i >>> 8));
    }
    try (Socket peer = connect(server.start(loopback()))) {
      CompletableFuture<Void> writing = write(peer, data);
      await().until(() -> server.snapshot().stream().anyMatch(EchoServerTest::isSuspended));
      assertThat(writing).isNotDone();

      InputStream in = peer.getInputStream();
      assertThat(in.readNBytes(data.length)).isEqualTo(data);
      writing.get();
      peer.shutdownOutput();
      assertThat(in.read()).isEqualTo(-1);
    }
    assertThat(server.stop(LONG)).isEqualTo(new Report(1, data.length, 0, 0, 0));
  }

  private static boolean isSuspended(EchoConnection connection) {
    return connection instanceof EventEchoConnection events && events.isSuspended();
  }

  /** Small buffers of the system, so that little is enough to fill them; and no endless wait. */
  private static Socket connect(InetSocketAddress address) throws Exception {
    Socket peer = new Socket();
    peer.setReceiveBufferSize(16 * 1024);
    peer.setSoTimeout((int) LONG.toMillis());
    peer.connect(address);
    return peer;
  }

  private static CompletableFuture<Void> write(Socket peer, byte[] data) throws Exception {
    OutputStream out = peer.getOutputStream();
    return background(
        () -> {
          out.write(data);
          return null;
        });
  }

  private static <T> CompletableFuture<T> background(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(work.call());
              } catch (Exception failed) {
                result.completeExceptionally(failed);
              }
            },
            "background");
    thread.setDaemon(true);
    thread.start();
    return result;
  }
}
