package org.wsk4j.provider.socket;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.core.SocketPhase;
import org.wsk4j.provider.transport.SystemOption;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.rundown.RundownProtection;
import org.wsk4j.socket.WskSocketCategory;

/**
 * A basic socket: control and close, nothing on the network. It closes inside the call, unless
 * another thread is in a control call, which then ends the close.
 */
final class BasicSocket extends AbstractSocket {
  private final SocketKind kind;
  private final RundownProtection calls = new RundownProtection();

  /** The end of the calls and the close itself: the second of them ends the socket. */
  private final AtomicInteger steps = new AtomicInteger();

  /** Handed over with the steps. */
  private @Nullable Irp closeRequest;

  BasicSocket(ClientObject client, SocketServices services, SocketKind kind) {
    super(client, services, WskSocketCategory.BASIC, kind.addressFamily(), SocketPhase.CREATED);
    this.kind = kind;
    client.staticEvents().seal();
    services.statistics().socketOpened(WskSocketCategory.BASIC);
  }

  @Override
  public boolean isTcp() {
    return kind.isTcp();
  }

  @Override
  public int rawProtocol() {
    return kind.rawProtocol();
  }

  /** It sends nothing, so it can hold any value. */
  @Override
  public boolean offers(SystemOption option) {
    return true;
  }

  /**
   * It receives nothing, so it can hold what governs that too. What programs ask it in order to
   * know what others can do is answered as it is (OPT-96, OPT-97).
   */
  @Override
  public boolean can(TransportFeature feature) {
    boolean asked =
        feature == TransportFeature.SEND_SEGMENTATION
            || feature == TransportFeature.RECEIVE_COALESCING;
    return !asked || super.can(feature);
  }

  @Override
  NtStatus beforeClose(Supplier<NtStatus> call) {
    if (!calls.acquire()) {
      return call.get();
    }
    try {
      return call.get();
    } finally {
      calls.release();
    }
  }

  @Override
  boolean endCalls() {
    calls.beginRundown(this::step);
    return steps.get() == 1;
  }

  @Override
  void closeChannel(@Nullable Irp request) {
    closeRequest = request;
    step();
  }

  private void step() {
    if (steps.incrementAndGet() == 2) {
      finishClose(closeRequest);
    }
  }
}
