package org.wsk4j.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecurityDescriptorTest {
  private static final Principal ALICE = new Account("alice");
  private static final Principal BOB = new Account("bob");
  private static final Principal CAROL = new Account("carol");

  @Test
  void shouldGrantThoseWhomItNames() {
    SecurityDescriptor descriptor = SecurityDescriptor.granting(ALICE, BOB);

    assertThat(descriptor.granted()).containsExactlyInAnyOrder(ALICE, BOB);
    assertThat(descriptor.grants(new SecurityContext(Set.of(BOB, CAROL)))).isTrue();
    assertThat(descriptor.grants(new SecurityContext(Set.of(CAROL)))).isFalse();
    assertThat(descriptor.grants(new SecurityContext(Set.of()))).isFalse();
  }

  @Test
  void shouldGrantNobodyByDefault() {
    SecurityDescriptor descriptor = SecurityDescriptor.grantingNobody();

    assertThat(descriptor.grants(SecurityContext.of(null, null))).isFalse();
    assertThat(descriptor).isEqualTo(SecurityDescriptor.granting());
  }

  @Test
  void shouldNotFollowTheSetItWasMadeOf() {
    Set<Principal> set = new HashSet<>(Set.of(ALICE));
    SecurityDescriptor descriptor = SecurityDescriptor.granting(set);

    set.add(BOB);

    assertThat(descriptor.granted()).containsExactly(ALICE);
  }

  @Test
  void shouldTakeTheProcessIfNoThreadImpersonates() {
    OwningProcess process = OwningProcess.of(ALICE);

    assertThat(SecurityContext.of(process, null).principals()).containsExactly(ALICE);
    assertThat(SecurityContext.of(process, OwningThread.impersonating()).principals())
        .containsExactly(ALICE);
  }

  @Test
  void shouldTakeThisProcessIfNoneIsGiven() {
    Set<Principal> self = OwningProcess.current().principals();

    assertThat(self).hasSize(1);
    assertThat(SecurityContext.of(null, null).principals()).isEqualTo(self);
    assertThat(OwningProcess.current().principals()).isEqualTo(self);
  }

  @Test
  void shouldTakeTheThreadThatImpersonatesInPlaceOfItsProcess() {
    OwningThread thread = OwningThread.impersonating(BOB, CAROL);

    assertThat(SecurityContext.of(OwningProcess.of(ALICE), thread).principals())
        .containsExactlyInAnyOrder(BOB, CAROL);
    assertThat(SecurityContext.of(null, thread).principals()).containsExactlyInAnyOrder(BOB, CAROL);
  }

  @Test
  void shouldKeepTheContextOfItsMoment() {
    Set<Principal> identity = new HashSet<>(Set.of(ALICE));
    OwningProcess changing = () -> identity;
    SecurityContext context = SecurityContext.of(changing, null);

    identity.clear();
    identity.add(BOB);

    assertThat(context.principals()).containsExactly(ALICE);
    assertThat(SecurityContext.of(changing, null).principals()).containsExactly(BOB);
  }
}
