package org.wsk4j.provider.control;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.core.AddressAccess;
import org.wsk4j.provider.transport.DatagramDetails;
import org.wsk4j.provider.transport.DatagramInfo;
import org.wsk4j.provider.transport.SystemOption;
import org.wsk4j.security.SecurityDescriptor;

/**
 * The values that a client has set on a socket, and those that it starts with. The network end
 * takes them from here when its channel opens, and again when one has changed.
 *
 * <p>Threads: any; each value is a word of its own. Options that must precede bind are set until a
 * bind {@link #seal seals} them: it sees all that was set with success, and nothing of what was
 * refused.
 */
public final class SocketOptions {
  /** The receive buffer that a socket starts with, in bytes. */
  public static final int DEFAULT_RECEIVE_BUFFER = 64 * 1024;

  /** The send buffer that a socket starts with, in bytes. */
  public static final int DEFAULT_SEND_BUFFER = 64 * 1024;

  /** The checksum of raw packets is the client's. */
  static final int NO_CHECKSUM = -1;

  /** Nothing was asked for; 0 can be asked for. */
  private static final int UNSET = -1;

  /** Whether a bind has begun to read what counts for it. Guarded by this. */
  private boolean sealed;

  /** An accepted socket is nobody, since its listener has the address. */
  private volatile AddressAccess access = AddressAccess.NONE;

  private volatile boolean conditionalAccept;
  private volatile boolean exclusiveAddress;
  private volatile boolean reuseAddress;
  private volatile boolean keepAlive;
  private volatile boolean noDelay;
  private volatile boolean fastOpen;
  private volatile boolean broadcast;
  private volatile boolean ipv6Only = true;
  private volatile boolean noChecksum;
  private volatile boolean multicastLoop = true;
  private volatile boolean multicastLoop6 = true;
  private volatile DatagramDetails datagramDetails = DatagramDetails.NONE;
  private volatile int sendMessageSize;
  private volatile int mostCoalesced;
  private volatile boolean headerIncluded;
  private volatile int checksumOffset = NO_CHECKSUM;
  private volatile int receiveBuffer = UNSET;
  private volatile int sendBuffer = UNSET;
  private volatile int keepIdleSeconds = 7200;
  private volatile int keepIntervalSeconds = 1;
  private volatile int keepCount = 10;

  /** What the client has set of the options that only the system has; replaced as a whole. */
  private volatile Map<SystemOption, Integer> system = Map.of();

  /** Makes the values that a new socket starts with. */
  public SocketOptions() {}

  /**
   * Takes over what an accepted socket inherits from its listener (LSN-48, LSN-49), the descriptor
   * of the address that they share among it.
   *
   * @param listener the values of the listener
   */
  public void inherit(SocketOptions listener) {
    keepAlive = listener.keepAlive;
    receiveBuffer = listener.receiveBuffer;
    keepIdleSeconds = listener.keepIdleSeconds;
    keepIntervalSeconds = listener.keepIntervalSeconds;
    keepCount = listener.keepCount;
    ipv6Only = listener.ipv6Only;
    noDelay = listener.noDelay;
    access = AddressAccess.NONE.with(listener.access.descriptor());
    system = listener.system;
  }

  /**
   * Sets a value that counts at bind.
   *
   * @param set judges and sets the value
   * @return what that says; INVALID_DEVICE_STATE if a bind came first
   */
  synchronized NtStatus beforeBind(Supplier<NtStatus> set) {
    return sealed ? NtStatus.INVALID_DEVICE_STATE : set.get();
  }

  /** A bind reads the values that count for it: they stay as they are, unless it fails. */
  public synchronized void seal() {
    sealed = true;
  }

  /** The bind has failed: the values may be set again. */
  public synchronized void unseal() {
    sealed = false;
  }

  /** {@return whom the socket lets share its address, and who it is itself} */
  public AddressAccess access() {
    return access;
  }

  /**
   * Gives a new socket its protection, before it is anybody's.
   *
   * @param created its descriptor, and who made it
   */
  public void protect(AddressAccess created) {
    access = created;
  }

  void setSecurity(SecurityDescriptor descriptor) {
    access = access.with(descriptor);
  }

  /** {@return whether connections are inspected before they are accepted} */
  public boolean conditionalAccept() {
    return conditionalAccept;
  }

  void setConditionalAccept(boolean on) {
    conditionalAccept = on;
  }

  /** {@return whether nobody may share the address} */
  public boolean exclusiveAddress() {
    return exclusiveAddress;
  }

  void setExclusiveAddress(boolean on) {
    exclusiveAddress = on;
  }

  /** {@return whether the address may be shared with others who want that too} */
  public boolean reuseAddress() {
    return reuseAddress;
  }

  void setReuseAddress(boolean on) {
    reuseAddress = on;
  }

  /** {@return whether an idle connection is probed} */
  public boolean keepAlive() {
    return keepAlive;
  }

  void setKeepAlive(boolean on) {
    keepAlive = on;
  }

  /** {@return whether the client has asked for no delay; the system's own option is always on} */
  public boolean noDelay() {
    return noDelay;
  }

