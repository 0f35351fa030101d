package org.wsk4j.scenario;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.IoCompletionRoutine;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.TestClient.Call;

/**
 * An IRP of a program, used for one call after the other. Its routine writes down what it sees,
 * does what the program wants to do there, and keeps the IRP.
 */
final class Request implements IoCompletionRoutine {
  private static final long PATIENCE_SECONDS = 10;

  private final Scenario scenario;
  private final Irp irp;

  /** Signalled by each completion, as an event that resets itself when somebody has waited. */
  private final BlockingQueue<Turn> event = new LinkedBlockingQueue<>();

  private volatile @Nullable Turn latest;
  private volatile Consumer<Turn> then = turn -> {};

  Request(Scenario scenario, Irp irp) {
    this.scenario = scenario;
    this.irp = irp;
  }

  /** Does something in the routine, from the next call on. */
  Request then(Consumer<Turn> action) {
    then = action;
    return this;
  }

  /** Makes a call; the IRP is reused. */
  Turn submit(Call call, Memory... lent) {
    return submit((one, turn) -> call.with(one), lent);
  }

  /** Makes a call that needs to know its turn. */
  Turn submit(BiFunction<Irp, Turn, NtStatus> call, Memory... lent) {
    if (latest != null) {
      latest.checkIrp(irp);
      irp.reuse(NtStatus.UNSUCCESSFUL);
    }
    Turn turn = scenario.begin(new Turn(lent));
    latest = turn;
    irp.setCompletionRoutine(this, turn);
    turn.returned(call.apply(irp, turn));
    return turn;
  }

  @Override
  public NtStatus complete(Irp completed, @Nullable Object context) {
    Turn turn = (Turn) context;
    turn.completed(completed);
    Consumer<Turn> action = then;
    scenario.inside(
        () -> {
          action.accept(turn);
          return NtStatus.SUCCESS;
        });
    event.add(turn);
    return NtStatus.MORE_PROCESSING_REQUIRED;
  }

  /** Waits until the routine has run once more; {@return the call that ended} */
  Turn await() throws InterruptedException {
    Turn turn = event.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (turn == null) {
      throw new AssertionError(irp + " does not complete");
    }
    return turn;
  }

  /** {@return whether the latest call is in flight} */
  boolean isPending() {
    return latest != null && latest.status() == NtStatus.PENDING;
  }

  /** Asks the call in flight to end. */
  boolean cancel() {
    return irp.cancel();
  }

  /** At the end nobody has touched the IRP. */
  void check() {
    if (latest != null) {
      latest.checkIrp(irp);
    }
  }
}
