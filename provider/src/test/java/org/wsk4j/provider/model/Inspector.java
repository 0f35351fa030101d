package org.wsk4j.provider.model;

import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskInspectId;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskInspectAction;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.model.Request.Kind;

/**
 * Looks at the connections of a listening socket before they are offered, if it has one that says
 * so: lets them in at once, or a little later from another thread.
 *
 * <p>Threads: any.
 */
final class Inspector {
  private final WskListener listener;
  private final Journal journal;
  private final Dice dice;
  private final Elsewhere elsewhere;
  private final BooleanSupplier peerMayBeGone;
  private final boolean wanted;

  /** What was asked, and whether it was given up since. */
  private final Map<WskInspectId, Boolean> asked = new ConcurrentHashMap<>();

  private volatile @Nullable WskListeningSocket socket;

  Inspector(
      WskListener listener,
      Journal journal,
      Dice dice,
      Elsewhere elsewhere,
      BooleanSupplier peerMayBeGone) {
    this.peerMayBeGone = peerMayBeGone;
    this.listener = listener;
    this.journal = journal;
    this.elsewhere = elsewhere;
    wanted = dice.oneIn(3);
    this.dice = Dice.of(dice.seed(), 12);
  }

  /** {@return whether the socket is to inspect} */
  boolean isWanted() {
    return wanted;
  }

  /** Switches it on before the socket is bound. */
  NtStatus begin(WskListeningSocket made, Irp irp) {
    socket = made;
    return made.controlSocket(
        WskControlSocketType.SET_OPTION, WskOptions.CONDITIONAL_ACCEPT, 1, 0, null, null, irp);
  }

  @Nullable WskInspectAction inspect(
      @Nullable Object context,
      @Nullable SocketAddress local,
      @Nullable SocketAddress remote,
      @Nullable WskInspectId id) {
    journal.note("listener inspects " + remote);
    journal.require(wanted && context == listener, "inspected unasked");
    if (id == null || remote == null) {
      journal.violation("the listener is dead");
      return WskInspectAction.REJECT;
    }
    WskInspectId kept = id;
    journal.require(asked.put(kept, false) == null, "an inspect ID came twice");
    if (dice.oneIn(2)) {
      return WskInspectAction.ACCEPT;
    }
    elsewhere.run(journal, () -> complete(kept));
    return WskInspectAction.PEND;
  }

  NtStatus abort(@Nullable Object context, WskInspectId id) {
    journal.note("listener gives up what it inspects");
    journal.require(asked.put(id, true) != null, "given up unasked");
    return NtStatus.SUCCESS;
  }

  private void complete(WskInspectId id) {
    WskListeningSocket open = socket;
    if (open == null) {
      return;
    }
    Request request = listener.requests().begin(Kind.INSPECT, "listener lets in");
    request.submit(
        irp -> open.inspectComplete(id, WskInspectAction.ACCEPT, irp),
        done -> {
          boolean allowed =
              done.status() == NtStatus.SUCCESS
                  || done.status() == NtStatus.NOT_FOUND && peerMayBeGone.getAsBoolean()
                  || listener.mayBeClosing()
                  || Boolean.TRUE.equals(asked.get(id));
          journal.require(allowed, done + " ended with " + done.status());
        });
  }
}
