package org.wsk4j.provider.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import java.net.SocketOption;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.provider.control.SocketOptions;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;

/**
 * Carries the options of a socket over to its Netty channel.
 *
 * <p>What the client has not set stays as the system has it. The system's own TCP_NODELAY is always
 * on: gathering is ours (decision 41).
 *
 * <p>Threads: on the event loop of the channel, or before the channel is registered.
 */
final class TcpSettings {
  /** So many connections whose handshake is not over may have brought data. */
  private static final int MOST_FAST_OPENS = 256;

  private static final Logger LOG = LoggerFactory.getLogger(TcpSettings.class);

  private TcpSettings() {}

  /** For a new channel of a connection: nothing is read unasked, and either side may end alone. */
  static void prepare(Transport transport, Channel channel, SocketOptions options) {
    ChannelConfig config = channel.config();
    config.setAutoRead(false);
    config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    config.setOption(ChannelOption.TCP_NODELAY, true);
    apply(transport, channel, options);
  }

  /** For an open channel: what may change at any time. */
  static void apply(Transport transport, Channel channel, SocketOptions options) {
    ChannelConfig config = channel.config();
    if (options.requestedReceiveBuffer() > 0) {
      config.setOption(ChannelOption.SO_RCVBUF, options.requestedReceiveBuffer());
    }
    if (options.requestedSendBuffer() > 0) {
      config.setOption(ChannelOption.SO_SNDBUF, options.requestedSendBuffer());
    }
    if (options.keepAlive() != Boolean.TRUE.equals(config.getOption(ChannelOption.SO_KEEPALIVE))) {
      config.setOption(ChannelOption.SO_KEEPALIVE, options.keepAlive());
    }
    if (options.keepAlive()) {
      applyProbes(transport, config, options);
    }
    applySystem(transport, channel, options);
  }

  /**
   * What packets carry. What the system does not take now, such as an interface that has gone, does
   * not end the connection.
   */
  private static void applySystem(Transport transport, Channel channel, SocketOptions options) {
    options
        .system()
        .forEach(
            (option, value) -> {
              try {
                transport.setOption(channel, option, value);
              } catch (ChannelException refused) {
                LOG.debug("{} = {} on {}", option, value, channel, refused);
              }
            });
  }

  private static void applyProbes(
      Transport transport, ChannelConfig config, SocketOptions options) {
    set(transport, config, Probe.IDLE, options.keepIdleSeconds());
    set(transport, config, Probe.INTERVAL, options.keepIntervalSeconds());
    set(transport, config, Probe.COUNT, options.keepCount());
  }

  /**
   * How probes are set: by number where the transport can, else by the JDK's name; and the most
   * that the system takes. What a client asks for beyond it is as good as that.
   */
  private enum Probe {
    IDLE(4, ExtendedSocketOptions.TCP_KEEPIDLE, 32767),
    INTERVAL(5, ExtendedSocketOptions.TCP_KEEPINTERVAL, 32767),
    COUNT(6, ExtendedSocketOptions.TCP_KEEPCOUNT, 127);

    private static final int IPPROTO_TCP = 6;

    private final int linuxNumber;
    private final ChannelOption<Integer> jdkOption;
    private final int most;

    Probe(int linuxNumber, SocketOption<Integer> jdkOption, int most) {
      this.linuxNumber = linuxNumber;
      this.most = most;
      this.jdkOption = NioChannelOption.of(jdkOption);
    }
  }

  private static void set(Transport transport, ChannelConfig config, Probe probe, int value) {
    ChannelOption<Integer> raw = transport.rawOption(Probe.IPPROTO_TCP, probe.linuxNumber);
    config.setOption(raw != null ? raw : probe.jdkOption, Math.min(value, probe.most));
  }

  /** For a listener: what accepted channels inherit from it through the system. */
  static void prepareListener(Transport transport, Channel channel, SocketOptions options) {
    channel.config().setAutoRead(false);
    if (options.requestedReceiveBuffer() > 0) {
      channel.config().setOption(ChannelOption.SO_RCVBUF, options.requestedReceiveBuffer());
    }
    if (options.fastOpen() && transport.can(TransportFeature.FAST_OPEN_CONNECT)) {
      channel.config().setOption(ChannelOption.TCP_FASTOPEN, MOST_FAST_OPENS);
    }
    applySystem(transport, channel, options);
  }
}
