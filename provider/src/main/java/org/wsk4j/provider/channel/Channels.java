package org.wsk4j.provider.channel;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ServerSocketChannel;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.provider.control.SocketOptions;
import org.wsk4j.provider.core.AddressTable;
import org.wsk4j.provider.core.Arrival;
import org.wsk4j.provider.stats.LoopCounters;
import org.wsk4j.provider.stats.ProviderStatistics;
import org.wsk4j.provider.transport.DatagramMemory;
import org.wsk4j.provider.transport.DatagramPort;
import org.wsk4j.provider.transport.SystemOption;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;
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
  private final RawSockets rawSockets;
  private final AddressTable addresses = new AddressTable();

  /** Those of UDP: the ports of the two protocols have nothing to do with each other (DGB-28). */
  private final AddressTable datagramAddresses = new AddressTable();

  /** The memory through which datagrams pass, for each loop. */
  private final Map<EventLoop, DatagramMemory> datagramMemory = new ConcurrentHashMap<>();

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
    rawSockets = new RawSockets(transport);
    this.loops = loops;
    this.limits = limits;
    this.listenerLimits = listenerLimits;
  }

  /**
   * Makes the network end of a socket that will connect.
   *
   * @param parts what it has in common with the socket
   * @param owner the socket
   * @return the network end, not open yet
   */
  public ConnectionChannel connection(SocketParts parts, ConnectionOwner owner) {
    EventLoop loop = loops.next();
    ConnectionChannel connection =
        connection(loop, parts, owner, endpoint(loop, connecting(parts), hold(parts, false)));
    connection.settle();
    return connection;
  }

  /**
   * Makes the network end of a stream socket: it will connect, unless it leaves its address to the
   * listener {@link #beside} it.
   *
   * @param parts what it has in common with the socket
   * @param owner the socket
   * @return the network end, not open yet
   */
  public ConnectionChannel undecided(SocketParts parts, ConnectionOwner owner) {
    EventLoop loop = loops.next();
    AddressHold hold = hold(parts, true);
    ChannelOpener opener = () -> inFamily(connecting(parts).open(), parts);
    return new ConnectionChannel(
        loop,
        owner,
        parts,
        endpoint(loop, opener, hold),
        new Reservation(endpoint(loop, opener, hold)),
        limits,
        meters(loop));
  }

  /**
   * Makes the network end of a stream socket for the case that it will listen; now both are
   * complete.
   *
   * @param undecided its other network end
   * @param parts what it has in common with the socket
   * @param owner the socket
   * @return the network end, not open yet, on the same event loop
   */
  public ListenerChannel beside(
      ConnectionChannel undecided, SocketParts parts, ListenerOwner owner) {
    ListenerChannel listener = listener(undecided.loop(), parts, owner, undecided.hold());
    listener.dieWith(undecided);
    undecided.settle();
    listener.settle();
    return listener;
  }

  /**
   * Makes the network end of a socket that will listen.
   *
   * @param parts what it has in common with the socket
   * @param owner the socket
   * @return the network end, not open yet
   */
  public ListenerChannel listener(SocketParts parts, ListenerOwner owner) {
    ListenerChannel listener = listener(loops.next(), parts, owner, hold(parts, false));
    listener.settle();
    return listener;
  }

  /**
   * Makes the network end of a socket for datagrams.
   *
   * @param parts what it has in common with the socket
   * @param owner the socket
   * @return the network end, not open yet
   */
  public DatagramEnd datagrams(SocketParts parts, DatagramOwner owner) {
    EventLoop loop = loops.next();
    DatagramEnd end =
        new DatagramEnd(
            loop,
            owner,
            parts,
            new DatagramParts(
                () -> preparedPort(parts, owner.rawProtocol()),
                owner.rawProtocol() == 0 ? datagramAddresses : new AddressTable(),
                () -> datagramMemory.computeIfAbsent(loop, any -> new DatagramMemory()),
                meters(loop)));
    end.settle();
    return end;
  }

  /** {@return whether raw sockets can be had} */
  public RawSockets rawSockets() {
    return rawSockets;
  }

  /** A raw socket is of one family, and ports mean nothing to it: it meets no other one. */
  private DatagramPort preparedPort(SocketParts parts, int rawProtocol) throws IOException {
    StandardProtocolFamily family = family(parts.addressFamily());
    boolean raw = rawProtocol != 0;
    DatagramPort port =
        raw ? transport.openRaw(family, rawProtocol) : transport.openDatagram(family);
    try {
      if (!raw && parts.addressFamily() == AddressFamily.INET6) {
        port.setIpv6Only(parts.options().ipv6Only());
      }
      DatagramSettings.apply(port, parts.options());
      return port;
    } catch (IOException | RuntimeException refused) {
      port.abandon();
      throw refused;
    }
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
   * @param parts what it has in common with the socket
   * @param owner the socket
   * @param arrival the connection, as a listener of this factory reported it
   * @return the network end, which takes requests at once
   */
  public ConnectionChannel accepted(SocketParts parts, ConnectionOwner owner, Arrival arrival) {
    ChannelArrival taken = (ChannelArrival) arrival.take();
    Channel channel = taken.channel();
    ConnectionWatch watch = taken.watch();
    EventLoop loop = watch != null ? watch.home() : loops.next();
    Endpoint endpoint = endpoint(loop, () -> channel, hold(parts, false));
    ConnectionChannel connection = connection(loop, parts, owner, endpoint);
    if (watch != null) {
      connection.adoption().begin(watch);
      apply(connection, parts.options());
    } else {
      connection.adoption().begin(prepared(channel, parts.options()));
    }
    connection.settle();
    return connection;
  }

  private ConnectionChannel connection(
      EventLoop loop, SocketParts parts, ConnectionOwner owner, Endpoint endpoint) {
    return new ConnectionChannel(loop, owner, parts, endpoint, null, limits, meters(loop));
  }

  private ListenerChannel listener(
      EventLoop loop, SocketParts parts, ListenerOwner owner, AddressHold hold) {
    ChannelOpener opener = () -> listening(parts);
    return new ListenerChannel(
        loop,
        owner,
        parts,
        endpoint(loop, opener, hold),
        new ListenerParts(
            listenerLimits, hiding(parts.options()), inspected::incrementAndGet, meters(loop)));
  }

  private LoopMeters meters(EventLoop loop) {
    return new LoopMeters(statistics, counters.computeIfAbsent(loop, any -> statistics.newLoop()));
  }

  private Endpoint endpoint(EventLoop loop, ChannelOpener opener, AddressHold hold) {
    return new Endpoint(loop, opener, transport, hold);
  }

  private AddressHold hold(SocketParts parts, boolean several) {
    return new AddressHold(transport, addresses, parts.options(), several);
  }

  private ChannelOpener connecting(SocketParts parts) {
    return () -> prepared(transport.openConnection(family(parts.addressFamily())), parts.options());
  }

  private Channel prepared(Channel channel, SocketOptions options) {
    TcpSettings.prepare(transport, channel, options);
    return channel;
  }

  private Channel listening(SocketParts parts) {
    ServerSocketChannel channel = transport.openListener(family(parts.addressFamily()));
    transport.prepareListener(channel, listenerLimits.backlog());
    TcpSettings.prepareListener(transport, channel, parts.options());
    return inFamily(channel, parts);
  }

  /** What may listen keeps off the other family's addresses, where the system can. */
  private Channel inFamily(Channel channel, SocketParts parts) {
    if (parts.addressFamily() == AddressFamily.INET6) {
      transport.setIpv6Only(channel, parts.options().ipv6Only());
    }
    return channel;
  }

  static StandardProtocolFamily family(int addressFamily) {
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
   * Tells whether the network ends made here can carry an option over to the system.
   *
   * @param option which
   * @param tcp whether the network end is one of TCP
   * @return whether they can
   */
  public boolean offers(SystemOption option, boolean tcp) {
    return (tcp ? transport.options() : transport.datagramOptions()).contains(option);
  }

  /**
   * Tells whether the transport of the network ends made here can do something.
   *
   * @param feature what
   * @return whether it can
   */
  public boolean can(TransportFeature feature) {
    return transport.can(feature);
  }

  /**
   * Runs something on one of the event loops.
   *
   * @param work what to run
   */
  public void execute(Runnable work) {
    loops.next().execute(work);
  }

  /** {@return one of the event loops} */
  public Executor anyLoop() {
    return loops.next();
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
