package org.wsk4j.provider.core;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.core.SharingRules.Mode;
import org.wsk4j.provider.core.SharingRules.Verdict;

/**
 * The addresses that sockets of one protocol are bound to, so that they are shared as Windows
 * shares them and not as the system below does.
 *
 * <p>A bind claims its address here first. Where the table lets two sockets meet that the system
 * would keep apart, those that hold the address are told to open it to the newcomer; so an address
 * is open to others, also to other programs, only once sharing was asked for.
 *
 * <p>A bind to port 0 claims nothing until the system has chosen.
 *
 * <p>Threads: any; a lock is held for a look at the sockets of one port, never while calling out.
 */
public final class AddressTable {
  private final Map<Integer, List<Claim>> claims = new HashMap<>();

  /** Makes an empty table. */
  public AddressTable() {}

  /**
   * How a socket shares its address.
   *
   * @param reuse whether SO_REUSEADDR is set
   * @param exclusive whether SO_EXCLUSIVEADDRUSE is set
   * @param access what decides where the options do not
   */
  public record Sharing(boolean reuse, boolean exclusive, AddressAccess access) {
    Mode mode() {
      if (exclusive) {
        return Mode.EXCLUSIVE;
      }
      return reuse ? Mode.REUSE : Mode.PLAIN;
    }
  }

  /**
   * What a socket wants of an address.
   *
   * @param address the address
   * @param bothFamilies whether it is an IPv6 wildcard that serves IPv4 too
   * @param sharing how it is to be shared
   * @param open opens the address of the bound socket to others; called from any thread
   */
  public record Wish(
      InetSocketAddress address, boolean bothFamilies, Sharing sharing, Runnable open) {
    boolean isWildcard() {
      return SocketAddresses.isWildcard(address);
    }
  }

  /** The hold of one socket on its address. */
  public final class Claim {
    private final Wish wish;
    private final NtStatus verdict;
    private final boolean shared;

    /** Guarded by the table. */
    private int port;

    private Claim(Wish wish, NtStatus verdict, boolean shared) {
      this.wish = wish;
      this.verdict = verdict;
      this.shared = shared;
    }

    /** {@return SUCCESS if the socket may bind, else what its bind is answered} */
    public NtStatus verdict() {
      return verdict;
    }

    /**
     * {@return whether others hold the address too, so that the socket has to open it from the
     * start}
     */
    public boolean isShared() {
      return shared;
    }

    /**
     * Notes the port that the system has chosen.
     *
     * @param chosen the port
     */
    public void bound(int chosen) {
      if (port == 0) {
        add(this, chosen);
      }
    }

    /** Gives the address back; once more does nothing. */
    public void release() {
      remove(this);
    }
  }

  /**
   * Claims an address.
   *
   * @param wish what the socket wants
   * @return the hold; its verdict says whether it was given
   */
  public Claim claim(Wish wish) {
    int port = wish.address().getPort();
    if (port == 0) {
      return new Claim(wish, NtStatus.SUCCESS, false);
    }
    List<Claim> met = new ArrayList<>();
    Claim claim;
    synchronized (this) {
      NtStatus verdict = judge(wish, port, met);
      claim = new Claim(wish, verdict, !met.isEmpty());
      if (verdict == NtStatus.SUCCESS) {
        add(claim, port);
      }
    }
    if (claim.verdict == NtStatus.SUCCESS) {
      met.forEach(holder -> holder.wish.open().run());
    }
    return claim;
  }

  private NtStatus judge(Wish second, int port, List<Claim> met) {
    for (Claim first : claims.getOrDefault(port, List.of())) {
      if (!meet(first.wish, second)) {
        continue;
      }
      NtStatus status = judge(first.wish, second);
      if (status != NtStatus.SUCCESS) {
        return status;
      }
      met.add(first);
    }
    return NtStatus.SUCCESS;
  }

  private static NtStatus judge(Wish first, Wish second) {
    Verdict verdict =
        SharingRules.judge(
            first.isWildcard(), first.sharing.mode(), second.isWildcard(), second.sharing.mode());
    return switch (verdict) {
      case SHARED -> NtStatus.SUCCESS;
      case EXISTS -> NtStatus.ADDRESS_ALREADY_EXISTS;
      case DENIED -> NtStatus.ACCESS_DENIED;
      case CHECK ->
          first.sharing.access().admits(second.sharing.access())
              ? NtStatus.SUCCESS
              : NtStatus.ACCESS_DENIED;
    };
  }

  /** Whether two binds on one port have anything to do with each other. */
  private static boolean meet(Wish first, Wish second) {
    boolean sameFamily = family(first) == family(second);
    if (!sameFamily && !first.bothFamilies() && !second.bothFamilies()) {
      return false;
    }
    if (first.isWildcard() || second.isWildcard()) {
      return true;
    }
    return plain(first).equals(plain(second));
  }

  private static int family(Wish wish) {
    return SocketAddresses.isMapped(wish.address())
        ? SocketAddresses.family(new InetSocketAddress(plain(wish), 0))
        : SocketAddresses.family(wish.address());
  }

  private static InetAddress plain(Wish wish) {
    return SocketAddresses.unmap(wish.address().getAddress());
  }

  private synchronized void add(Claim claim, int port) {
    claim.port = port;
    claims.computeIfAbsent(port, any -> new ArrayList<>(1)).add(claim);
  }

  private synchronized void remove(Claim claim) {
    List<Claim> holders = claims.get(claim.port);
    if (holders != null && holders.remove(claim) && holders.isEmpty()) {
      claims.remove(claim.port);
    }
  }

  /** {@return how many sockets hold an address} */
  public synchronized int size() {
    return claims.values().stream().mapToInt(List::size).sum();
  }
}