  void setNoDelay(boolean on) {
    noDelay = on;
  }

  /** {@return whether data may travel with the connection's first segment} */
  public boolean fastOpen() {
    return fastOpen;
  }

  void setFastOpen(boolean on) {
    fastOpen = on;
  }

  /** {@return whether datagrams may be sent to broadcast addresses} */
  public boolean broadcast() {
    return broadcast;
  }

  void setBroadcast(boolean on) {
    broadcast = on;
  }

  boolean noChecksum() {
    return noChecksum;
  }

  void setNoChecksum(boolean on) {
    noChecksum = on;
  }

  /** {@return whether the IPv4 multicasts of this machine are heard} */
  public boolean multicastLoop() {
    return multicastLoop;
  }

  void setMulticastLoop(boolean on) {
    multicastLoop = on;
  }

  /** {@return whether the IPv6 multicasts of this machine are heard} */
  public boolean multicastLoop6() {
    return multicastLoop6;
  }

  void setMulticastLoop6(boolean on) {
    multicastLoop6 = on;
  }

  /** {@return whether an IPv6 socket leaves IPv4 alone} */
  public boolean ipv6Only() {
    return ipv6Only;
  }

  void setIpv6Only(boolean on) {
    ipv6Only = on;
  }

  /** {@return what a datagram socket does beside moving datagrams; the same until it changes} */
  public DatagramDetails datagramDetails() {
    return datagramDetails;
  }

  /** {@return whether a receive tells by failing that nobody is at the port of a peer} */
  public boolean reportsRefusals() {
    return wants(DatagramInfo.REFUSALS);
  }

  boolean wants(DatagramInfo info) {
    return (datagramDetails.wanted() & info.bit()) != 0;
  }

  synchronized void setWanted(DatagramInfo info, boolean on) {
    int others = datagramDetails.wanted() & ~info.bit();
    datagramDetails =
        new DatagramDetails(on ? others | info.bit() : others, datagramDetails.coalescing());
  }

  /** {@return into how large datagrams each buffer that is sent is cut, or 0 if it is not} */
  public int sendMessageSize() {
    return sendMessageSize;
  }

  void setSendMessageSize(int bytes) {
    sendMessageSize = bytes;
  }

  /** {@return how many bytes of joined datagrams come as one at most, or 0 if none are joined} */
  public int mostCoalesced() {
    return mostCoalesced;
  }

  synchronized void setMostCoalesced(int bytes) {
    mostCoalesced = bytes;
    datagramDetails = new DatagramDetails(datagramDetails.wanted(), bytes != 0);
  }

  /** {@return the receive buffer that was set, in bytes, or a negative number if none was} */
  public int requestedReceiveBuffer() {
    return receiveBuffer;
  }

  /** {@return the receive buffer, in bytes} */
  public int receiveBuffer() {
    return receiveBuffer != UNSET ? receiveBuffer : DEFAULT_RECEIVE_BUFFER;
  }

  void setReceiveBuffer(int bytes) {
    receiveBuffer = bytes;
  }

  /** {@return the send buffer that was set, in bytes, or a negative number if none was} */
  public int requestedSendBuffer() {
    return sendBuffer;
  }

  /** {@return the send buffer, in bytes} */
  public int sendBuffer() {
    return sendBuffer != UNSET ? sendBuffer : DEFAULT_SEND_BUFFER;
  }

  void setSendBuffer(int bytes) {
    sendBuffer = bytes;
  }

  /** {@return after how many idle seconds the first probe goes out} */
  public int keepIdleSeconds() {
    return keepIdleSeconds;
  }

  void setKeepIdleSeconds(int seconds) {
    keepIdleSeconds = seconds;
  }

  /** {@return how many seconds lie between two probes} */
  public int keepIntervalSeconds() {
    return keepIntervalSeconds;
  }

  void setKeepIntervalSeconds(int seconds) {
    keepIntervalSeconds = seconds;
  }

  /** {@return how many probes stay without an answer before the connection counts as dead} */
  public int keepCount() {
    return keepCount;
  }

  void setKeepCount(int count) {
    keepCount = count;
  }

  /** {@return whether what a raw socket sends begins with the header of the packet} */
  public boolean headerIncluded() {
    return headerIncluded;
  }

  void setHeaderIncluded(boolean on) {
    headerIncluded = on;
  }

  /** {@return where the system does the checksum of packets of a raw IPv6 socket, or -1} */
  public int checksumOffset() {
    return checksumOffset;
  }

  void setChecksumOffset(int offset) {
    checksumOffset = offset;
  }

  /** {@return what the client has set of the options that only the system has} */
  public Map<SystemOption, Integer> system() {
    return system;
  }

  int system(SystemOption option) {
    return system.getOrDefault(option, option.initial());
  }

  synchronized void setSystem(SystemOption option, int value) {
    Map<SystemOption, Integer> changed = new EnumMap<>(SystemOption.class);
    changed.putAll(system);
    changed.put(option, value);
    system = Map.copyOf(changed);
  }
}
