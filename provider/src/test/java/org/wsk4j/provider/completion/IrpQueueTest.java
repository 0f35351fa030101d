package org.wsk4j.provider.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wsk4j.irp.Irp;

class IrpQueueTest {
  private final IrpQueue queue = new IrpQueue();
  private final Irp first = Irp.allocate();
  private final Irp second = Irp.allocate();
  private final Irp third = Irp.allocate();

  private List<Irp> drained() {
    List<Irp> all = new ArrayList<>();
    for (Irp irp = queue.poll(); irp != null; irp = queue.poll()) {
      assertThat(irp.context().next).isNull();
      all.add(irp);
    }
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.peek()).isNull();
    return all;
  }

  @Test
  void shouldGiveOutInTheOrderTaken() {
    queue.add(first);
    queue.add(second);
    queue.add(third);

    assertThat(queue.isEmpty()).isFalse();
    assertThat(queue.peek()).isSameAs(first);
    assertThat(drained()).containsExactly(first, second, third);
  }

  @Test
  void shouldBeUsableAgainWhenEmptied() {
    queue.add(first);
    assertThat(queue.poll()).isSameAs(first);
    queue.add(second);
    queue.add(first);

    assertThat(drained()).containsExactly(second, first);
  }

  @Test
  void shouldForgetWhereARequestStoodElsewhere() {
    IrpQueue other = new IrpQueue();
    other.add(first);
    other.add(second);
    assertThat(other.poll()).isSameAs(first);

    first.context().next = second;
    queue.add(first);
    assertThat(queue.remove(second)).isFalse();
    assertThat(drained()).containsExactly(first);
    assertThat(other.poll()).isSameAs(second);
  }

  @Test
  void shouldTakeOutWhereverARequestStands() {
    for (Irp out : List.of(first, second, third)) {
      Stream.of(first, second, third).forEach(queue::add);

      assertThat(queue.remove(out)).isTrue();
      assertThat(out.context().next).isNull();
      assertThat(queue.remove(out)).isFalse();
      queue.add(out);
      List<Irp> expected = new ArrayList<>(List.of(first, second, third));
      expected.remove(out);
      expected.add(out);
      assertThat(drained()).isEqualTo(expected);
    }
  }

  @Test
  void shouldPutAnotherWhereARequestStands() {
    for (Irp out : List.of(first, second, third)) {
      Irp other = Irp.allocate();
      Stream.of(first, second, third).forEach(queue::add);

      assertThat(queue.replace(out, other)).isTrue();
      assertThat(out.context().next).isNull();
      assertThat(queue.replace(out, other)).isFalse();
      queue.add(out);
      List<Irp> expected = new ArrayList<>(List.of(first, second, third));
      expected.set(expected.indexOf(out), other);
      expected.add(out);
      assertThat(drained()).isEqualTo(expected);
    }
  }

  @Test
  void shouldDoAsAQueueDoes() {
    Deque<Irp> model = new ArrayDeque<>();
    Deque<Irp> idle = new ArrayDeque<>(Stream.generate(Irp::allocate).limit(8).toList());
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      if (random.nextBoolean() && !idle.isEmpty()) {
        Irp irp = idle.remove();
        queue.add(irp);
        model.add(irp);
      } else if (random.nextBoolean()) {
        Irp irp = queue.poll();
        assertThat(irp).isSameAs(model.poll());
        if (irp != null) {
          idle.add(irp);
        }
      } else if (!model.isEmpty()) {
        Irp irp = new ArrayList<>(model).get(random.nextInt(model.size()));
        assertThat(queue.remove(irp)).isTrue();
        model.remove(irp);
        idle.add(irp);
      }
      assertThat(queue.peek()).isSameAs(model.peek());
      assertThat(queue.isEmpty()).isEqualTo(model.isEmpty());
    }
  }
}
