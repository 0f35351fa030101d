package org.wsk4j.provider.transport;

import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket of the system on an event loop: one call of the system for each datagram, so that
 * every datagram goes out and comes in as it is.
 *
 * <p>Netty's own datagram channels are not used: they leave out datagrams without data when they
 * send, and cut long ones silently when they receive.
 *
 * <p>Threads: owned by one event loop; {@link #setReusePort} and {@link #setBroadcast} may be
 * called from any thread while it is open.
 */
public interface DatagramPort {
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
   * Sends one datagram.
   *
   * @param data what remains of this direct buffer; nothing if it is empty
   * @param remote where it goes
   * @return whether the system has taken it; if not, there is no room now. The system does not tell
   *     that of a datagram without data, which then is lost, as datagrams may be
   * @throws IOException what the system said
   */
  boolean send(ByteBuffer data, InetSocketAddress remote) throws IOException;

  /** Has {@link Listener#writable} called when there is room to send. */
  void awaitRoom();

  /**
   * Receives one datagram.
   *
   * @param data a direct buffer; the datagram is put at its position, which moves behind it
   * @return the sender, or {@code null} if nothing is there now
   * @throws IOException what the system said
   */
  @Nullable InetSocketAddress receive(ByteBuffer data) throws IOException;

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
