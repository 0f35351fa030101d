package org.wsk4j.nt;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wsk4j.contract.Rule;

class NtStatusTest {
  @Test
  void shouldHaveOneObjectAndOneNameForEachValue() throws IllegalAccessException {
    Map<String, NtStatus> constants = constants();
    NtStatus alias = constants.remove("WAIT_0");

    assertThat(alias).isSameAs(NtStatus.SUCCESS);
    assertThat(constants).hasSizeGreaterThan(80);
    assertThat(constants.values()).extracting(NtStatus::value).doesNotHaveDuplicates();
    constants.forEach(
        (name, status) -> {
          assertThat(status.name()).isEqualTo(name);
          assertThat(status.meaning()).isNotBlank();
          assertThat(NtStatus.of(status.value())).isSameAs(status);
        });
  }

  private static Map<String, NtStatus> constants() throws IllegalAccessException {
    Map<String, NtStatus> constants = new LinkedHashMap<>();
    for (Field field : NtStatus.class.getFields()) {
      if (field.getType() == NtStatus.class) {
        constants.put(field.getName(), (NtStatus) field.get(null));
      }
    }
    return constants;
  }

  @Test
  void shouldGiveAnUnnamedStatusForAnUnknownValue() {
    NtStatus unknown = NtStatus.of(0xC0DEC0DE);

    assertThat(unknown.value()).isEqualTo(0xC0DEC0DE);
    assertThat(unknown.name()).isEqualTo("UNNAMED");
    assertThat(unknown).isEqualTo(NtStatus.of(0xC0DEC0DE)).hasSameHashCodeAs(unknown.value());
    assertThat(unknown).isNotEqualTo(NtStatus.of(0xC0DEC0DF)).isNotEqualTo(null);
    assertThat(unknown.isError()).isTrue();
    assertThat(unknown).hasToString("STATUS_UNNAMED (0xC0DEC0DE): a status without a name here");
  }

  @Test
  void shouldTellNameValueAndMeaning() {
    assertThat(NtStatus.CONNECTION_RESET.toString())
        .isEqualTo("STATUS_CONNECTION_RESET (0xC000020D): " + NtStatus.CONNECTION_RESET.meaning());
  }

  @Test
  void shouldTakeTheSeverityFromTheTwoHighestBits() {
    int[] values = {0, 0x3FFFFFFF, 0x40000000, 0x7FFFFFFF, 0x80000000, 0xBFFFFFFF, 0xC0000000, -1};

    assertThat(Arrays.stream(values).mapToObj(NtStatus::of).map(NtStatusTest::severity))
        .containsExactly(
            "success",
            "success",
            "success information",
            "success information",
            "warning",
            "warning",
            "error",
            "error");
  }

  private static String severity(NtStatus status) {
    String text =
        (status.isSuccess() ? "success " : "") + (status.isInformation() ? "information" : "");
    return (text + (status.isWarning() ? "warning" : "") + (status.isError() ? "error" : ""))
        .strip();
  }

  @Test
  @Rule({"EVT-25", "CTL-41"})
  void shouldLetEventPendingPassTheSuccessTest() {
    assertThat(NtStatus.EVENT_PENDING.value()).isEqualTo(0x40000013);
    assertThat(NtStatus.EVENT_PENDING.isSuccess()).isTrue();
    assertThat(NtStatus.EVENT_PENDING.isInformation()).isTrue();
    assertThat(NtStatus.EVENT_PENDING).isNotSameAs(NtStatus.SUCCESS);
  }

  @Test
  @Rule({"CTL-42", "CLI-28"})
  void shouldNotLetBufferOverflowPassTheSuccessTest() {
    assertThat(NtStatus.BUFFER_OVERFLOW.value()).isEqualTo(0x80000005);
    assertThat(NtStatus.BUFFER_OVERFLOW.isWarning()).isTrue();
    assertThat(NtStatus.BUFFER_OVERFLOW.isSuccess()).isFalse();
    assertThat(NtStatus.BUFFER_OVERFLOW.isError()).isFalse();
  }

  @Test
  void shouldLetPendingPassTheSuccessTest() {
    assertThat(NtStatus.PENDING.isSuccess()).isTrue();
    assertThat(NtStatus.PENDING.isInformation()).isFalse();
  }
}
