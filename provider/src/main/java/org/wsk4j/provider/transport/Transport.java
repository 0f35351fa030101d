package org.wsk4j.provider.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way to do socket I/O: how its event loops and channels are made, and what it can do. All that
 * differs between transports stands behind this interface, as data where possible.
 *
 * <p>Only {@link #name}, {@link #possible}, {@link #isAvailable} and {@link #unavailabilityCause}
 * may be called where the transport is not available.
 *
 * <p>Threads: a transport has no state; its methods may be called from any thread, those that take
 * a channel while no other thread changes that channel's options.
 */
public interface Transport {
  /** {@return {@code io_uring}, {@code epoll}, {@code kqueue} or {@code nio}} */
  String name();

  /** {@return whether this system can run it} */
  boolean isAvailable();

  /** {@return why this system cannot run it, or {@code null} if it can} */
  @Nullable Throwable unavailabilityCause();

  /** {@return what makes the I/O part of each event loop} */
  IoHandlerFactory ioHandlerFactory();

  /**
   * {@return what it can do where the system has all that it {@linkplain TransportFeature#needs
   * needs}; may be called on every system}
   */
  Set<TransportFeature> possible();

  /** {@return what it can do on this system; immutable, always the same} */
  Set<TransportFeature> features();

  /**
   * Tells whether it can do something.
   *
   * @param feature what is asked for
   * @return whether {@link #features} contains it
   */
  default boolean can(TransportFeature feature) {
    return features().contains(feature);
  }

  /**
   * Opens a TCP socket that will listen; it is neither registered nor bound.
   *
   * @param family IPv4 or IPv6; what has no {@link TransportFeature#FAMILY_CHOICE} opens a socket
   *     of the system's preferred family, which takes both
   * @return the channel
   * @throws io.netty.channel.ChannelException if the system refuses; its cause says why
   */
  ServerSocketChannel openListener(StandardProtocolFamily family);

  /**
   * Opens a TCP socket that will connect; it is neither registered nor bound.
   *
   * @param family IPv4 or IPv6, as for {@link #openListener}
   * @return the channel
   * @throws io.netty.channel.ChannelException if the system refuses; its cause says why
   */
  SocketChannel openConnection(StandardProtocolFamily family);

  /**
   * Opens a UDP socket; it is neither registered nor bound.
   *
   * @param family IPv4 or IPv6
   * @return the socket
   * @throws IOException if the system refuses
   * @throws io.netty.channel.ChannelException if the system refuses; its cause says why
   */
  DatagramPort openDatagram(StandardProtocolFamily family) throws IOException;

  /**
   * Opens a raw socket; it is neither registered nor bound.
   *
   * @param family IPv4 or IPv6
   * @param protocol the protocol of its packets, 1 to 255
   * @return the socket
   * @throws IOException if the system refuses; it does so to a process without the privilege
   * @throws IllegalStateException without {@link TransportFeature#RAW_SOCKETS}
   */
  default DatagramPort openRaw(StandardProtocolFamily family, int protocol) throws IOException {
    throw new IllegalStateException(name() + " has no raw sockets");
  }

  /**
   * Prepares a listener for its bind. {@code SO_REUSEADDR} is set where it means that connections
   * in TIME_WAIT do not hold the address; on Windows, where it would let others steal the address,
   * it stays off. Sharing of addresses in the sense of WSK is decided elsewhere.
   *
   * @param listener the channel, not bound yet
   * @param backlog how many connections may wait to be accepted
   */
  default void prepareListener(ServerSocketChannel listener, int backlog) {
    listener.config().setBacklog(backlog);
    listener.config().setReuseAddress(!SystemKind.current().isWindows());
  }

  /**
   * Sets {@code IPV6_V6ONLY}, before the bind.
   *
   * @param channel a channel of the IPv6 family
   * @param only whether it is to take IPv6 peers alone
   * @return whether the system did it; if not, IPv4 peers must be turned away after their accept
   */
  boolean setIpv6Only(Channel channel, boolean only);

  /**
   * Sets {@code SO_REUSEPORT}, before the bind.
   *
   * @param channel the channel
   * @param on whether others may listen at the same address too
   * @return whether the system did it
   */
  boolean setReusePort(Channel channel, boolean on);

  /**
   * Gives the option of a level and number, for a value of 32 bits.
   *
   * @param level the system's number of the level
   * @param number the system's number of the option
   * @return the option, or {@code null} without {@link TransportFeature#RAW_OPTIONS}
   */
  @Nullable ChannelOption<Integer> rawOption(int level, int number);

  /** {@return which of the options that only the system has TCP sockets have; always the same} */
  Set<SystemOption> options();

  /** {@return which of the options that only the system has UDP sockets have; always the same} */
  Set<SystemOption> datagramOptions();

  /**
   * Sets an option that only the system has.
   *
   * @param channel the channel of a TCP socket
   * @param option one of {@link #options}
   * @param value its value
   * @return whether the system did it; what connects and what listens may differ
   */
  boolean setOption(Channel channel, SystemOption option, int value);

  /**
   * Asks how a connection fares.
   *
   * @param connection a connected channel of this transport
   * @return what the system said, or {@code null} without {@link TransportFeature#TCP_INFO}
   * @throws io.netty.channel.ChannelException if the channel is closed
   */
  @Nullable TcpInfo tcpInfo(SocketChannel connection);
}
