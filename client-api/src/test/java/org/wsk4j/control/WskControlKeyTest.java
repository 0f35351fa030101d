package org.wsk4j.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WskControlKeyTest {
  @Test
  void shouldNameRawKeysByTheirNumbers() {
    WskControlKey<?, ?> raw = WskControlKey.raw(0xFFFF, 0xFFFFFFFB);

    assertThat(raw.isRaw()).isTrue();
    assertThat(raw.level()).isEqualTo(WskOptions.EXCLUSIVEADDRUSE.level());
    assertThat(raw.code()).isEqualTo(WskOptions.EXCLUSIVEADDRUSE.code());
    assertThat(raw.input()).isNull();
    assertThat(raw.output()).isNull();
    assertThat(raw).hasToString("level 0xFFFF, code 0xFFFFFFFB");
  }

  @Test
  void shouldNameTypedKeysAsWindowsDoes() {
    assertThat(WskOptions.EVENT_CALLBACK).hasToString("SO_WSK_EVENT_CALLBACK");
    assertThat(WskOptions.EVENT_CALLBACK.isRaw()).isFalse();
    assertThat(WskClientControls.CACHE_SD).hasToString("WSK_CACHE_SD");
    assertThat(WskClientControlKey.raw(9)).hasToString("client control code 9");
  }

  @Test
  void shouldShareTheKeyOfOptionsWithTwoNames() {
    assertThat(Ipv6Options.JOIN_GROUP).isSameAs(Ipv6Options.ADD_MEMBERSHIP);
    assertThat(Ipv6Options.LEAVE_GROUP).isSameAs(Ipv6Options.DROP_MEMBERSHIP);
    assertThat(TcpOptions.KEEPIDLE).isSameAs(TcpOptions.KEEPALIVE);
    assertThat(IpOptions.RECVTOS).isSameAs(IpOptions.RECVTCLASS);
    assertThat(IpOptions.RECVTTL).isSameAs(IpOptions.HOPLIMIT);
  }

  @Test
  void shouldHaveNoOutputForWhatCanOnlyBeSet() {
    assertThat(WskOptions.EVENT_CALLBACK.output()).isNull();
    assertThat(IpOptions.ADD_MEMBERSHIP.output()).isNull();
    assertThat(WskOptions.TYPE.input()).isNull();
    assertThat(WskIoctls.ADDRESS_LIST_CHANGE.input()).isNull();
    assertThat(WskIoctls.ADDRESS_LIST_CHANGE.output()).isNull();
  }

  @Test
  void shouldNeedAnIrpForTheChangeOfTheTransportListAlone() {
    assertThat(WskClientControls.TRANSPORT_LIST_CHANGE.requiresIrp()).isTrue();
    assertThat(WskClientControlKey.raw(3).requiresIrp()).isTrue();
    assertThat(WskClientControls.TRANSPORT_LIST_QUERY.requiresIrp()).isFalse();
    assertThat(WskClientControls.CACHE_SD.requiresIrp()).isFalse();
  }

  @Test
  void shouldMeanAnotherOptionAtAnotherLevel() {
    assertThat(WskOptions.REUSEADDR.code()).isEqualTo(4).isEqualTo(IpOptions.TTL.code());
    assertThat(WskOptions.REUSEADDR.level()).isNotEqualTo(IpOptions.TTL.level());
    assertThat(WskOptions.REUSEADDR).isNotEqualTo(IpOptions.TTL);
  }

  @Test
  void shouldCopyTheMappingsOfTdi() {
    WskTdiMap map = new WskTdiMap(1, 2, 6, "\\Device\\Tcp");
    List<WskTdiMap> maps = new ArrayList<>(List.of(map));
    WskTdiMapInfo info = new WskTdiMapInfo(maps);

    maps.clear();

    assertThat(info.maps()).containsExactly(map);
  }
}
