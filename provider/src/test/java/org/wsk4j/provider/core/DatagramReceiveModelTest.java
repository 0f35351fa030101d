package org.wsk4j.provider.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.datagram.WskDatagramIndication;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.MessageFlags;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.memory.DatagramIndication;
import org.wsk4j.provider.memory.RetainAccount;
import org.wsk4j.provider.stats.ProviderStatistics;

/**
 * Random arrivals, requests, cancellations, answers, releases, enables and disables: each datagram
 * is given out once, in the order of arrival, or it was dropped for want of room.
 */
@Timeout(120)
class DatagramReceiveModelTest {
  private static final int STEPS = 80;
  private static final int EVENT = WskEventCallbackControl.RECEIVE_FROM;
  private static final InetSocketAddress SENDER = new InetSocketAddress("127.0.0.1", 9);

  @Test
  @Rule({"DGR-05", "DGR-41", "DGR-60", "DGR-40"})
  void shouldGiveEachDatagramOutOnceAndInOrder() {
    ModelRun.run("datagrams received", random -> () -> new Run(random).play());
  }

  private static final class Run implements DatagramIndications {
    private final Random random;
    private final EventGate gate = new EventGate();
    private final ProviderStatistics statistics = new ProviderStatistics();
    private final RetainAccount retained = new RetainAccount(statistics);
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final List<Irp> waiting = new ArrayList<>();
    private final List<WskDatagramIndication> kept = new ArrayList<>();
    private final List<Integer> given = new ArrayList<>();
    private final List<Integer> dropped = new ArrayList<>();
    private final boolean isStatic;
    private final int most;
    private final DatagramReceiveQueue queue;
    private int arrived;

    Run(Random random) {
      this.random = random;
      isStatic = random.nextInt(4) == 0;
      most = random.nextInt(40);
      queue =
          new DatagramReceiveQueue(
              gate,
              this,
              retained,
              () -> most,
              bytes -> dropped.add(arrived - 1),
              () -> later.add(this::pump));
      if (isStatic) {
        gate.enableStatically(EVENT);
      }
    }

    int play() {
      for (int step = 0; step < STEPS; step++) {
        step();
        assertThat(queue.backlog()).isLessThanOrEqualTo(most + 6L * 9);
      }
      gate.shut();
      queue.close();
      waiting.forEach(irp -> assertThat(irp.isCompleted()).isTrue());
      kept.forEach(each -> free((DatagramIndication) each));
      assertThat(retained.bytes()).isZero();
      assertThat(given).isSorted().doesNotHaveDuplicates().noneMatch(dropped::contains);
      return STEPS;
    }

    private void step() {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> arrive();
        case 3 -> request(false);
        case 4 -> request(true);
        case 5 -> cancel();
        case 6 -> enable();
        default -> release();
      }
      while (!later.isEmpty()) {
        later.remove().run();
      }
    }

    private void pump() {
      queue.pump();
    }

    /** Some come at once. */
    private void arrive() {
      for (int i = random.nextInt(6); i > 0; i--) {
        ByteBuffer datagram = ByteBuffer.allocate(4 + random.nextInt(5)).putInt(0, arrived++);
        queue.arrived(datagram, SENDER, random.nextInt(4) == 0 ? MessageFlags.MCAST : 0, null);
      }
      queue.pump();
    }

    private void request(boolean inline) {
      byte[] memory = new byte[16];
      Irp irp = Irp.allocate();
      irp.setCompletionRoutine(
          (done, context) -> {
            if (done.status() == NtStatus.SUCCESS) {
              assertThat(done.information()).isBetween(4L, 8L);
              give(ByteBuffer.wrap(memory).getInt(0));
            }
            return NtStatus.MORE_PROCESSING_REQUIRED;
          },
          null);
      irp.begin(null);
      irp.context().setRegion(WskBuf.of(memory));
      waiting.add(irp);
      if (inline) {
        queue.receiveInline(irp);
      } else {
        irp.markPending();
        queue.receive(irp);
        queue.pump();
      }
    }

    private void give(int number) {
      given.add(number);
    }

    private void cancel() {
      if (!waiting.isEmpty()) {
        Irp irp = waiting.get(random.nextInt(waiting.size()));
        boolean pending = !irp.isCompleted();
        assertThat(queue.cancel(irp)).isEqualTo(pending);
      }
    }

    private void enable() {
      if (random.nextBoolean()) {
        gate.enable(EVENT);
        queue.pump();
      } else {
        gate.disable(EVENT, false);
      }
    }

    private void release() {
      if (!kept.isEmpty()) {
        free((DatagramIndication) kept.remove(random.nextInt(kept.size())));
      }
    }

    private void free(DatagramIndication each) {
      assertThat(each.claim(retained)).isTrue();
      each.freeClaimed();
      assertThat(each.claim(retained)).isFalse();
    }

    @Override
    public NtStatus receiveFrom(DatagramIndication first, int flags) {
      assertThat(gate.isShut()).isFalse();
      boolean refuse = random.nextInt(3) == 0;
      boolean keep = random.nextBoolean();
      for (WskDatagramIndication each = first; each != null; each = each.next()) {
        assertThat(((DatagramIndication) each).flags()).isEqualTo(flags & MessageFlags.MCAST);
        if (!refuse) {
          give(each.buffer().mdl().buffer().getInt(0));
          if (keep) {
            kept.add(each);
          }
        }
      }
      if (!refuse && random.nextInt(4) == 0) {
        request(true);
      }
      return refuse ? NtStatus.DATA_NOT_ACCEPTED : keep ? NtStatus.PENDING : NtStatus.SUCCESS;
    }

    @Override
    public void dead(int flags) {
      throw new AssertionError("nobody died");
    }
  }
}
