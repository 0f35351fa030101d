package org.wsk4j.provider.channel;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.control.SocketOptions;
import org.wsk4j.provider.core.AddressTable;
import org.wsk4j.provider.core.AddressTable.Claim;
import org.wsk4j.provider.transport.DatagramPort;
import org.wsk4j.provider.transport.IoOperation;
import org.wsk4j.provider.transport.Statuses;

/**
 * The UDP socket of a datagram socket, and its hold on the local address: claimed before the bind,
 * given back when the system has let go of it.
 *
 * <p>Threads: owned by one event loop; only {@link #share} and {@link #port} are used by others.
 */
final class DatagramHold {
  private static final Logger LOG = LoggerFactory.getLogger(DatagramHold.class);

  private final DatagramOpener opener;
  private final AddressTable addresses;
  private final SocketOptions options;

  private @Nullable Claim claim;
  private volatile boolean shared;
  private volatile @Nullable DatagramPort port;

  DatagramHold(DatagramOpener opener, AddressTable addresses, SocketOptions options) {
    this.opener = opener;
    this.addresses = addresses;
    this.options = options;
  }

  /** The UDP socket, or {@code null} while there is none. */
  @Nullable DatagramPort port() {
    return port;
  }

  /** Opens a UDP socket and binds it; if that fails, nothing is left. */
  NtStatus bind(InetSocketAddress address) {
    options.seal();
    Claim claimed = addresses.claim(wish(address));
    NtStatus status = claimed.verdict();
    if (status == NtStatus.SUCCESS) {
      claim = claimed;
      shared |= claimed.isShared();
      status = openAt(address);
    }
    if (status != NtStatus.SUCCESS) {
      release();
      options.unseal();
    }
    return status;
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

  private NtStatus openAt(InetSocketAddress address) {
    IoOperation step = IoOperation.OPEN;
    DatagramPort opened = null;
    try {
      opened = opener.open();
      step = IoOperation.BIND;
      port = opened;
      if (shared) {
        opened.setReusePort(true);
      }
      opened.bind(address);
      Claim held = claim;
      if (held != null) {
        held.bound(opened.localAddress().getPort());
      }
      return NtStatus.SUCCESS;
    } catch (IOException | RuntimeException cause) {
      if (opened != null) {
        opened.abandon();
      }
      return Statuses.of(cause, step);
    }
  }

  /** Another socket is about to share the address. */
  private void share() {
    shared = true;
    DatagramPort current = port;
    try {
      if (current != null && current.isOpen()) {
        current.setReusePort(true);
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} cannot be opened to others", current, e);
    }
  }

  /** Closes the UDP socket; {@code whenGone} runs when the system has let go of it. */
  void close(Runnable whenGone) {
    DatagramPort current = port;
    if (current == null) {
      whenGone.run();
    } else if (current.isOpen()) {
      current.close(
          () -> {
            release();
            whenGone.run();
          });
    }
  }

  /** The loop has ended: nothing will be heard of the UDP socket any more. */
  void abandon() {
    DatagramPort current = port;
    if (current != null) {
      current.abandon();
      release();
    }
  }

  private void release() {
    port = null;
    shared = false;
    Claim held = claim;
    if (held != null) {
      claim = null;
      held.release();
    }
  }
}
