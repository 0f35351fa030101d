package org.wsk4j.provider.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that are fixed on a datagram socket: the one set last serves sends without a
 * destination; clearing it falls back to the other, if that is set. The remote address also says
 * whose datagrams are received, the send-to address does not (OPC-12).
 *
 * <p>Threads: any.
 */
public final class FixedAddresses {
  private static final VarHandle CURRENT;

  static {
    try {
      CURRENT =
          MethodHandles.lookup().findVarHandle(FixedAddresses.class, "current", Setting.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile Setting current = new Setting(null, null, false);

  /** Makes a setting without addresses. */
  public FixedAddresses() {}

  private record Setting(
      @Nullable InetSocketAddress remote,
      @Nullable InetSocketAddress sendTo,
      boolean isRemoteLast) {
    Setting withRemote(@Nullable InetSocketAddress address) {
      return new Setting(address, sendTo, true);
    }

    Setting withSendTo(@Nullable InetSocketAddress address) {
      return new Setting(remote, address, false);
    }

    @Nullable InetSocketAddress destination() {
      InetSocketAddress first = isRemoteLast ? remote : sendTo;
      InetSocketAddress second = isRemoteLast ? sendTo : remote;
      return first != null ? first : second;
    }
  }

  /**
   * Fixes the remote address.
   *
   * @param address the address, or {@code null} to clear it
   */
  public void setRemote(@Nullable InetSocketAddress address) {
    Setting before = current;
    while (!CURRENT.compareAndSet(this, before, before.withRemote(address))) {
      before = current;
    }
  }

  /**
   * Fixes the send-to address.
   *
   * @param address the address, or {@code null} to clear it
   */
  public void setSendTo(@Nullable InetSocketAddress address) {
    Setting before = current;
    while (!CURRENT.compareAndSet(this, before, before.withSendTo(address))) {
      before = current;
    }
  }

  /** {@return where a send without a destination goes, or {@code null} if no address is fixed} */
  public @Nullable InetSocketAddress destination() {
    return current.destination();
  }

  /**
   * Tells whether a datagram is received.
   *
   * @param sender where it comes from
   * @return whether no remote address is fixed, or this one
   */
  public boolean admits(SocketAddress sender) {
    InetSocketAddress remote = current.remote();
    return remote == null || remote.equals(sender);
  }
}
