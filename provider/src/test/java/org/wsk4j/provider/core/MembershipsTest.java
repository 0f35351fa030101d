package org.wsk4j.provider.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.wsk4j.contract.Rule;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.core.Memberships.Step;
import org.wsk4j.provider.transport.GroupChange;
import org.wsk4j.provider.transport.GroupMembership;

class MembershipsTest {
  private static final NtStatus YES = NtStatus.SUCCESS;

  private final Memberships book = new Memberships();

  private static InetAddress name(String literal) {
    return new InetSocketAddress(literal, 0).getAddress();
  }

  private static GroupMembership of(int group, int index, int source) {
    InetAddress from = source == 0 ? null : name("192.0.2." + source);
    return new GroupMembership(name("239.1.1." + group), index, from);
  }

  private NtStatus make(GroupChange change, GroupMembership membership) {
    NtStatus status = book.judge(change, membership);
    if (status == YES) {
      book.made(change, membership);
    }
    return status;
  }

  @Test
  @Rule("OPT-93")
  void shouldCountEachInterfaceByItself() {
    assertThat(make(GroupChange.JOIN, of(1, 1, 0))).isEqualTo(YES);
    assertThat(make(GroupChange.JOIN, of(1, 2, 0))).isEqualTo(YES);
    assertThat(make(GroupChange.JOIN, of(1, 1, 0))).isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    assertThat(book.located(of(1, 0, 0)).interfaceIndex()).isEqualTo(1);
    assertThat(make(GroupChange.LEAVE, of(1, 1, 0))).isEqualTo(YES);
    assertThat(book.located(of(1, 0, 0)).interfaceIndex()).isEqualTo(2);
    assertThat(make(GroupChange.LEAVE, of(1, 1, 0))).isEqualTo(NtStatus.INVALID_ADDRESS_COMPONENT);
    assertThat(make(GroupChange.LEAVE, of(1, 2, 0))).isEqualTo(YES);
    assertThat(make(GroupChange.LEAVE, book.located(of(1, 0, 0))))
        .isEqualTo(NtStatus.INVALID_ADDRESS_COMPONENT);
    assertThat(book.steps()).isEmpty();
  }

  /** What the book says has to be done over makes the same of a new one. */
  @RepeatedTest(50)
  void shouldTellTheStepsThatLeadThere(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<GroupChange> changes = Arrays.asList(GroupChange.values());
    for (int i = 0; i < 60; i++) {
      GroupChange change = changes.get(random.nextInt(changes.size()));
      int source = change.needsSource() ? 1 + random.nextInt(3) : 0;
      make(change, of(1 + random.nextInt(2), 1 + random.nextInt(2), source));
    }
    Memberships other = new Memberships();
    for (Step step : book.steps()) {
      assertThat(other.judge(step.change(), step.membership())).isEqualTo(YES);
      other.made(step.change(), step.membership());
    }
    assertThat(shape(other)).isEqualTo(shape(book));
  }

  private static Map<String, Set<@Nullable InetAddress>> shape(Memberships memberships) {
    Map<String, Set<@Nullable InetAddress>> shape = new HashMap<>();
    List<Step> steps = new ArrayList<>(memberships.steps());
    for (Step step : steps) {
      GroupMembership one = step.membership();
      String place = step.change() + " " + one.group() + " " + one.interfaceIndex();
      shape.computeIfAbsent(place, any -> new HashSet<>()).add(one.source());
    }
    return shape;
  }
}
