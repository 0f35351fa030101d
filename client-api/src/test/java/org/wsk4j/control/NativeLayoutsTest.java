package org.wsk4j.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.contract.Rule;
import org.wsk4j.net.InAddr;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.net.WskTransport;
import org.wsk4j.security.SecurityDescriptor;

class NativeLayoutsTest {
  private static final UUID ID = UUID.fromString("2227E803-8D8B-11D4-ABAD-009027719E09");
  private static final String ID_IMAGE = "03e827228b8dd411abad009027719e09";
  private static final String GROUP6 = "ff020000000000000000000000000001";
  private static final SocketAddress V4 =
      new InetSocketAddress(InAddr.toAddress(0xE0010203), 0x1234);
  private static final SocketAddress V6 =
      new InetSocketAddress(SocketAddresses.inet6(HexFormat.of().parseHex(GROUP6), 5), 80);
  private static final String V4_IMAGE = "02001234e0010203" + "00".repeat(8);
  private static final String V6_IMAGE = "1700005000000000" + GROUP6 + "05000000";

  static Stream<Arguments> images() {
    return Stream.of(
        image(NativeLayouts.ULONG, 0x01020304, "04030201"),
        image(NativeLayouts.ULONG, -1, "ffffffff"),
        image(NativeLayouts.NETWORK_ULONG, 7, "00000007"),
        image(NativeLayouts.BOOLEAN, true, "01"),
        image(NativeLayouts.BOOLEAN, false, "00"),
        image(NativeLayouts.SIZE_T, 0x1122334455667788L, "8877665544332211"),
        image(NativeLayouts.GUID, ID, ID_IMAGE),
        image(NativeLayouts.IN_ADDR, InAddr.toAddress(InAddr.LOOPBACK), "7f000001"),
        image(NativeLayouts.SOCKADDR, V4, V4_IMAGE),
        image(NativeLayouts.SOCKADDR, V6, V6_IMAGE),
        image(
            NativeLayouts.INSPECT_ID, new WskInspectId(9, -2), "0900000000000000feffffff00000000"),
        image(
            NativeLayouts.KEEPALIVE_VALUES,
            new KeepAliveValues(1, 7_200_000, 1000),
            "0100000000dd6d00e8030000"),
        image(NativeLayouts.LINGER, new Linger(1, 65535), "0100ffff"),
        image(
            NativeLayouts.IP_MREQ,
            new IpMreq(InAddr.toAddress(0xE0010203), InAddr.toAddress(InAddr.ANY)),
            "e001020300000000"),
        image(
            NativeLayouts.IP_MREQ_SOURCE,
            new IpMreqSource(
                InAddr.toAddress(0xE0010203), InAddr.toAddress(1), InAddr.toAddress(2)),
            "e00102030000000100000002"),
        image(
            NativeLayouts.IPV6_MREQ,
            new Ipv6Mreq(SocketAddresses.inet6(HexFormat.of().parseHex(GROUP6), 0), 4),
            GROUP6 + "04000000"),
        image(
            NativeLayouts.GROUP_REQ,
            new GroupRequest(3, V6),
            "0300000000000000" + V6_IMAGE + "00".repeat(100)),
        image(
            NativeLayouts.GROUP_SOURCE_REQ,
            new GroupSourceRequest(3, V4, V4),
            "0300000000000000" + (V4_IMAGE + "00".repeat(112)).repeat(2)),
        image(
            NativeLayouts.TRANSPORT_LIST,
            List.of(new WskTransport(2, 1, 6, 23, ID), new WskTransport(65535, 2, 17, 2, ID)),
            "0200010006000000"
                + "17000000"
                + ID_IMAGE
                + "ffff020011000000"
                + "02000000"
                + ID_IMAGE),
        image(NativeLayouts.TRANSPORT_LIST, List.of(), ""),
        image(NativeLayouts.SOCKET_ADDRESS_LIST, List.of(), "0000000000000000"),
        image(
            NativeLayouts.SOCKET_ADDRESS_LIST,
            List.of(V6, V4),
            "0200000000000000"
                + ("2800000000000000" + "1c00000000000000")
                + ("4400000000000000" + "1000000000000000")
                + V6_IMAGE
                + V4_IMAGE));
  }

  private static <T> Arguments image(NativeLayout<T> layout, T value, String hex) {
    return Arguments.of(layout, value, hex);
  }

