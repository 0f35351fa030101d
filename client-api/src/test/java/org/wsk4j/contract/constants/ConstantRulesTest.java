package org.wsk4j.contract.constants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.IoControlCodes;
import org.wsk4j.control.IpOptions;
import org.wsk4j.control.Ipv6Options;
import org.wsk4j.control.TcpOptions;
import org.wsk4j.control.UdpOptions;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.control.WskOptions;
import org.wsk4j.listen.WskInspectAction;
import org.wsk4j.net.NameInfoFlags;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocketCategory;

/** The numbers that rules of the contract state. */
class ConstantRulesTest {
  @Test
  @Rule("REG-22")
  void shouldNumberTheWaitTimesAsWskDoes() {
    assertThat(WskRegistration.NO_WAIT).isZero();
    assertThat(WskRegistration.INFINITE_WAIT).isEqualTo(0xFFFFFFFF);
  }

  @Test
  @Rule("CLI-07")
  void shouldNumberTheClientControlCodesAsWskDoes() {
    assertThat(
            List.of(
                WskClientControls.TRANSPORT_LIST_QUERY.code(),
                WskClientControls.TRANSPORT_LIST_CHANGE.code(),
                WskClientControls.CACHE_SD.code(),
                WskClientControls.RELEASE_SD.code(),
                WskClientControls.TDI_DEVICENAME_MAPPING.code(),
                WskClientControls.SET_STATIC_EVENT_CALLBACKS.code(),
                WskClientControls.TDI_BEHAVIOR.code()))
        .containsExactly(2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  @Rule({"CLI-68", "EVT-01"})
  void shouldNumberTheEventFlagsAsWskDoes() {
    assertThat(
            List.of(
                WskEventCallbackControl.SEND_BACKLOG,
                WskEventCallbackControl.RECEIVE,
                WskEventCallbackControl.DISCONNECT,
                WskEventCallbackControl.RECEIVE_FROM,
                WskEventCallbackControl.ACCEPT,
                WskEventCallbackControl.DISABLE))
        .containsExactly(0x10, 0x40, 0x80, 0x100, 0x200, 0x80000000);
  }

  @Test
  @Rule("SOC-10")
  void shouldNumberTheCategoriesAsWskDoes() {
    assertThat(WskSocketCategory.values())
        .extracting(WskSocketCategory::flag)
        .containsExactly(
            WskFlags.BASIC_SOCKET,
            WskFlags.LISTEN_SOCKET,
            WskFlags.CONNECTION_SOCKET,
            WskFlags.DATAGRAM_SOCKET,
            WskFlags.STREAM_SOCKET)
        .containsExactly(0, 1, 2, 4, 8);
    for (WskSocketCategory category : WskSocketCategory.values()) {
      assertThat(WskSocketCategory.ofFlags(category.flag())).isSameAs(category);
    }
    assertThat(WskSocketCategory.ofFlags(3)).isNull();
    assertThat(WskSocketCategory.ofFlags(16)).isNull();
  }

  @Test
  @Rule("NAM-68")
  void shouldNumberTheNameFlagsAsWinsockDoes() {
    assertThat(
            List.of(
                NameInfoFlags.NOFQDN,
                NameInfoFlags.NUMERICHOST,
                NameInfoFlags.NAMEREQD,
                NameInfoFlags.NUMERICSERV,
                NameInfoFlags.DGRAM))
        .containsExactly(0x01, 0x02, 0x04, 0x08, 0x10);
  }

  @Test
  @Rule("INS-26")
  void shouldNumberTheInspectActionsAsWskDoes() {
    assertThat(WskInspectAction.valueOf("REJECT").ordinal()).isZero();
    assertThat(WskInspectAction.valueOf("ACCEPT").ordinal()).isEqualTo(1);
    assertThat(WskInspectAction.valueOf("PEND").ordinal()).isEqualTo(2);
  }

  @Test
  @Rule({"IOC-01", "IOC-30"})
  void shouldComposeTheIoctlsOfWskOfDirectionVendorAndNumber() {
    List<WskControlKey<?, ?>> ioctls =
        List.of(
            WskIoctls.SET_REMOTE_ADDRESS,
            WskIoctls.REGISTER_EXTENSION,
            WskIoctls.QUERY_IDEAL_SEND_BACKLOG,
            WskIoctls.QUERY_RECEIVE_BACKLOG,
            WskIoctls.QUERY_INSPECT_ID,
            WskIoctls.SET_SENDTO_ADDRESS,
            WskIoctls.SET_TCP_SILENT_MODE);

    for (int i = 0; i < ioctls.size(); i++) {
      WskControlKey<?, ?> ioctl = ioctls.get(i);
      assertThat(ioctl.code())
          .as(ioctl.name())
          .isEqualTo(IoControlCodes.compose(direction(ioctl), 0x0F000000, i + 1));
    }
    assertThat(WskIoctls.REGISTER_EXTENSION.code()).isEqualTo(0xCF000002);
  }

  /** The direction that the types of an ioctl of WSK ask for. */
  private static int direction(WskControlKey<?, ?> ioctl) {
    if (ioctl.input() == null && ioctl.output() == null) {
      return 0x20000000;
    }
    return (ioctl.input() != null ? 0x80000000 : 0) | (ioctl.output() != null ? 0x40000000 : 0);
  }

  @Test
  void shouldComposeTheIoctlsOfUnixWithTheSizeOfTheirParameter() {
    assertThat(IoControlCodes.composeUnix(IoControlCodes.IOC_OUT, 4, 'f', 127))
        .isEqualTo(WskIoctls.FIONREAD.code());
    assertThat(IoControlCodes.composeUnix(IoControlCodes.IOC_IN, 4, 'f', 126))
        .isEqualTo(WskIoctls.FIONBIO.code());
    assertThat(IoControlCodes.composeUnix(IoControlCodes.IOC_VOID, 0, 't', 122))
        .isEqualTo(WskIoctls.IDEAL_SEND_BACKLOG_CHANGE.code());
  }

  @Test
  @Rule("BAS-01")
  void shouldAskForABasicSocketWithNoFlag() {
    assertThat(WskFlags.BASIC_SOCKET).isZero();
    assertThat(WskSocketCategory.ofFlags(0)).isSameAs(WskSocketCategory.BASIC);
  }

  @Test
  @Rule("CTL-03")
  void shouldPutOptionsAtTheLevelOfTheirProtocol() {
    assertThat(WskOptions.EVENT_CALLBACK.level()).isEqualTo(0xFFFF);
    assertThat(WskOptions.REUSEADDR.level()).isEqualTo(0xFFFF);
    assertThat(TcpOptions.NODELAY.level()).isEqualTo(6);
    assertThat(UdpOptions.NOCHECKSUM.level()).isEqualTo(17);
    assertThat(IpOptions.TTL.level()).isZero();
    assertThat(Ipv6Options.V6ONLY.level()).isEqualTo(41);
  }
}
