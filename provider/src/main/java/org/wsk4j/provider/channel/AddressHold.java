package org.wsk4j.provider.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ServerSocketChannel;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.control.SocketOptions;
import org.wsk4j.provider.core.AddressTable;
import org.wsk4j.provider.core.AddressTable.Claim;
import org.wsk4j.provider.transport.Transport;

/**
 * The hold of one socket on its local address: claimed before its first channel is bound, given
 * back when the system has let go of the last.
 *
 * <p>Most sockets have one channel. Those of a stream socket relieve each other: the next one is
 * bound while the one before still is, so the address is never free. The system lets them meet for
 * that moment only; to everybody else the address is taken all the time.
 *
 * <p>Threads: owned by one event loop; only {@link #share} is called from others.
 */
final class AddressHold {
  private final Transport transport;
  private final AddressTable addresses;
  private final SocketOptions options;
  private final boolean several;

  private @Nullable Claim claim;
  private boolean wasBound;
  private volatile List<Channel> channels = List.of();
  private volatile boolean shared;

  /**
   * Makes a hold on nothing.
   *
   * @param transport of the channels
   * @param addresses what all sockets hold
   * @param options of the socket
   * @param several whether the channels of the socket relieve each other
   */
  AddressHold(Transport transport, AddressTable addresses, SocketOptions options, boolean several) {
    this.transport = transport;
    this.addresses = addresses;
    this.options = options;
    this.several = several;
  }

  /** {@return the options of the socket} */
  SocketOptions options() {
    return options;
  }

  /** Claims the address, unless it is held already; {@return SUCCESS, or why it cannot be had} */
  NtStatus claim(InetSocketAddress address) {
    if (claim != null) {
      return NtStatus.SUCCESS;
    }
    options.seal();
    Claim claimed = addresses.claim(wish(address));
    if (claimed.verdict() == NtStatus.SUCCESS) {
      claim = claimed;
      shared |= claimed.isShared();
    } else {
      options.unseal();
    }
    return claimed.verdict();
  }

  private AddressTable.Wish wish(InetSocketAddress address) {
    boolean bothFamilies = address.getAddress() instanceof Inet6Address && !options.ipv6Only();
    return new AddressTable.Wish(
        address,
        bothFamilies,
        new AddressTable.Sharing(
            options.reuseAddress(), options.exclusiveAddress(), options.access()),
        this::share);
  }

  /** Another socket is about to share the address. */
  private void share() {
    shared = true;
    channels.forEach(this::openToOthers);
  }

  /** Called before a channel is bound. */
  void attach(Channel channel) {
    List<Channel> more = new ArrayList<>(channels);
    more.add(channel);
    channels = List.copyOf(more);
    if (shared) {
      openToOthers(channel);
    }
    letMeet(true);
  }

  /** A channel was bound, or it was not. */
  void settled(Channel channel, boolean isBound) {
    letMeet(false);
    Claim held = claim;
    if (isBound && held != null && channel.localAddress() instanceof InetSocketAddress local) {
      wasBound = true;
      held.bound(local.getPort());
    }
  }

  /** A channel is gone, or was never there; the last one gives the address back. */
  void detach(@Nullable Channel channel) {
    List<Channel> fewer = new ArrayList<>(channels);
    fewer.remove(channel);
    channels = List.copyOf(fewer);
    Claim held = claim;
    if (fewer.isEmpty() && held != null) {
      claim = null;
      shared = false;
      held.release();
      if (!wasBound) {
        options.unseal();
      }
    }
  }

  private void openToOthers(Channel channel) {
    if (channel.isOpen()) {
      transport.setReusePort(channel, true);
    }
  }

  /** A listener stays as it was made: it must be able to meet what its connections leave behind. */
  private void letMeet(boolean on) {
    if (several) {
      for (Channel channel : channels) {
        if (channel.isOpen() && !(channel instanceof ServerSocketChannel)) {
          channel.config().setOption(ChannelOption.SO_REUSEADDR, on);
        }
      }
    }
  }
}
