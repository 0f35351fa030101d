package org.wsk4j.provider.model;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nt.NtStatus;

/**
 * What is known of the connection as one end sees it, and which statuses the contract allows
 * therefore. A fact is possible from the moment before the call that makes it true, and counts for
 * whatever completes from then on; it is certain when that call has returned, and counts for the
 * calls made from then on.
 *
 * <p>Threads: any; facts never become false again.
 */
final class SocketModel {
  /** What may be so. */
  enum Fact {
    /** This side was bound; its address is known. */
    BOUND,
    /** A connect was tried. */
    CONNECTING,
    /** The connection stands, or stood. */
    CONNECTED,
    /** A connect may fail: nobody listens. */
    UNHEARD,
    /** This side has said that it sends no more. */
    ENDED,
    /** This side has aborted. */
    ABORTED,
    /** This side has seen that the other one has broken the connection. */
    BREAK_SEEN,
    /** This side is being closed. */
    CLOSING,
    /** This side's close has completed. */
    CLOSED
  }

  private final Set<Fact> possible = EnumSet.noneOf(Fact.class);
  private final Set<Fact> certain = EnumSet.noneOf(Fact.class);
  private volatile boolean farEnded;
  private volatile boolean farBroke;

  /** Something may be so from now on; {@return whether it was not possible before} */
  synchronized boolean maybe(Fact fact) {
    return possible.add(fact);
  }

  /** Something that might be so is not: what would have made it so has not happened. */
  synchronized void notAtAll(Fact fact) {
    if (!certain.contains(fact)) {
      possible.remove(fact);
    }
  }

  /** Something is so from now on. */
  synchronized void surely(Fact fact) {
    possible.add(fact);
    certain.add(fact);
  }

  /** {@return whether something may be so} */
  synchronized boolean mayBe(Fact fact) {
    return possible.contains(fact);
  }

  /** {@return what is so} */
  synchronized Set<Fact> certain() {
    return EnumSet.copyOf(certain);
  }

  /** The other end may send no more, in order. */
  void farEnds() {
    farEnded = true;
  }

  /** The other end may break the connection. */
  void farBreaks() {
    farBroke = true;
  }

  boolean mayFarHaveEnded() {
    return farEnded;
  }

  boolean mayFarHaveBroken() {
    return farBroke;
  }

  /** {@return whether the connection may be broken, by whichever end} */
  boolean mayBeBroken() {
    return farBroke || mayBe(Fact.ABORTED) || mayBe(Fact.CLOSING);
  }

  /**
   * {@return what is wrong with the status of a request, or {@code null}}
   *
   * @param request the request, completed
   * @param before what was certain when its call was made
   */
  @Nullable String judge(Request request, Set<Fact> before) {
    NtStatus status = request.status();
    if (before.contains(Fact.CLOSED)) {
      boolean early = status == NtStatus.CANCELLED && request.isCancelRequested();
      boolean right = status == NtStatus.INVALID_HANDLE || early;
      return right ? null : request + " after close: " + status;
    }
    boolean allowed = status == NtStatus.SUCCESS ? maySucceed(request, before) : mayFail(request);
    return allowed
        ? null
        : request + " must not end with " + status + ", possible: " + possible + farText();
  }

  private String farText() {
    return (farEnded ? ", the other end ended" : "") + (farBroke ? ", the other end broke" : "");
  }

  private static boolean maySucceed(Request request, Set<Fact> before) {
    boolean broken = before.contains(Fact.ABORTED) || before.contains(Fact.BREAK_SEEN);
    boolean closing = before.contains(Fact.CLOSING);
    return switch (request.kind()) {
      case SEND -> !broken && !closing && !before.contains(Fact.ENDED);
      case RECEIVE, DISCONNECT -> !broken && !closing;
      case CONNECT -> !before.contains(Fact.CONNECTING) && !closing;
      default -> !closing;
    };
  }

  private boolean mayFail(Request request) {
    NtStatus status = request.status();
    if (status == NtStatus.FILE_FORCED_CLOSED || status == NtStatus.INVALID_HANDLE) {
      return mayBe(Fact.CLOSING) && request.endedInline();
    }
    return switch (request.kind()) {
      case SEND, RECEIVE, DISCONNECT -> mayTransferFail(request, status);
      case CONNECT -> mayConnectFail(request, status);
      case ACCEPT -> status == NtStatus.CANCELLED && mayBeCancelled(request);
      case BIND -> status == NtStatus.ADDRESS_ALREADY_ASSOCIATED && mayBe(Fact.BOUND);
      case ABORT -> mayBreak(status);
      case ENABLE ->
          status == NtStatus.INVALID_PARAMETER
              || status == NtStatus.CANCELLED && mayBe(Fact.CLOSING);
      case DISABLE -> status == NtStatus.CANCELLED && mayBe(Fact.CLOSING);
      default -> false;
    };
  }

  private boolean mayTransferFail(Request request, NtStatus status) {
    boolean sends = request.kind() != Request.Kind.RECEIVE;
    return mayBreak(status)
        || status == NtStatus.CANCELLED && mayBeCancelled(request)
        || status == NtStatus.INVALID_DEVICE_STATE && sends && mayBe(Fact.ENDED);
  }

  private boolean mayConnectFail(Request request, NtStatus status) {
    return mayBreak(status)
        || status == NtStatus.CANCELLED && mayBeCancelled(request)
        || status == NtStatus.CONNECTION_ACTIVE && mayBe(Fact.CONNECTED)
        || status == NtStatus.INVALID_DEVICE_STATE && mayBe(Fact.CONNECTING)
        || status == NtStatus.CONNECTION_REFUSED && mayBe(Fact.UNHEARD);
  }

  private boolean mayBeCancelled(Request request) {
    return request.isCancelRequested() || mayBe(Fact.CLOSING);
  }

  private boolean mayBreak(NtStatus status) {
    return status == NtStatus.CONNECTION_RESET && farBroke
        || status == NtStatus.CONNECTION_ABORTED && mayBe(Fact.ABORTED);
  }
}
