package org.wsk4j.provider.channel;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.net.Protocol;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.transport.IoOperation;
import org.wsk4j.provider.transport.Statuses;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.provider.transport.TransportFeature;

/**
 * Whether raw sockets can be had. The system is asked each time, by opening one: a process may gain
 * and lose the privilege.
 *
 * <p>Threads: any.
 */
public final class RawSockets {
  private static final Logger LOG = LoggerFactory.getLogger(RawSockets.class);

  private static final int LAST_PROTOCOL = 255;

  private final Transport transport;
  private final AtomicBoolean complained = new AtomicBoolean();

  RawSockets(Transport transport) {
    this.transport = transport;
  }

  /**
   * Judges a raw socket that is to be made.
   *
   * @param addressFamily AF_INET or AF_INET6
   * @param protocol its protocol
   * @return SUCCESS; NOT_SUPPORTED if the transport has none or there is no such protocol;
   *     ACCESS_DENIED without the privilege; or what else the system said
   */
  public NtStatus check(int addressFamily, int protocol) {
    NtStatus status = ask(addressFamily, protocol);
    if (status == NtStatus.ACCESS_DENIED && complained.compareAndSet(false, true)) {
      LOG.warn(
          "Raw sockets are denied: this process lacks the capability CAP_NET_RAW."
              + " Run it as root, or give that capability to it.");
    }
    return status;
  }

  /**
   * Tells whether raw sockets of a family can be made now.
   *
   * @param addressFamily AF_INET or AF_INET6
   * @return whether they can
   */
  public boolean areOffered(int addressFamily) {
    return ask(addressFamily, Protocol.RAW) == NtStatus.SUCCESS;
  }

  private NtStatus ask(int addressFamily, int protocol) {
    boolean known = protocol > 0 && protocol <= LAST_PROTOCOL;
    if (!known || !transport.can(TransportFeature.RAW_SOCKETS)) {
      return NtStatus.NOT_SUPPORTED;
    }
    StandardProtocolFamily family = Channels.family(addressFamily);
    try {
      transport.openRaw(family, protocol).abandon();
      return NtStatus.SUCCESS;
    } catch (IOException refused) {
      return Statuses.of(refused, IoOperation.OPEN);
    }
  }
}
