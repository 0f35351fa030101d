package org.wsk4j.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.contract.Rule;
import org.wsk4j.nt.NtStatus;

class ControlInfoTest {
  private static final Inet4Address LOOPBACK = InAddr.toAddress(InAddr.LOOPBACK);
  private static final Inet6Address LOOPBACK6 = SocketAddresses.inet6(octets(1), 0);

  private static byte[] octets(int last) {
    byte[] octets = new byte[16];
    octets[15] = (byte) last;
    return octets;
  }

  private static ControlInfo wrap(String hex) {
    return ControlInfo.wrap(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
  }

  private static String hex(ControlInfo info) {
    return HexFormat.of().formatHex(info.toBytes().array());
  }

  @Test
  @Rule("DGS-46")
  void shouldLayOutHeaderDataAndPaddingAsWindowsDoes() {
    ControlInfo info = ControlInfo.of(IntControlMessage.tos(0x2E), new InPktInfo(LOOPBACK, 7));

    assertThat(hex(info))
        .isEqualTo(
            "1400000000000000" // length 20: header and data
                + "0000000003000000" // IPPROTO_IP, IP_TOS
                + "2e00000000000000" // the value, padded to 8
                + "1800000000000000"
                + "0000000013000000" // IPPROTO_IP, IP_PKTINFO
                + "7f00000107000000"); // address in network order, index in host order
    assertThat(info.nativeSize()).isEqualTo(48);
    assertThat(info.messages()).extracting(ControlMessage::nativeLength).containsExactly(20, 24);
    assertThat(info.messages()).extracting(ControlMessage::nativeSpace).containsExactly(24, 24);
    assertThat(ControlInfo.wrap(info.toBytes()).messages()).isEqualTo(info.messages());
  }

  @Test
  void shouldLayOutTheOtherKindsAsWindowsDoes() {
    assertThat(hex(ControlInfo.of(new In6PktInfo(LOOPBACK6, 3))))
        .isEqualTo(
            "2400000000000000"
                + "2900000013000000"
                + "00000000000000000000000000000001"
                + "0300000000000000");
    assertThat(hex(ControlInfo.of(new InRecvErr(Protocol.IP, Protocol.ICMP, 1400, 3, 4))))
        .isEqualTo(
            "1c00000000000000" + "000000004b000000" + "0100000078050000" + "0304000000000000");
    assertThat(hex(ControlInfo.of(IntControlMessage.sendMessageSize(1200))))
        .isEqualTo("1400000000000000" + "1100000002000000" + "b004000000000000");
    assertThat(hex(ControlInfo.of(new RawControlMessage(41, 32, new byte[0]))))
        .isEqualTo("1000000000000000" + "2900000020000000");
  }

  @Test
  void shouldReadEachKindInItsMostSpecificType() {
    List<ControlMessage> all =
        List.of(
            new InPktInfo(LOOPBACK, 0),
            new In6PktInfo(LOOPBACK6, -1),
            new InRecvErr(Protocol.IPV6, Protocol.ICMPV6, -1, 255, 255),
            IntControlMessage.tos(255),
            IntControlMessage.ttl(64),
            IntControlMessage.trafficClass(1),
            IntControlMessage.hopLimit(255),
            IntControlMessage.ecn(Protocol.IP, 3),
            IntControlMessage.ecn(Protocol.IPV6, 1),
            IntControlMessage.sendMessageSize(1),
            IntControlMessage.coalescedInfo(1472),
            new RawControlMessage(Protocol.IP, ControlType.IP_OPTIONS, new byte[0]),
            new RawControlMessage(0xFFFF, 1, new byte[] {1, 2, 3}));

    ControlInfo read = ControlInfo.wrap(ControlInfo.of(all).toBytes());

    assertThat(read.messages()).isEqualTo(all);
    assertThat(read).isEqualTo(ControlInfo.of(all)).hasSameHashCodeAs(ControlInfo.of(all));
    List<ControlMessage> walked = new ArrayList<>();
    read.forEach(walked::add);
    assertThat(walked).isEqualTo(all);
  }

  @Test
  void shouldReadKnownKindsOfAnotherSizeAsBytes() {
    ControlInfo info =
        ControlInfo.of(
            new RawControlMessage(Protocol.IP, ControlType.IP_PKTINFO, new byte[7]),
            new RawControlMessage(Protocol.IP, ControlType.IP_TOS, new byte[1]),
            new RawControlMessage(Protocol.IP, ControlType.IP_RECVERR, new byte[11]),
            new RawControlMessage(Protocol.IPV6, ControlType.IPV6_PKTINFO, new byte[21]),
            new RawControlMessage(Protocol.UDP, 99, new byte[4]));

    assertThat(ControlInfo.wrap(info.toBytes()).messages())
        .isEqualTo(info.messages())
        .hasOnlyElementsOfType(RawControlMessage.class);
  }

  @Test
  void shouldFindMessagesByLevelAndType() {
    IntControlMessage ttl = IntControlMessage.ttl(9);
    ControlInfo info = ControlInfo.of(new In6PktInfo(LOOPBACK6, 1), ttl, IntControlMessage.ttl(8));

    assertThat(info.find(Protocol.IP, ControlType.IP_TTL)).isSameAs(ttl);
    assertThat(info.find(Protocol.IP, ControlType.IP_PKTINFO)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0f00000000000000 0000000003000000", // length below the header's
        "0000000000000000 0000000003000000",
        "ffffffffffffffff 0000000003000000", // and even less
        "1100000000000000 0000000003000000", // runs past the end
        "1800000000000000 0000000003000000 00000000",
        "0000000001000000 0000000003000000", // runs far past the end
        "1400000000000000 0000000003000000 0100000000000000 1100000000000000 0000000003000000"
      })
  void shouldRecogniseLengthsThatCannotBe(String hex) {
    ControlInfo info = wrap(hex);

    assertThat(info.check()).isSameAs(NtStatus.INVALID_PARAMETER);
    assertThat(info.check()).isSameAs(NtStatus.INVALID_PARAMETER);
    assertThatIllegalStateException().isThrownBy(info::messages);
    assertThat(info.toString()).contains(info.nativeSize() + " malformed bytes");
  }

  @Test
  @Rule("DGS-48")
  void shouldIgnoreBytesTooFewForAnotherHeader() {
    String ttl = "1400000000000000 0000000004000000 40000000";

    for (String tail : List.of("", "00000000", "00000000 ff", "00000000 ffffffffffffffff ffffff")) {
      ControlInfo info = wrap(ttl + tail);
      assertThat(info.check()).as(tail).isSameAs(NtStatus.SUCCESS);
      assertThat(info.messages()).as(tail).containsExactly(IntControlMessage.ttl(64));
    }
    assertThat(wrap("ffffffffffffff").messages()).isEmpty();
    assertThat(wrap("").check()).isSameAs(NtStatus.SUCCESS);
  }

  @Test
  void shouldKeepTheBytesItWasMadeOf() {
    byte[] bytes = HexFormat.of().parseHex("1400000000000000000000000400000040000000aaaaaaaa");
    ByteBuffer given = ByteBuffer.wrap(bytes).position(0);

    ControlInfo info = ControlInfo.wrap(given);
    bytes[16] = 1;

    assertThat(given.position()).isZero();
    assertThat(info.nativeSize()).isEqualTo(24);
    assertThat(hex(info)).isEqualTo("1400000000000000000000000400000040000000aaaaaaaa");
    assertThat(info.messages()).containsExactly(IntControlMessage.ttl(64));
  }

  @Test
  void shouldWriteAtTheBuffersPositionInAnyByteOrder() {
    ControlInfo info = ControlInfo.of(IntControlMessage.ttl(64));
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      ByteBuffer target = ByteBuffer.allocate(40).order(order).position(3);

      info.encode(target);

      assertThat(target.position()).isEqualTo(27);
      assertThat(target.flip().position(3).slice()).isEqualTo(info.toBytes());
    }
  }

