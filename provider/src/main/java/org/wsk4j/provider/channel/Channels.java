package org.wsk4j.provider.channel;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ServerSocketChannel;
import java.net.StandardProtocolFamily;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.provider.control.SocketOptions;
import org.wsk4j.provider.core.AddressTable;
import org.wsk4j.provider.core.Arrival;
import org.wsk4j.provider.core.EventGate;
import org.wsk4j.provider.core.SocketState;
import org.wsk4j.provider.stats.LoopCounters;
import org.wsk4j.provider.stats.ProviderStatistics;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.WskEventLoopGroup;

/**
 * Makes the network ends of sockets: chooses the loop, and opens Netty channels with the options
 * that all of them have.
 *
 * <p>Threads: any.
 */
public final class Channels {
  private final Transport transport;
  private final WskEventLoopGroup loops;
  private final AddressTable addresses = new AddressTable();
  private final ProviderStatistics statistics;
  private final Map<EventLoop, LoopCounters> counters = new ConcurrentHashMap<>();
  private final ConnectionLimits limits;
  private final ListenerLimits listenerLimits;
  private final AtomicLong inspected = new AtomicLong();

  /**
   * Makes a factory.
   *
   * @param loops where sockets live, of the transport that opens the channels
   * @param statistics counts what sockets do
   * @param limits what bounds connections
   * @param listenerLimits what bounds listeners
   */
  public Channels(
      WskEventLoopGroup loops,
      ProviderStatistics statistics,
      ConnectionLimits limits,
      ListenerLimits listenerLimits) {
    this.statistics = statistics;
    transport = loops.transport();
    this.loops = loops;
    this.limits = limits;
    this.listenerLimits = listenerLimits;
  }

  /**
   * Makes the network end of a socket that will connect.
   *
   * @param addressFamily the family of its addresses
   * @param owner the socket
   * @param state its state
   * @param gate its event gate
   * @param options its options
   * @return the network end, not open yet
   */
  public ConnectionChannel connection(
      int addressFamily,
      ConnectionOwner owner,
      SocketState state,
      EventGate gate,
      SocketOptions options) {
    EventLoop loop = loops.next();
    ChannelOpener opener = () -> prepared(transport.openConnection(family(addressFamily)), options);
    ConnectionChannel connection =
        connection(loop, owner, state, gate, endpoint(loop, opener, options), options);
    connection.settle();
    return connection;
  }

  /**
   * Makes the network end of a socket that will listen.
   *
   * @param addressFamily the family of its addresses
   * @param owner the socket
   * @param state its state
   * @param gate its event gate
   * @param options its options
   * @return the network end, not open yet
   */
  public ListenerChannel listener(
      int addressFamily,
      ListenerOwner owner,
      SocketState state,
      EventGate gate,
      SocketOptions options) {
    EventLoop loop = loops.next();
    ChannelOpener opener = () -> listening(addressFamily, options);
    ListenerChannel listener =
        new ListenerChannel(
            loop,
            owner,
            state,
            gate,
            endpoint(loop, opener, options),
            new ListenerParts(
                listenerLimits, hiding(options), inspected::incrementAndGet, meters(loop)));
    listener.settle();
    return listener;
  }

  /** What an accepted socket inherits is set while the connection is watched. */
  private Hiding hiding(SocketOptions options) {
    return new Hiding(
        loops::next,
        channel -> {
          SocketOptions inherited = new SocketOptions();
          inherited.inherit(options);
          prepared(channel, inherited);
        },
        listenerLimits.inspection().endAborts());
  }

  /** {@return whether listeners can be asked to inspect connections} */
  public boolean inspects() {
    return listenerLimits.inspection().isOffered();
  }

  /**
   * Makes the network end of a socket that was accepted, and gives it the connection.
   *
   * @param arrival the connection, as a listener of this factory reported it
   * @param owner the socket
   * @param state its state
   * @param gate its event gate
   * @param options its options
   * @return the network end, which takes requests at once
   */
  public ConnectionChannel accepted(
      Arrival arrival,
      ConnectionOwner owner,
      SocketState state,
      EventGate gate,
      SocketOptions options) {
    ChannelArrival taken = (ChannelArrival) arrival.take();
    Channel channel = taken.channel();
    ConnectionWatch watch = taken.watch();
    EventLoop loop = watch != null ? watch.home() : loops.next();
    ConnectionChannel connection =
        connection(loop, owner, state, gate, endpoint(loop, () -> channel, options), options);
    if (watch != null) {
      connection.adoption().begin(watch);
      apply(connection, options);
    } else {
      connection.adoption().begin(prepared(channel, options));
    }
    connection.settle();
    return connection;
  }

  private ConnectionChannel connection(
      EventLoop loop,
      ConnectionOwner owner,
      SocketState state,
      EventGate gate,
      Endpoint endpoint,
      SocketOptions options) {
    return new ConnectionChannel(loop, owner, state, gate, endpoint, options, limits, meters(loop));
  }

  private LoopMeters meters(EventLoop loop) {
    return new LoopMeters(statistics, counters.computeIfAbsent(loop, any -> statistics.newLoop()));
  }

  private Endpoint endpoint(EventLoop loop, ChannelOpener opener, SocketOptions options) {
    return new Endpoint(loop, opener, transport, addresses, options);
  }

  private Channel prepared(Channel channel, SocketOptions options) {
    TcpSettings.prepare(transport, channel, options);
    return channel;
  }

  private Channel listening(int addressFamily, SocketOptions options) {
    ServerSocketChannel channel = transport.openListener(family(addressFamily));
    transport.prepareListener(channel, listenerLimits.backlog());
    TcpSettings.prepareListener(channel, options);
    if (addressFamily == AddressFamily.INET6) {
      transport.setIpv6Only(channel, options.ipv6Only());
    }
    return channel;
  }

  private static StandardProtocolFamily family(int addressFamily) {
    return addressFamily == AddressFamily.INET6
        ? StandardProtocolFamily.INET6
        : StandardProtocolFamily.INET;
  }

  /**
   * Carries options that have changed over to a channel; on its loop.
   *
   * @param channel the network end of the socket
   * @param options the options of the socket
   */
  public void apply(ConnectionChannel channel, SocketOptions options) {
    channel.execute(
        () -> {
          if (channel.isOpen()) {
            TcpSettings.apply(transport, channel.channel(), options);
          }
          channel.outgoing().backlog().optionsSet();
        });
  }

  /**
   * Tells whether a family can be served.
   *
   * @param addressFamily the family
   * @return whether it is AF_INET or AF_INET6
   */
  public static boolean isSupported(int addressFamily) {
    return addressFamily == AddressFamily.INET || addressFamily == AddressFamily.INET6;
  }
}
