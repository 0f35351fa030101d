package org.wsk4j.provider.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.socket.nio.NioSocketChannel;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.client.WskVersion;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.boot.ProviderConfiguration;
import org.wsk4j.provider.channel.Channels;
import org.wsk4j.provider.channel.ConnectionLimits;
import org.wsk4j.provider.channel.ListenerLimits;
import org.wsk4j.provider.control.ExtensionTable;
import org.wsk4j.provider.resolve.LocalFamilies;
import org.wsk4j.provider.resolve.Names;
import org.wsk4j.provider.stats.ProviderStatistics;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.Transports;
import org.wsk4j.provider.transport.WskEventLoopGroup;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

/** A system whose connects end inside the call. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ConnectAtOnceTest {
  /** Linux says of each connect that it goes on; this channel waits for it. */
  private static final class EagerChannel extends NioSocketChannel {
    @Override
    protected boolean doConnect(SocketAddress remote, @Nullable SocketAddress local)
        throws Exception {
      boolean connected = javaChannel().connect(remote);
      while (!connected) {
        Thread.onSpinWait();
        connected = javaChannel().finishConnect();
      }
      return true;
    }
  }

  private static Transport eager() {
    Transport nio =
        Transports.all().stream().filter(one -> one.name().equals("nio")).findAny().orElseThrow();
    return (Transport)
        Proxy.newProxyInstance(
            Transport.class.getClassLoader(),
            new Class<?>[] {Transport.class},
            (self, method, arguments) ->
                method.getName().equals("openConnection")
                    ? new EagerChannel()
                    : method.invoke(nio, arguments));
  }

  private static WskConnectionSocket socket(TestScope scope) {
    WskEventLoopGroup loops = new WskEventLoopGroup(eager(), 1);
    scope.closing(() -> loops.shutdown(Duration.ofSeconds(10)));
    ProviderStatistics statistics = new ProviderStatistics();
    ConnectionLimits limits = new ConnectionLimits(1000, 1000, 1000, 10_000, 0);
    ListenerLimits listening = ProviderConfiguration.fromSystemProperties().listening();
    ProviderFunctions functions =
        new ProviderFunctions(
            WskVersion.V1_0,
            new SocketServices(
                new Channels(loops, statistics, limits, listening),
                statistics,
                new ExtensionTable(List.of())),
            new Names(
                ProviderConfiguration.fromSystemProperties().names(), LocalFamilies::ofInterfaces));
    Irp made = scope.irp();
    functions.socket(
        new ClientObject(null, () -> {}),
        AddressFamily.INET,
        SocketType.STREAM,
        Protocol.TCP,
        WskFlags.CONNECTION_SOCKET,
        null,
        null,
        null,
        null,
        null,
        made);
    return made.object(WskConnectionSocket.class);
  }

  @Test
  @Rule({"CON-12", "IRP-02"})
  void shouldConnectInsideTheCall(TestScope scope) throws Exception {
    WskConnectionSocket socket = socket(scope);
    InetSocketAddress any = TestClient.loopback(AddressFamily.INET, 0);
    ServerSocket listener = Peer.listen(any, scope);
    Irp irp = scope.irp();
    NtStatus status =
        RunningProvider.onLoopOf(
            socket,
            () -> {
              assertThat(socket.bind(any, 0, irp)).isEqualTo(NtStatus.SUCCESS);
              return socket.connect(listener.getLocalSocketAddress(), 0, irp);
            });
    assertThat(status).isEqualTo(NtStatus.SUCCESS);
    assertThat(irp.isCompleted()).isTrue();
    assertThat(irp.status()).isEqualTo(NtStatus.SUCCESS);
    assertThat(irp.pendingReturned()).isFalse();
    Peer peer = Peer.accept(listener, scope);
    socket.send(WskBuf.of(new byte[] {3}), 0, irp);
    assertThat(peer.read(1)).containsExactly(3);
    assertThat(irp.await()).isEqualTo(NtStatus.SUCCESS);
    socket.closeSocket(irp);
    assertThat(irp.await()).isEqualTo(NtStatus.SUCCESS);
  }

  @Test
  @Rule({"CON-12", "CON-34"})
  void shouldSendTheDataOfAConnectThatEndsAtOnce(TestScope scope) throws Exception {
    WskConnectionSocket socket = socket(scope);
    InetSocketAddress any = TestClient.loopback(AddressFamily.INET, 0);
    ServerSocket listener = Peer.listen(any, scope);
    Irp irp = scope.irp();
    NtStatus status =
        RunningProvider.onLoopOf(
            socket,
            () -> {
              socket.bind(any, 0, irp);
              SocketAddress there = listener.getLocalSocketAddress();
              return socket.connectEx(there, WskBuf.of(new byte[] {1, 2}), 0, irp);
            });
    assertThat(irp.await()).isEqualTo(NtStatus.SUCCESS);
    assertThat(irp.information()).isEqualTo(2);
    assertThat(irp.pendingReturned()).isEqualTo(status == NtStatus.PENDING);
    assertThat(Peer.accept(listener, scope).read(2)).containsExactly(1, 2);
    socket.closeSocket(irp);
    assertThat(irp.await()).isEqualTo(NtStatus.SUCCESS);
  }
}
