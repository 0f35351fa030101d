package org.wsk4j.provider.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * macOS and the BSDs, readiness by kqueue, system calls through Netty's native code.
 *
 * <p>Netty lets connections choose their family here, but not listeners, so the feature is not
 * claimed. Untested wherever the tests do not run on such a system.
 */
final class KQueueTransport extends NativeTransport {
  private static final Set<TransportFeature> POSSIBLE =
      Set.of(
          TransportFeature.IPV6_ONLY,
          TransportFeature.RAW_OPTIONS,
          TransportFeature.REUSE_PORT,
          TransportFeature.FAST_OPEN_CONNECT);

  @Override
  public String name() {
    return "kqueue";
  }

  @Override
  public boolean isAvailable() {
    return KQueue.isAvailable();
  }

  @Override
  public @Nullable Throwable unavailabilityCause() {
    return KQueue.unavailabilityCause();
  }

  @Override
  public IoHandlerFactory ioHandlerFactory() {
    return KQueueIoHandler.newFactory();
  }

  @Override
  public Set<TransportFeature> possible() {
    return POSSIBLE;
  }

  @Override
  public Set<TransportFeature> features() {
    return Features.ALL;
  }

  @Override
  public ServerSocketChannel openListener(StandardProtocolFamily family) {
    return new KQueueServerSocketChannel();
  }

  @Override
  public SocketChannel openConnection(StandardProtocolFamily family) {
    return new KQueueSocketChannel(netty(family));
  }

  @Override
  public DatagramPort openDatagram(StandardProtocolFamily family) throws IOException {
    return new KQueueDatagramPort(family, DescriptorSocket.udp(family));
  }

  /** Made when first asked for, since it needs the native code. */
  private static final class Features {
    static final Set<TransportFeature> ALL = find();

    private static Set<TransportFeature> find() {
      Set<TransportFeature> found = EnumSet.copyOf(POSSIBLE);
      if (!KQueue.isTcpFastOpenClientSideAvailable()) {
        found.remove(TransportFeature.FAST_OPEN_CONNECT);
      }
      return Set.copyOf(found);
    }
  }
}