  @ParameterizedTest
  @MethodSource("images")
  void shouldWriteAndReadTheBytesOfWindows(NativeLayout<Object> layout, Object value, String hex) {
    int size = hex.length() / 2;
    assertThat(layout.sizeOf(value)).isEqualTo(size);
    assertThat(layout.isFixedSize() ? layout.size() : size).isEqualTo(size);
    assertThat(layout.size()).isLessThanOrEqualTo(size);
    assertThat(layout.holdsReferences()).isFalse();
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      ByteBuffer target = ByteBuffer.allocate(size + 5).order(order).position(5);
      layout.encode(value, target);

      assertThat(target.hasRemaining()).isFalse();
      assertThat(HexFormat.of().formatHex(target.array(), 5, size + 5)).isEqualTo(hex);
      target.position(5);
      assertThat(layout.decode(target)).isEqualTo(value);
      assertThat(target.hasRemaining()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void shouldRefuseFewerBytesThanTheValueTakes(
      NativeLayout<Object> layout, Object value, String hex) {
    if (hex.isEmpty()) {
      return; // an empty list takes no bytes
    }
    byte[] bytes = HexFormat.of().parseHex(hex);
    ByteBuffer source = ByteBuffer.wrap(bytes, 0, bytes.length - 1);

    assertThatIllegalArgumentException().isThrownBy(() -> layout.decode(source));
    assertThat(source.position()).isZero();
  }

  @Test
  @Rule("CTL-18")
  void shouldWriteOptionValuesAsLittleEndianNumbersOfFourBytes() {
    ByteBuffer target = ByteBuffer.allocate(4);
    NativeLayout<Integer> layout = WskOptions.RCVBUF.input();

    layout.encode(0xFFFE0001, target);

    assertThat(layout.size()).isEqualTo(4);
    assertThat(target.array()).containsExactly(1, 0, 0xFE, 0xFF);
    assertThat(WskOptions.RCVBUF.output().decode(target.flip())).isEqualTo(0xFFFE0001);
  }

  @Test
  void shouldTakeAnyNonZeroByteForTrue() {
    assertThat(NativeLayouts.BOOLEAN.decode(ByteBuffer.wrap(new byte[] {(byte) 0x80}))).isTrue();
  }

  @Test
  void shouldHandBytesThroughAsTheyAre() {
    ByteBuffer value = ByteBuffer.wrap(new byte[] {9, 1, 2, 3}).position(1);
    ByteBuffer target = ByteBuffer.allocate(3);

    assertThat(NativeLayouts.BYTES.sizeOf(value)).isEqualTo(3);
    NativeLayouts.BYTES.encode(value, target);

    assertThat(value.position()).isEqualTo(1);
    assertThat(NativeLayouts.BYTES.decode(target.flip())).isEqualTo(value);
    assertThat(target.hasRemaining()).isFalse();
  }

  static Stream<Arguments> references() {
    return Stream.of(
        Arguments.of(NativeLayouts.SECURITY_DESCRIPTOR, SecurityDescriptor.grantingNobody(), 8),
        Arguments.of(
            NativeLayouts.EVENT_CALLBACK_CONTROL, new WskEventCallbackControl(null, 0), 16),
        Arguments.of(
            NativeLayouts.EXTENSION_CONTROL_IN, new WskExtensionControlIn(null, null, null), 24),
        Arguments.of(
            NativeLayouts.EXTENSION_CONTROL_OUT, new WskExtensionControlOut(null, null), 16),
        Arguments.of(NativeLayouts.TDI_MAP_INFO, new WskTdiMapInfo(List.of()), 16));
  }

  @ParameterizedTest
  @MethodSource("references")
  void shouldKnowTheSizeOfReferencesButNotWriteThem(
      NativeLayout<Object> layout, Object value, int size) {
    ByteBuffer buffer = ByteBuffer.allocate(size);

    assertThat(layout.holdsReferences()).isTrue();
    assertThat(layout.isFixedSize()).isTrue();
    assertThat(layout.size()).isEqualTo(size).isEqualTo(layout.sizeOf(value));
    assertThatIllegalArgumentException().isThrownBy(() -> layout.encode(value, buffer));
    assertThatIllegalArgumentException().isThrownBy(() -> layout.decode(buffer));
    assertThat(buffer.position()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ffffffff00000000", // a negative count
        "0200000000000000" + "1800000000000000" + "0000000000000000", // more entries than bytes
        "0100000000000000" + "0700000000000000" + "1000000000000000", // inside the header
        "0100000000000000" + "1800000000000000" + "ffffffff00000000", // a negative length
        "0100000000000000" + "0000000001000000" + "1000000000000000" // far outside
      })
  void shouldRefuseListsThatPointOutsideOfThemselves(String hex) {
    ByteBuffer source = ByteBuffer.wrap(HexFormat.of().parseHex(hex));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> NativeLayouts.SOCKET_ADDRESS_LIST.decode(source));
  }
}
