package org.wsk4j.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.wsk4j.contract.Rule;

class WskVersionTest {
  @Test
  @Rule("REG-19")
  void shouldPutTheMajorNumberIntoTheHighByte() {
    assertThat(WskVersion.make(1, 0)).isEqualTo(0x0100).isEqualTo(WskVersion.V1_0);
    assertThat(WskVersion.make(0x12, 0x34)).isEqualTo(0x1234);
    assertThat(WskVersion.make(255, 255)).isEqualTo(0xFFFF);
  }

  @Test
  @Rule("REG-20")
  void shouldKeepOnlyTheLowByteOfTheMinorNumber() {
    assertThat(WskVersion.make(1, 0x234)).isEqualTo(0x0134);
    assertThat(WskVersion.make(1, -1)).isEqualTo(0x01FF);
  }

  @Test
  @Rule("REG-21")
  void shouldTakeVersionsApartAsTheyWereMade() {
    for (int major = 0; major <= 255; major++) {
      for (int minor = 0; minor <= 255; minor++) {
        int version = WskVersion.make(major, minor);
        assertThat(WskVersion.major(version)).isEqualTo(major);
        assertThat(WskVersion.minor(version)).isEqualTo(minor);
      }
    }
  }

  @Test
  void shouldWriteVersionsAsPeopleDo() {
    assertThat(WskVersion.toString(WskVersion.make(1, 11))).isEqualTo("1.11");
  }

  @Test
  void shouldOfferWhatLiesInTheRange() {
    WskProviderCharacteristics range = new WskProviderCharacteristics(0x0105, 0x0100);

    assertThat(range.offers(0x00FF)).isFalse();
    assertThat(range.offers(0x0100)).isTrue();
    assertThat(range.offers(0x0105)).isTrue();
    assertThat(range.offers(0x0106)).isFalse();
  }
}
