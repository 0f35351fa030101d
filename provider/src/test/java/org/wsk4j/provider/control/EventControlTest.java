package org.wsk4j.provider.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.testing.RecordingRoutine;
import org.wsk4j.testing.TestScope;

@Timeout(60)
class EventControlTest {
  private static final int RECEIVE = WskEventCallbackControl.RECEIVE;
  private static final int DISCONNECT = WskEventCallbackControl.DISCONNECT;
  private static final int SEND_BACKLOG = WskEventCallbackControl.SEND_BACKLOG;
  private static final int ACCEPT = WskEventCallbackControl.ACCEPT;
  private static final int RECEIVE_FROM = WskEventCallbackControl.RECEIVE_FROM;
  private static final int DISABLE = WskEventCallbackControl.DISABLE;
  private static final NpiId WSK = WskProviderCharacteristics.NPI_WSK_INTERFACE_ID;

  private final EventSocket connection = EventSocket.connection();
  private final EventSocket listener = EventSocket.listening();

  private static NtStatus apply(EventSocket socket, int mask) {
    return EventControl.apply(socket, new WskEventCallbackControl(WSK, mask), null);
  }

  /** Applies a mask with an IRP, which has to end as the call does, unless that answers PENDING. */
  private static NtStatus apply(EventSocket socket, int mask, RecordingRoutine routine) {
    Irp irp = Irp.allocate().setCompletionRoutine(routine, null);
    irp.begin(null);
    NtStatus answer = EventControl.apply(socket, new WskEventCallbackControl(WSK, mask), irp);
    if (answer != NtStatus.PENDING) {
      assertThat(routine.count()).isOne();
      assertThat(routine.last().result().status()).isSameAs(answer);
      assertThat(routine.last().result().information()).isZero();
      assertThat(routine.last().pendingReturned()).isFalse();
    }
    return answer;
  }

  /** A request that is refused is refused with and without an IRP, and changes nothing. */
  private static void assertRefused(EventSocket socket, int mask, NtStatus status) {
    int before = socket.gate().enabled();
    int looks = socket.looks;
    assertThat(apply(socket, mask)).as("%x", mask).isSameAs(status);
    assertThat(apply(socket, mask, new RecordingRoutine())).as("%x", mask).isSameAs(status);
    assertThat(socket.gate().enabled()).isEqualTo(before);
    assertThat(socket.looks).isEqualTo(looks);
  }

  // ---- Enable

  @Test
  @Rule({"EVT-02", "EVT-03", "EVT-04", "EVT-05"})
  void shouldEnableInlineAndAddToWhatIsEnabled() {
    assertThat(apply(connection, RECEIVE | SEND_BACKLOG)).isSameAs(NtStatus.SUCCESS);
    assertThat(connection.gate().enabled()).isEqualTo(RECEIVE | SEND_BACKLOG);
    assertThat(connection.looks).isOne();
    assertThat(apply(connection, RECEIVE)).isSameAs(NtStatus.SUCCESS);
    assertThat(connection.gate().enabled()).isEqualTo(RECEIVE | SEND_BACKLOG);
    assertThat(apply(connection, DISCONNECT)).isSameAs(NtStatus.SUCCESS);
    assertThat(connection.gate().enabled()).isEqualTo(RECEIVE | SEND_BACKLOG | DISCONNECT);
  }

