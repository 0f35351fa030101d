package org.wsk4j.nmr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

/** The three state machines allow exactly the transitions that are drawn above them. */
class StateMachinesTest {
  @Test
  void shouldAllowExactlyTheTransitionsOfABinding() {
    assertTransitions(
        BindingState.class,
        BindingState::to,
        Map.of(
            BindingState.OFFERED, Set.of(BindingState.ATTACHING, BindingState.GONE),
            BindingState.ATTACHING, Set.of(BindingState.ASKING, BindingState.GONE),
            BindingState.ASKING, Set.of(BindingState.ATTACHING, BindingState.ACCEPTED),
            BindingState.ACCEPTED, Set.of(BindingState.ATTACHED, BindingState.DETACHING),
            BindingState.ATTACHED, Set.of(BindingState.DETACHING),
            BindingState.DETACHING, Set.of(BindingState.CLEANING_UP),
            BindingState.CLEANING_UP, Set.of(BindingState.GONE),
            BindingState.GONE, Set.of()));
  }

  @Test
  void shouldAllowExactlyTheTransitionsOfAHalf() {
    assertTransitions(
        HalfState.class,
        HalfState::to,
        Map.of(
            HalfState.UNATTACHED, Set.of(HalfState.ATTACHED),
            HalfState.ATTACHED, Set.of(HalfState.CALLED),
            HalfState.CALLED,
                Set.of(HalfState.PENDING, HalfState.COMPLETED_EARLY, HalfState.DETACHED),
            HalfState.COMPLETED_EARLY, Set.of(HalfState.DETACHED),
            HalfState.PENDING, Set.of(HalfState.DETACHED),
            HalfState.DETACHED, Set.of()));
  }

  @Test
  void shouldAllowExactlyTheTransitionsOfARegistration() {
    assertTransitions(
        RegistrationState.class,
        RegistrationState::to,
        Map.of(
            RegistrationState.REGISTERED, Set.of(RegistrationState.DEREGISTERING),
            RegistrationState.DEREGISTERING,
                Set.of(RegistrationState.DEREGISTERED, RegistrationState.RETIRED),
            RegistrationState.DEREGISTERED, Set.of(RegistrationState.RETIRED),
            RegistrationState.RETIRED, Set.of()));
  }

  private static <S extends Enum<S>> void assertTransitions(
      Class<S> states, BinaryOperator<S> move, Map<S, Set<S>> drawn) {
    for (S from : EnumSet.allOf(states)) {
      Set<S> allowed = EnumSet.noneOf(states);
      for (S next : EnumSet.allOf(states)) {
        try {
          allowed.add(move.apply(from, next));
        } catch (IllegalStateException refused) {
          assertThat(refused).hasMessageContaining(from + " to " + next);
        }
      }
      assertThat(allowed).as("from %s", from).isEqualTo(drawn.get(from));
    }
  }
}
