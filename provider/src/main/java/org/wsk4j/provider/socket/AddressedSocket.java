package org.wsk4j.provider.socket;

import java.net.SocketAddress;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.channel.LoopBound;
import org.wsk4j.provider.channel.Operation;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.core.AcceptRequest;
import org.wsk4j.provider.core.SocketPhase;
import org.wsk4j.socket.WskSocketCategory;

/**
 * What the sockets that have an address have in common: the bind, the local address, and the way of
 * a judged request to its network end.
 *
 * <p>Threads: any, unless stated.
 */
abstract class AddressedSocket extends AbstractSocket {
  private volatile @Nullable SocketAddress askedAddress;
  private volatile @Nullable SocketAddress localAddress;

  AddressedSocket(
      ClientObject client,
      SocketServices services,
      WskSocketCategory category,
      int addressFamily,
      SocketPhase first) {
    super(client, services, category, addressFamily, first);
  }

  /** {@return the network end that takes the requests of this socket} */
  abstract LoopBound channel();

  // ---- Requests

  /** Binds: the function of all tables that have it. */
  public final NtStatus bind(@Nullable SocketAddress address, int flags, @Nullable Irp irp) {
    NtStatus begun = begin(irp, null);
    if (begun != NtStatus.SUCCESS || irp == null) {
      return begun;
    }
    NtStatus status = flags == 0 ? checkAddress(address) : NtStatus.INVALID_PARAMETER;
    if (status == NtStatus.SUCCESS && !state().move(SocketPhase.CREATED, SocketPhase.BINDING)) {
      status = state().wrongPhaseToBind();
    }
    if (status != NtStatus.SUCCESS || address == null) {
      return Completions.finish(irp, status);
    }
    asked(address);
    irp.context().target = address;
    return hand(irp, Operation.BIND);
  }

  /**
   * {@return SUCCESS if the socket could be bound to an address, else what the bind is answered}
   */
  NtStatus checkAddress(@Nullable SocketAddress address) {
    return Addresses.check(address, addressFamily());
  }

  /** Hands a request that was judged to the network end. */
  final NtStatus hand(Irp irp, Operation operation) {
    return hand(channel(), irp, operation);
  }

  /** Hands a request that was judged to one of several network ends. */
  final NtStatus hand(LoopBound channel, Irp irp, Operation operation) {
    operation.mark(irp);
    if (channel.inLoop()) {
      return channel.performInline(irp);
    }
    if (!channel.enter()) {
      return Completions.finish(irp, state().wrongPhase());
    }
    try {
      return channel.submit(irp);
    } finally {
      channel.leave();
    }
  }

  /** Accepts a connection, if the socket listens. */
  final NtStatus accept(LoopBound listener, AcceptRequest request, @Nullable Irp irp) {
    NtStatus begun = begin(irp, listener);
    if (begun != NtStatus.SUCCESS || irp == null) {
      return begun;
    }
    if (state().phase() != SocketPhase.LISTENING) {
      return Completions.finish(irp, state().wrongPhase());
    }
    irp.context().target = request;
    return hand(listener, irp, Operation.ACCEPT);
  }

  @Override
  final NtStatus beforeClose(Supplier<NtStatus> call) {
    LoopBound channel = channel();
    if (channel.inLoop() || !channel.enter()) {
      return call.get();
    }
    try {
      return call.get();
    } finally {
      channel.leave();
    }
  }

  @Override
  Executor extensionLoop() {
    return channel()::execute;
  }

  @Override
  void executeLater(Runnable work) {
    channel().execute(work);
  }

  @Override
  public NtStatus onLoop(Irp irp, LoopWork work) {
    LoopBound channel = channel();
    if (channel.inLoop()) {
      channel.catchUp();
      return work.run(false);
    }
    irp.markPending();
    channel.execute(
        () -> {
          channel.catchUp();
          work.run(true);
        });
    return NtStatus.PENDING;
  }

  // ---- The listener

  /** The socket listens now; on the loop, before its client is told. */
  void listens() {}

  /** The network end that listened, or could have, is gone; on the loop. */
  void listenerClosed(@Nullable Irp closeRequest) {
    finishClose(closeRequest);
  }

  // ---- The local address

  /** Answers the question for the local address: the function of all tables that have it. */
  public final NtStatus getLocalAddress(@Nullable Out<SocketAddress> place, @Nullable Irp irp) {
    SocketAddress address = state().checkOpen() == NtStatus.SUCCESS ? localAddress : null;
    return Addresses.answer(irp, place, address, state().wrongPhase());
  }

  /** Notes the address that the client wants. */
  final void asked(SocketAddress address) {
    askedAddress = address;
  }

  /** The network end has an address; on the loop. */
  final void bound(SocketAddress reported) {
    SocketAddress asked = askedAddress;
    localAddress = asked != null ? Addresses.bound(asked, reported) : reported;
  }

  /** Notes the concrete address of a connection. */
  final void localAddressIs(SocketAddress address) {
    localAddress = address;
  }

  @Override
  final @Nullable SocketAddress knownLocalAddress() {
    return localAddress;
  }
}