  @Test
  @Rule("EVT-09")
  void shouldCompleteAnIrpWithTheInlineStatus() {
    RecordingRoutine routine = new RecordingRoutine();
    assertThat(apply(connection, RECEIVE, routine)).isSameAs(NtStatus.SUCCESS);
    assertThat(routine.count()).isOne();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 0x20, 0x400, 0x40000000, ACCEPT, RECEIVE_FROM})
  @Rule({"EVT-06", "EVT-07", "EVT-13", "OPT-37"})
  void shouldRefuseEventsThatAConnectionDoesNotHaveAsAWhole(int strange) {
    assertRefused(connection, strange, NtStatus.INVALID_PARAMETER);
    if (strange != 0) {
      assertRefused(connection, strange | RECEIVE, NtStatus.INVALID_PARAMETER);
    }
    for (int event : List.of(RECEIVE, DISCONNECT, SEND_BACKLOG)) {
      assertThat(apply(connection, event)).isSameAs(NtStatus.SUCCESS);
    }
  }

  @Test
  @Rule({"LSN-52", "LSN-53", "OPT-35"})
  void shouldEnableTheEventsOfAListenerAndThoseItsSocketsInherit() {
    assertRefused(listener, RECEIVE_FROM, NtStatus.INVALID_PARAMETER);
    assertRefused(listener, RECEIVE_FROM | ACCEPT, NtStatus.INVALID_PARAMETER);
    assertThat(apply(listener, RECEIVE)).isSameAs(NtStatus.SUCCESS);
    assertThat(apply(listener, ACCEPT | DISCONNECT | SEND_BACKLOG)).isSameAs(NtStatus.SUCCESS);
    assertThat(listener.gate().enabled()).isEqualTo(ACCEPT | RECEIVE | DISCONNECT | SEND_BACKLOG);
  }

  @Test
  @Rule({"EVT-08", "OPT-41", "OPT-42", "OPT-43"})
  void shouldKnowTheInterfaceByItsValue() {
    NpiId copy = new NpiId(UUID.fromString(WSK.value().toString()));
    NpiId other = new NpiId(UUID.fromString("2227e803-8d8b-11d4-abad-009027719e0a"));

    assertThat(control(new WskEventCallbackControl(copy, RECEIVE))).isSameAs(NtStatus.SUCCESS);
    assertThat(control(new WskEventCallbackControl(other, DISCONNECT)))
        .isSameAs(NtStatus.NOT_SUPPORTED);
    assertThat(control(new WskEventCallbackControl(null, DISCONNECT)))
        .isSameAs(NtStatus.INVALID_PARAMETER);
    assertThat(connection.gate().enabled()).isEqualTo(RECEIVE);
  }

  private NtStatus control(@Nullable WskEventCallbackControl control) {
    return EventControl.apply(connection, control, null);
  }

  @Test
  @Rule("EVT-10")
  void shouldRefuseARequestWithoutInput() {
    assertThat(control(null)).isSameAs(NtStatus.INVALID_PARAMETER);
  }

  @Test
  @Rule("EVT-12")
  void shouldRefuseEventsOfABasicSocket() {
    EventSocket basic = EventSocket.basic();
    assertRefused(basic, RECEIVE, NtStatus.INVALID_DEVICE_REQUEST);
    assertRefused(basic, RECEIVE | DISABLE, NtStatus.INVALID_DEVICE_REQUEST);
  }

  @Test
  @Rule({"EVT-14", "EVT-49"})
  void shouldAnswerAsTheStateOfTheSocketSays() {
    connection.gate().enable(DISCONNECT);
    for (NtStatus state :
        List.of(
            NtStatus.INVALID_DEVICE_STATE, NtStatus.FILE_FORCED_CLOSED, NtStatus.INVALID_HANDLE)) {
      connection.state = state;
      assertRefused(connection, RECEIVE, state);
      assertRefused(connection, DISCONNECT | DISABLE, state);
      assertRefused(connection, ACCEPT, NtStatus.INVALID_PARAMETER);
    }
  }

  @Test
  @Rule({"EVT-16", "OPT-40"})
  void shouldRefuseEventsWithoutACallbackAsAWhole() {
    connection.implemented = RECEIVE;
    assertRefused(connection, DISCONNECT, NtStatus.INVALID_PARAMETER);
    assertRefused(connection, RECEIVE | DISCONNECT, NtStatus.INVALID_PARAMETER);
    assertThat(apply(connection, RECEIVE)).isSameAs(NtStatus.SUCCESS);
    connection.implemented = 0;
    assertRefused(connection, RECEIVE, NtStatus.INVALID_PARAMETER);
  }

  // ---- Disable

  @Test
  @Rule({"EVT-17", "EVT-20", "EVT-21", "EVT-31", "EVT-33"})
  void shouldDisableOneEventInlineWhenItsCallbackDoesNotRun() {
    apply(connection, RECEIVE | DISCONNECT);
    assertThat(apply(connection, RECEIVE | DISABLE)).isSameAs(NtStatus.SUCCESS);
    assertThat(connection.gate().enabled()).isEqualTo(DISCONNECT);
    assertThat(apply(connection, DISCONNECT | DISABLE, new RecordingRoutine()))
        .isSameAs(NtStatus.SUCCESS);
    assertThat(connection.gate().enabled()).isZero();
    assertThat(apply(connection, RECEIVE)).isSameAs(NtStatus.SUCCESS);
    assertThat(connection.gate().isOpen(RECEIVE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, RECEIVE | DISCONNECT, RECEIVE | ACCEPT, ACCEPT, 0x20, RECEIVE | 1})
  @Rule({"EVT-18", "EVT-19", "OPT-46"})
  void shouldRefuseToDisableAnythingButOneEvent(int events) {
    apply(connection, RECEIVE | DISCONNECT);
    assertRefused(connection, events | DISABLE, NtStatus.INVALID_PARAMETER);
  }

  @Test
  @Rule({"EVT-32", "OPT-52"})
  void shouldDisableWhatIsNotEnabled() {
    for (EventSocket socket : List.of(connection, listener)) {
      assertThat(apply(socket, RECEIVE | DISABLE)).isSameAs(NtStatus.SUCCESS);
      assertThat(apply(socket, RECEIVE | DISABLE, new RecordingRoutine()))
          .isSameAs(NtStatus.SUCCESS);
      assertThat(socket.gate().enabled()).isZero();
    }
    connection.implemented = 0;
    assertThat(apply(connection, RECEIVE | DISABLE)).isSameAs(NtStatus.SUCCESS);
  }

  @Test
  @Rule({"EVT-22", "EVT-26", "EVT-28"})
  void shouldCompleteADisableWhenTheCallbackHasReturned() {
    apply(connection, RECEIVE);
    assertThat(connection.gate().enter(RECEIVE)).isTrue();
    RecordingRoutine first = new RecordingRoutine();
    RecordingRoutine second = new RecordingRoutine();
    assertThat(apply(connection, RECEIVE | DISABLE, first)).isSameAs(NtStatus.PENDING);
    assertThat(apply(connection, RECEIVE | DISABLE, second)).isSameAs(NtStatus.PENDING);
    connection.gate().leave(RECEIVE);
    assertThat(first.count()).isZero();
    assertThat(connection.gate().enter(RECEIVE)).isFalse();
    connection.runLater();

    for (RecordingRoutine routine : List.of(first, second)) {
      assertThat(routine.count()).isOne();
      assertThat(routine.last().result().status()).isSameAs(NtStatus.SUCCESS);
      assertThat(routine.last().pendingReturned()).isTrue();
    }
    assertThat(connection.gate().enter(RECEIVE)).isFalse();
  }

  @Test
  @Rule({"EVT-23", "EVT-24", "EVT-25", "EVT-27", "IRP-61"})
  void shouldSayThatADisableWithoutAnIrpTakesEffectWhenTheCallbackHasReturned() {
    apply(connection, RECEIVE | DISCONNECT);
    assertThat(connection.gate().enter(RECEIVE)).isTrue();
    assertThat(apply(connection, RECEIVE | DISABLE)).isSameAs(NtStatus.EVENT_PENDING);
    assertThat(NtStatus.EVENT_PENDING.isSuccess()).isTrue();
    assertThat(apply(connection, DISCONNECT | DISABLE)).isSameAs(NtStatus.SUCCESS);
    connection.gate().leave(RECEIVE);
    assertThat(connection.gate().enter(RECEIVE)).isFalse();
    assertThat(apply(connection, RECEIVE | DISABLE)).isSameAs(NtStatus.SUCCESS);
    assertThat(apply(connection, RECEIVE)).isSameAs(NtStatus.SUCCESS);
    assertThat(connection.gate().enter(RECEIVE)).isTrue();
  }

  @Test
  @Rule({"EVT-29", "EVT-30"})
  void shouldCountTheCallsOfTheEventAlone() {
    apply(connection, RECEIVE | DISCONNECT);
    assertThat(connection.gate().enter(RECEIVE)).isTrue();
    assertThat(apply(connection, DISCONNECT | DISABLE, new RecordingRoutine()))
        .isSameAs(NtStatus.SUCCESS);

    RecordingRoutine routine = new RecordingRoutine();
    assertThat(apply(connection, RECEIVE | DISABLE, routine)).isSameAs(NtStatus.PENDING);
    assertThat(apply(connection, RECEIVE)).isSameAs(NtStatus.SUCCESS);
    connection.gate().leave(RECEIVE);
    assertThat(connection.gate().enter(RECEIVE)).isFalse();
    connection.runLater();
    assertThat(routine.count()).isOne();
    assertThat(connection.gate().enter(RECEIVE)).isTrue();
  }

  @Test
  @Rule({"EVT-40", "EVT-41", "EVT-45", "CLI-70", "CLI-71"})
  void shouldNotDisableWhatIsEnabledStatically() {
    connection.gate().enableStatically(RECEIVE);
    assertThat(apply(connection, RECEIVE | DISCONNECT)).isSameAs(NtStatus.SUCCESS);
    assertRefused(connection, RECEIVE | DISABLE, NtStatus.NOT_SUPPORTED);
    assertThat(connection.gate().enter(RECEIVE)).isTrue();
    assertRefused(connection, RECEIVE | DISABLE, NtStatus.NOT_SUPPORTED);
    connection.gate().leave(RECEIVE);
    assertThat(connection.gate().isOpen(RECEIVE)).isTrue();
    assertThat(apply(connection, DISCONNECT | DISABLE)).isSameAs(NtStatus.SUCCESS);
    assertThat(connection.gate().enabled()).isEqualTo(RECEIVE);
  }

  @Test
  @Rule({"LSN-60", "LSN-61", "OPT-55", "OPT-57"})
  void shouldNotDisableOnAListenerWhatItsSocketsInherit() {
    apply(listener, ACCEPT | RECEIVE | DISCONNECT | SEND_BACKLOG);
    for (int event : List.of(RECEIVE, DISCONNECT, SEND_BACKLOG)) {
      assertRefused(listener, event | DISABLE, NtStatus.NOT_SUPPORTED);
    }
    assertThat(apply(listener, ACCEPT | DISABLE)).isSameAs(NtStatus.SUCCESS);
    assertThat(apply(listener, ACCEPT)).isSameAs(NtStatus.SUCCESS);
    assertThat(listener.gate().enabled()).isEqualTo(ACCEPT | RECEIVE | DISCONNECT | SEND_BACKLOG);
  }

  // ---- A socket that is offered by an accept callback of another thread

  @Test
  @Rule("EVT-56")
  void shouldNotEnableWithoutAnIrpWhileTheSocketIsOffered() {
    connection.offeredElsewhere = true;
    assertThat(apply(connection, RECEIVE)).isSameAs(NtStatus.REQUEST_NOT_ACCEPTED);
    assertThat(connection.gate().enabled()).isZero();
    assertRefused(connection, ACCEPT, NtStatus.INVALID_PARAMETER);
  }

  @ParameterizedTest
  @ValueSource(ints = {RECEIVE, RECEIVE | WskEventCallbackControl.DISABLE})
  @Rule({"CLS-08", "CLS-09"})
  void shouldCancelWhatWaitsForTheOfferWhenTheSocketCloses(int events, TestScope scope) {
    connection.offeredElsewhere = true;
    Irp irp = scope.irp();
    irp.begin(null);
    WskEventCallbackControl control = new WskEventCallbackControl(WSK, events);
    assertThat(EventControl.apply(connection, control, irp)).isSameAs(NtStatus.PENDING);
    connection.closing = true;
    connection.state = NtStatus.FILE_FORCED_CLOSED;
    connection.runLater();
    assertThat(irp.status()).isSameAs(NtStatus.CANCELLED);
  }

  @Test
  void shouldJudgeAnEnableByWhatTheOfferLeft(TestScope scope) {
    connection.offeredElsewhere = true;
    connection.implemented = 0;
    Irp enable = scope.irp();
    enable.begin(null);
    WskEventCallbackControl receive = new WskEventCallbackControl(WSK, RECEIVE);
    assertThat(EventControl.apply(connection, receive, enable)).isSameAs(NtStatus.PENDING);
    assertThat(enable.pendingReturned() || enable.isCompleted()).isFalse();
    connection.implemented = RECEIVE;
    connection.runLater();
    assertThat(enable.status()).isSameAs(NtStatus.SUCCESS);
    assertThat(enable.pendingReturned()).isTrue();
    assertThat(connection.gate().enabled()).isEqualTo(RECEIVE);

    Irp refused = scope.irp();
    refused.begin(null);
    WskEventCallbackControl disconnect = new WskEventCallbackControl(WSK, DISCONNECT);
    assertThat(EventControl.apply(connection, disconnect, refused)).isSameAs(NtStatus.PENDING);
    connection.runLater();
    assertThat(refused.status()).isSameAs(NtStatus.INVALID_PARAMETER);
    assertThat(connection.gate().enabled()).isEqualTo(RECEIVE);
  }
}
