package org.wsk4j.provider.control;

import java.util.Set;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.core.SocketPhase;
import org.wsk4j.socket.WskSocketCategory;

/**
 * One row of the table of control operations: what it applies to, and what it does.
 *
 * <p>The questions are asked in a fixed order, so that each fault has its one status: the
 * direction, the category, the IRP, the state, and then the values (CTL-07 to CTL-15, CTL-27).
 *
 * @param type set, get or ioctl
 * @param key its numbers
 * @param categories the categories that it applies to
 * @param carrier the transports that it applies to
 * @param irp whether a request needs an IRP
 * @param when in which states it is possible
 * @param action what it does
 */
record SocketOperation(
    WskControlSocketType type,
    WskControlKey<?, ?> key,
    Set<WskSocketCategory> categories,
    Carrier carrier,
    IrpUse irp,
    When when,
    Action action) {

  /** An operation that applies to all transports. */
  SocketOperation(
      WskControlSocketType type,
      WskControlKey<?, ?> key,
      Set<WskSocketCategory> categories,
      IrpUse irp,
      When when,
      Action action) {
    this(type, key, categories, Carrier.ANY, irp, when, action);
  }

  /** Of which transport the socket must be. */
  enum Carrier {
    /** Of any. */
    ANY,
    /** TCP. */
    TCP,
    /** Not TCP. */
    DATAGRAMS,
    /** UDP. */
    UDP,
    /** A protocol of raw sockets. */
    RAW
  }

  /** Whether an operation needs an IRP. */
  enum IrpUse {
    /** It does. */
    REQUIRED,
    /** It may have one. */
    OPTIONAL,
    /** It must have none. */
    FORBIDDEN
  }

  /** In which states of the socket an operation is possible. */
  enum When {
    /** In any. */
    ALWAYS,
    /** Before it has an address. */
    BEFORE_BIND,
    /** Before it listens, connects or is connected. */
    BEFORE_ROLE,
    /** While it is connected. */
    CONNECTED
  }

  /** What an operation does; it answers the call. */
  @FunctionalInterface
  interface Action {
    /**
     * Does it.
     *
     * @param target the socket
     * @param call the arguments
     * @return what the call has to return
     */
    NtStatus perform(ControlTarget target, ControlCall call);
  }

  /** Whether sockets of this kind have the operation, in whatever state. */
  boolean appliesTo(ControlTarget target) {
    boolean carried =
        switch (carrier) {
          case ANY -> true;
          case TCP -> target.isTcp();
          case DATAGRAMS -> !target.isTcp();
          case UDP -> !target.isTcp() && !target.isRaw();
          case RAW -> target.isRaw();
        };
    return carried && categories.contains(target.category());
  }

  /** Performs it for a socket that it applies to. */
  NtStatus perform(ControlTarget target, ControlCall call) {
    NtStatus status = check(target, call);
    return status == NtStatus.SUCCESS ? action.perform(target, call) : call.answer(status);
  }

  private NtStatus check(ControlTarget target, ControlCall call) {
    boolean wrongIrp =
        irp == IrpUse.REQUIRED && call.irp() == null
            || irp == IrpUse.FORBIDDEN && call.irp() != null;
    if (wrongIrp) {
      return NtStatus.INVALID_PARAMETER;
    }
    return checkState(target);
  }

  private NtStatus checkState(ControlTarget target) {
    SocketPhase phase = target.state().phase();
    boolean possible =
        switch (when) {
          case ALWAYS -> true;
          case BEFORE_BIND -> phase == SocketPhase.CREATED;
          case BEFORE_ROLE -> phase.ordinal() <= SocketPhase.BOUND.ordinal();
          case CONNECTED -> phase == SocketPhase.CONNECTED;
        };
    NtStatus open = target.state().checkOpen();
    if (open != NtStatus.SUCCESS) {
      return open;
    }
    return possible ? NtStatus.SUCCESS : NtStatus.INVALID_DEVICE_STATE;
  }
}
