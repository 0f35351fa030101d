package org.wsk4j.irp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.nt.NtStatus;

class StackLocationsTest {
  private static final IoCompletionRoutine UPPER = (irp, context) -> NtStatus.SUCCESS;
  private static final IoCompletionRoutine LOWER = (irp, context) -> NtStatus.SUCCESS;

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 33, Integer.MAX_VALUE})
  void shouldRefuseSizesThatNobodyNeeds(int size) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StackLocations(size))
        .withMessageContaining("not " + size);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 32})
  void shouldHaveAsManyAsAskedFor(int size) {
    StackLocations stack = new StackLocations(size);
    for (int i = 0; i < size; i++) {
      assertThat(stack.isFull()).isFalse();
      assertThat(stack.isAtTop()).isEqualTo(i == 0);
      stack.push();
    }
    assertThat(stack.isFull()).isTrue();
    assertThatIllegalStateException().isThrownBy(stack::push).withMessageContaining("all " + size);
    assertThatIllegalStateException()
        .isThrownBy(() -> stack.setRoutine(UPPER, null, true, true, true));
  }

  @Test
  void shouldGiveTheRoutinesFromTheLowestUp() {
    StackLocations stack = new StackLocations(2);
    stack.setRoutine(UPPER, "upper", true, true, true);
    stack.push();
    stack.setRoutine(LOWER, "lower", true, true, true);
    stack.push();

    assertThat(stack.popToRoutine(true, false)).isSameAs(LOWER);
    assertThat(stack.routineContext()).isEqualTo("lower");
    assertThat(stack.isAtTop()).isFalse();
    assertThat(stack.popToRoutine(true, false)).isSameAs(UPPER);
    assertThat(stack.routineContext()).isEqualTo("upper");
    assertThat(stack.isAtTop()).isTrue();
  }

  @Test
  void shouldTellTheLayerAboveThatAQuietLayerAnsweredPending() {
    StackLocations stack = new StackLocations(3);
    stack.setRoutine(UPPER, null, true, true, true);
    stack.push();
    stack.push(); // its layer set no routine
    stack.setRoutine(LOWER, null, false, true, false);
    stack.push();
    stack.markPending();

    assertThat(stack.popToRoutine(true, true)).isSameAs(UPPER);
    assertThat(stack.pendingReturned()).isTrue();
  }

  @Test
  void shouldLeaveItToARoutineToTellTheLayerAbove() {
    StackLocations stack = new StackLocations(2);
    stack.setRoutine(UPPER, null, true, true, true);
    stack.push();
    stack.setRoutine(LOWER, null, true, true, true);
    stack.push();
    stack.markPending();

    assertThat(stack.popToRoutine(true, false)).isSameAs(LOWER);
    assertThat(stack.pendingReturned()).isTrue();
    assertThat(stack.popToRoutine(true, false)).isSameAs(UPPER);
    assertThat(stack.pendingReturned()).isFalse();
  }

  @Test
  void shouldLetARoutineMarkItsOwnLayerPending() {
    StackLocations stack = new StackLocations(2);
    stack.setRoutine(UPPER, null, true, true, true);
    stack.push();
    stack.setRoutine(LOWER, null, true, true, true);
    stack.push();
    stack.popToRoutine(true, false);
    stack.markPending(); // as the lower routine does

    assertThat(stack.popToRoutine(true, false)).isSameAs(UPPER);
    assertThat(stack.pendingReturned()).isTrue();
  }

  @Test
  void shouldNotRememberThatAnEarlierRequestWasPending() {
    StackLocations stack = new StackLocations(1);
    stack.setRoutine(UPPER, null, true, true, true);
    stack.push();
    stack.markPending();
    stack.popToRoutine(true, false);
    assertThat(stack.pendingReturned()).isTrue();
    stack.markPending(); // of nobody
    stack.push();
    stack.popToRoutine(true, false);
    assertThat(stack.pendingReturned()).isFalse();
  }

  @Test
  void shouldForgetAllWhenReset() {
    StackLocations stack = new StackLocations(2);
    stack.setRoutine(UPPER, "upper", true, true, true);
    stack.push();
    stack.markPending();
    stack.setRoutine(LOWER, "lower", true, true, true);
    stack.push();
    stack.reset();

    assertThat(stack.isAtTop()).isTrue();
    assertThat(stack.pendingReturned()).isFalse();
    stack.push();
    stack.push();
    assertThat(stack.popToRoutine(true, true)).isNull();
    assertThat(stack.isAtTop()).isTrue();
    assertThat(stack.routineContext()).isNull();
  }
}
