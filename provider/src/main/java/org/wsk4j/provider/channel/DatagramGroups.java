package org.wsk4j.provider.channel;

import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.core.Memberships;
import org.wsk4j.provider.core.SocketState;
import org.wsk4j.provider.transport.DatagramPort;
import org.wsk4j.provider.transport.GroupChange;
import org.wsk4j.provider.transport.GroupMembership;
import org.wsk4j.provider.transport.IoOperation;
import org.wsk4j.provider.transport.Statuses;

/**
 * The multicast groups of a datagram socket. What it joins before its bind the bind makes, once its
 * UDP socket is there; they end with that.
 *
 * <p>Threads: owned by one event loop.
 */
public final class DatagramGroups {
  private final SocketState state;
  private final Supplier<@Nullable DatagramPort> port;
  private final Memberships memberships = new Memberships();

  DatagramGroups(SocketState state, Supplier<@Nullable DatagramPort> port) {
    this.state = state;
    this.port = port;
  }

  /**
   * Makes a change.
   *
   * @param change what to do
   * @param asked the group, and the sender where the change needs one
   * @return SUCCESS, or why it could not be done; then nothing has changed
   */
  public NtStatus change(GroupChange change, GroupMembership asked) {
    if (state.checkOpen() != NtStatus.SUCCESS) {
      return state.wrongPhase();
    }
    GroupMembership membership = memberships.located(asked);
    NtStatus status = memberships.judge(change, membership);
    DatagramPort there = port.get();
    if (status == NtStatus.SUCCESS && there != null) {
      status = make(there, change, membership);
    }
    if (status == NtStatus.SUCCESS) {
      memberships.made(change, membership);
    }
    return status;
  }

  private static NtStatus make(DatagramPort there, GroupChange change, GroupMembership membership) {
    try {
      there.change(change, membership);
      return NtStatus.SUCCESS;
    } catch (IOException | RuntimeException refused) {
      return Statuses.of(refused, IoOperation.CONTROL);
    }
  }

  /** Joins with a new UDP socket what was joined before; {@return SUCCESS, or what was refused} */
  NtStatus joinAgain(DatagramPort there) {
    for (Memberships.Step step : memberships.steps()) {
      NtStatus status = make(there, step.change(), step.membership());
      if (status != NtStatus.SUCCESS) {
        return status;
      }
    }
    return NtStatus.SUCCESS;
  }
}
