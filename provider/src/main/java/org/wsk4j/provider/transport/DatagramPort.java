package org.wsk4j.provider.transport;

import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A UDP socket of the system on an event loop. Every datagram goes out and comes in as it is.
 *
 * <p>Netty's own datagram channels are not used: they leave out datagrams without data when they
 * send, and cut long ones silently when they receive.
 *
 * <p>Threads: owned by one event loop; {@link #setReusePort} and {@link #setBroadcast} may be
 * called from any thread while it is open.
 */
public interface DatagramPort {
  /**
   * An answer of {@link #send}: nothing was sent, and {@link #isSegmenting} has changed, so the
   * batch has to be filled anew.
   */
  int FILL_AGAIN = -1;

  /** Who is told what the port is ready for; on the event loop. */
  interface Listener {
    /** Something may be there to receive; told again as long as that is so. */
    void readable();

    /** There is room to send again; told once for each {@link #awaitRoom}. */
    void writable();
  }

  /**
   * Sets {@code IPV6_V6ONLY}, before the bind.
   *
   * @param only whether it is to take IPv6 peers alone
   * @return whether the system did it; if not, datagrams of IPv4 peers come in too
   * @throws IOException what the system said
   */
  boolean setIpv6Only(boolean only) throws IOException;

  /**
   * Lets other sockets bind to the same address, or no more.
   *
   * @param on whether they may
   * @return whether the system did it
   * @throws IOException what the system said
   */
  boolean setReusePort(boolean on) throws IOException;

  /**
   * Lets datagrams be sent to broadcast addresses, or no more.
   *
   * @param on whether they may
   * @throws IOException what the system said
   */
  void setBroadcast(boolean on) throws IOException;

  /**
   * Asks the system to keep more of what nobody has received yet.
   *
   * @param bytes how much
   * @throws IOException what the system said
   */
  void setReceiveBuffer(int bytes) throws IOException;

  /**
   * Sets an option that only the system has.
   *
   * @param option one of {@link Transport#datagramOptions}
   * @param value its value
   * @throws IOException what the system said
   */
  void setOption(SystemOption option, int value) throws IOException;

  /**
   * Changes what it hears of a multicast group.
   *
   * @param change what to do
   * @param membership the group, and the sender where the change needs one
   * @throws IOException what the system said
   */
  void change(GroupChange change, GroupMembership membership) throws IOException;

  /**
   * Sets the options of a raw socket; a UDP socket has none of these.
   *
   * @param headerIncluded whether what is sent begins with the header of the packet
   * @param checksumOffset where the system puts the checksum into what is sent by IPv6, and looks
   *     for it in what is received; -1 for nowhere
   * @throws IOException what the system said
   */
  default void setRaw(boolean headerIncluded, int checksumOffset) throws IOException {}

  /**
   * Binds.
   *
   * @param address the local address
   * @throws IOException what the system said
   */
  void bind(InetSocketAddress address) throws IOException;

  /**
   * {@return the local address, with the port that was chosen}
   *
   * @throws IOException what the system said
   */
  InetSocketAddress localAddress() throws IOException;

  /**
   * Begins to tell what the port is ready for; on the loop.
   *
   * @param loop the loop
   * @param listener who is told
   * @throws IOException if the loop does not take it
   */
  void register(IoEventLoop loop, Listener listener) throws IOException;

  /**
   * Says what it is to do beside moving datagrams; on the loop. What its transport cannot do is
   * left out.
   *
   * @param details what it is to do
   * @throws IOException what the system said
   */
  void describe(DatagramDetails details) throws IOException;

  /** Other options of the UDP socket may have changed, on which what is sent depends. */
  void optionsChanged();

  /** {@return whether the system cuts buffers into datagrams, as it is asked to} */
  boolean isSegmenting();

  /**
   * Sends datagrams; those that the system does not take are to be offered again.
   *
   * @param batch the datagrams
   * @param from the first one that has not been sent
   * @return how many the system has taken, 0 if there is no room now, or {@link #FILL_AGAIN}
   * @throws IOException what the system said of the first one
   */
  int send(OutgoingDatagrams batch, int from) throws IOException;

  /** Has {@link Listener#writable} called when there is room to send. */
  void awaitRoom();

  /**
   * Receives datagrams.
   *
   * @param into where they go
   * @return how many, 0 if none is there now
   * @throws IOException what the system said
   */
  int receive(IncomingDatagrams into) throws IOException;

  /** {@return whether it has been closed by nobody} */
  boolean isOpen();

  /**
   * Closes it.
   *
   * @param whenReleased runs once, on the loop, when the system has let go of the socket, perhaps
   *     at once
   */
  void close(Runnable whenReleased);

  /** Closes it for good, because its loop has ended. */
  void abandon();
}
