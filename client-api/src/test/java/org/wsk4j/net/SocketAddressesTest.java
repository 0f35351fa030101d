package org.wsk4j.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketAddressesTest {
  private static final String MAPPED = "00000000000000000000ffffc0000207"; // ::ffff:192.0.2.7
  private static final InetAddress V4 = address("192.0.2.7");

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static InetSocketAddress socketAddress(String literal, int port) {
    return new InetSocketAddress(address(literal), port);
  }

  private static Inet6Address mapped() {
    return SocketAddresses.inet6(HexFormat.of().parseHex(MAPPED), 0);
  }

  private static String encoded(SocketAddress address, ByteOrder order) {
    ByteBuffer target = ByteBuffer.allocate(SocketAddresses.nativeSize(address)).order(order);
    SocketAddresses.encode(address, target);
    assertThat(target.hasRemaining()).isFalse();
    return HexFormat.of().formatHex(target.array());
  }

  private static InetSocketAddress decoded(String hex) {
    ByteBuffer source = ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    InetSocketAddress address = SocketAddresses.decode(source);
    assertThat(source.hasRemaining()).isFalse();
    return address;
  }

  @Test
  void shouldTellTheFamily() {
    assertThat(SocketAddresses.family(socketAddress("127.0.0.1", 1))).isEqualTo(AddressFamily.INET);
    assertThat(SocketAddresses.family(socketAddress("::1", 1))).isEqualTo(AddressFamily.INET6);
    assertThat(SocketAddresses.family(new InetSocketAddress(mapped(), 1)))
        .isEqualTo(AddressFamily.INET6);
    assertThat(SocketAddresses.family(UnixDomainSocketAddress.of("x")))
        .isEqualTo(AddressFamily.UNIX);
    assertThat(SocketAddresses.family(InetSocketAddress.createUnresolved("host", 1)))
        .isEqualTo(AddressFamily.UNSPEC);
    assertThat(SocketAddresses.family((SocketAddress) null)).isEqualTo(AddressFamily.UNSPEC);
  }

  @Test
  void shouldWriteAndReadIpv4AddressesAsWindowsDoes() {
    InetSocketAddress address = new InetSocketAddress(V4, 0x1234);
    String image = "0200 1234 c0000207 0000000000000000";

    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      assertThat(encoded(address, order)).isEqualTo(image.replace(" ", ""));
    }
    assertThat(decoded(image)).isEqualTo(address);
    assertThat(decoded(image.replace("1234", "ffff")).getPort()).isEqualTo(65535);
  }

  @Test
  void shouldWriteAndReadIpv6AddressesWithTheirScopeAsWindowsDoes() {
    byte[] octets = HexFormat.of().parseHex("fe800000000000000102030405060708");
    InetSocketAddress address = new InetSocketAddress(SocketAddresses.inet6(octets, 0x0A0B), 80);
    String image = "1700 0050 00000000 fe800000000000000102030405060708 0b0a0000";

    assertThat(encoded(address, ByteOrder.BIG_ENDIAN)).isEqualTo(image.replace(" ", ""));
    InetSocketAddress read = decoded(image);
    assertThat(read).isEqualTo(address);
    assertThat(((Inet6Address) read.getAddress()).getScopeId()).isEqualTo(0x0A0B);
    assertThat(decoded(image.replace("0050 00000000", "0050 01020304"))).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "02",
        "0200 1234 c0000207 00000000000000",
        "1700 0050 00000000 fe800000000000000102030405060708 0b0a00",
        "0100 0050 00000000 fe800000000000000102030405060708 0b0a0000"
      })
  void shouldRefuseBytesThatAreNoAddress(String hex) {
    assertThatIllegalArgumentException().isThrownBy(() -> decoded(hex));
  }

  @Test
  void shouldRefuseToWriteWhatHasNoNativeLayout() {
    SocketAddress unresolved = InetSocketAddress.createUnresolved("host", 1);

    assertThatIllegalArgumentException().isThrownBy(() -> SocketAddresses.nativeSize(unresolved));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SocketAddresses.encode(unresolved, ByteBuffer.allocate(28)));
  }

  /** The standard library turns the same bytes into an IPv4 address. */
  @Test
  void shouldKeepAMappedAddressInSixteenBytes() throws UnknownHostException {
    assertThat(InetAddress.getByAddress(HexFormat.of().parseHex(MAPPED)))
        .isInstanceOf(Inet4Address.class);

    Inet6Address kept = mapped();
    InetSocketAddress read =
        decoded("1700 0050 00000000 00000000000000000000ffffc0000207 00000000");

    assertThat(kept.getAddress()).hasSize(16);
    assertThat(SocketAddresses.isMapped(kept)).isTrue();
    assertThat(read.getAddress()).isEqualTo(kept).isInstanceOf(Inet6Address.class);
    assertThat(encoded(read, ByteOrder.LITTLE_ENDIAN)).contains(MAPPED);
    assertThat(kept.getHostAddress()).doesNotContain("%");
  }

  @Test
  void shouldMapAndUnmap() {
    InetSocketAddress v4 = new InetSocketAddress(V4, 99);

    InetSocketAddress mapped = SocketAddresses.toMapped(v4);

    assertThat(mapped.getAddress()).isEqualTo(mapped());
    assertThat(mapped.getPort()).isEqualTo(99);
    assertThat(SocketAddresses.isMapped(mapped)).isTrue();
    assertThat(SocketAddresses.isMapped(v4)).isFalse();
    assertThat(SocketAddresses.unmap(mapped)).isEqualTo(v4);
    assertThat(SocketAddresses.unmap(v4)).isSameAs(v4);
    assertThat(SocketAddresses.unmap(mapped())).isEqualTo(V4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::1",
        "::",
        "fe80::1",
        "::ffff:0:192.0.2.7",
        "1::ffff:c000:207",
        "::ff:c000:207",
        "::ff00:c000:207"
      })
  void shouldLeaveRealIpv6AddressesAlone(String literal) {
    InetSocketAddress address = socketAddress(literal, 1);

    assertThat(SocketAddresses.isMapped(address)).isFalse();
    assertThat(SocketAddresses.toMapped(address)).isSameAs(address);
    assertThat(SocketAddresses.unmap(address)).isSameAs(address);
  }

  @Test
  void shouldRecogniseWildcardsAndGroupsAlsoInMappedForm() {
    InetSocketAddress any = socketAddress("0.0.0.0", 5);
    InetSocketAddress group = socketAddress("239.1.2.3", 5);

    assertThat(List.of(any, SocketAddresses.toMapped(any), socketAddress("::", 5)))
        .allMatch(SocketAddresses::isWildcard)
        .noneMatch(SocketAddresses::isMulticast);
    assertThat(List.of(group, SocketAddresses.toMapped(group), socketAddress("ff02::1", 5)))
        .allMatch(SocketAddresses::isMulticast)
        .noneMatch(SocketAddresses::isWildcard);
    assertThat(SocketAddresses.isWildcard(InetSocketAddress.createUnresolved("host", 1))).isFalse();
    assertThat(SocketAddresses.isMulticast(UnixDomainSocketAddress.of("x"))).isFalse();
  }

  @Test
  void shouldRefuseOtherThanSixteenBytesAsIpv6() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SocketAddresses.inet6(new byte[4], 0))
        .withMessageContaining("4 bytes");
  }

  @Test
  void shouldReadNumbersAsAddressesAndBack() {
    assertThat(InAddr.toAddress(InAddr.LOOPBACK)).isEqualTo(address("127.0.0.1"));
    assertThat(InAddr.toAddress(InAddr.BROADCAST)).isEqualTo(address("255.255.255.255"));
    assertThat(InAddr.toNumber((Inet4Address) V4)).isEqualTo(0xC0000207);
  }
}