  @Test
  void shouldCutDownToWholeMessages() {
    IntControlMessage ttl = IntControlMessage.ttl(1);
    ControlInfo info = ControlInfo.of(ttl, new InPktInfo(LOOPBACK, 1), ttl);

    assertThat(info.fitting(72)).isSameAs(info);
    assertThat(info.fitting(68)).isSameAs(info); // the last padding may be missing
    assertThat(info.fitting(67).messages()).hasSize(2);
    assertThat(info.fitting(48).messages()).hasSize(2);
    assertThat(info.fitting(47).messages()).containsExactly(ttl);
    assertThat(info.fitting(19).messages()).isEmpty();
    assertThat(info.fitting(0).nativeSize()).isZero();
  }

  /** Any bytes are either refused or read; what is read and written again reads the same. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void shouldReadOrRefuseAnyBytes(long seed) {
    Random random = new Random(seed);
    int wellFormed = 0;
    for (int round = 0; round < 20_000; round++) {
      ControlInfo info = ControlInfo.wrap(ByteBuffer.wrap(randomBytes(random)));
      if (info.check() == NtStatus.SUCCESS) {
        wellFormed++;
        ControlInfo again = ControlInfo.wrap(ControlInfo.of(info.messages()).toBytes());
        assertThat(again.messages())
            .as("seed %d, round %d", seed, round)
            .isEqualTo(info.messages());
      }
    }
    assertThat(wellFormed).isBetween(1_000, 19_000);
  }

  /** Bytes in which lengths, levels and types are often plausible. */
  private static byte[] randomBytes(Random random) {
    ByteBuffer bytes = ByteBuffer.allocate(random.nextInt(120)).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.remaining() >= NativeSizes.CMSGHDR) {
      int space = Math.min(bytes.remaining(), 16 + random.nextInt(40));
      int[] levels = {0, 41, 17, 6};
      int[] types = {1, 2, 3, 4, 19, 21, 39, 50, 75};
      ByteBuffer one = bytes.slice(bytes.position(), space).order(ByteOrder.LITTLE_ENDIAN);
      byte[] noise = new byte[space];
      random.nextBytes(noise);
      one.put(noise).flip();
      one.putLong(random.nextInt(20) == 0 ? random.nextInt(200) - 10 : space);
      one.putInt(levels[random.nextInt(4)]).putInt(types[random.nextInt(9)]);
      bytes.position(Math.min(bytes.limit(), bytes.position() + (space + 7 & ~7)));
    }
    return bytes.array();
  }
}
