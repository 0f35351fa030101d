package org.wsk4j.provider.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@EnabledOnOs(OS.LINUX)
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class NativeSocketsTest {
  private static final int SOL_SOCKET = 1;
  private static final int SO_TYPE = 3;
  private static final int SO_RCVBUF = 8;
  private static final int EMSGSIZE = -90;
  private static final int EBADF = -9;

  static {
    Epoll.ensureAvailability();
  }

  private final ByteBuffer data = ByteBuffer.allocateDirect(200_000);
  private final MessageVector vector = new MessageVector(4);
  private int socket = -1;

  @BeforeEach
  void shouldBeAvailableHere() {
    assertThat(NativeSockets.unavailabilityCause()).isNull();
    assertThat(NativeSockets.isAvailable()).isTrue();
  }

  @AfterEach
  void closeSocket() {
    if (socket >= 0) {
      assertThat(NativeSockets.close(socket)).isZero();
    }
  }

  private static int number(StandardProtocolFamily family) {
    return family == StandardProtocolFamily.INET6 ? NativeSockets.AF_INET6 : NativeSockets.AF_INET;
  }

  private static InetAddress loopback(StandardProtocolFamily family) throws IOException {
    return InetAddress.getByName(family == StandardProtocolFamily.INET6 ? "::1" : "127.0.0.1");
  }

  private void open(StandardProtocolFamily family) {
    socket = NativeSockets.open(number(family), NativeSockets.SOCK_DGRAM, 17);
    assertThat(socket).isPositive();
  }

  private long place(int offset) {
    return Buffer.memoryAddress(data) + offset;
  }

  private void prepare(int index, int offset, String text) {
    for (int i = 0; i < text.length(); i++) {
      data.put(offset + i, (byte) text.charAt(i));
    }
    vector.setData(index, place(offset), text.length());
  }

  @ParameterizedTest
  @EnumSource(
      names = {"INET", "INET6"},
      value = StandardProtocolFamily.class)
  void shouldSendManyWithOneCallEachWithItsLength(StandardProtocolFamily family) throws Exception {
    open(family);
    try (DatagramChannel peer = DatagramChannel.open(family)) {
      peer.bind(new InetSocketAddress(loopback(family), 0));
      InetSocketAddress remote = (InetSocketAddress) peer.getLocalAddress();
      String[] texts = {"one", "", "three"};
      for (int i = 0; i < texts.length; i++) {
        prepare(i, i * 100, texts[i]);
        vector.setRemote(i, number(family), remote);
        vector.setControlLength(i, 0);
      }

      assertThat(NativeSockets.send(socket, vector, 0, 3)).isEqualTo(3);

      for (String text : texts) {
        ByteBuffer got = ByteBuffer.allocate(100);
        SocketAddress sender = peer.receive(got);
        assertThat(sender).isNotNull();
        assertThat(new String(got.array(), 0, got.position(), "US-ASCII")).isEqualTo(text);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"INET", "INET6"},
      value = StandardProtocolFamily.class)
  void shouldReceiveManyWithOneCall(StandardProtocolFamily family) throws Exception {
    open(family);
    Socket named = new Socket(socket);
    named.bind(new InetSocketAddress(loopback(family), 0));
    InetSocketAddress address = named.localAddress();
    try (DatagramChannel peer = DatagramChannel.open(family)) {
      peer.bind(new InetSocketAddress(loopback(family), 0));
      for (int length : new int[] {5, 0, 3}) {
        peer.send(ByteBuffer.allocate(length), address);
      }
      for (int i = 0; i < 4; i++) {
        vector.expect(i, false);
        vector.setData(i, place(i * 4), 4);
      }

      assertThat(NativeSockets.receive(socket, vector, 4)).isEqualTo(3);

      assertThat(vector.length(0)).isEqualTo(4);
      assertThat(vector.flags(0) & NativeSockets.MSG_TRUNC).isNotZero();
      assertThat(vector.length(1)).isZero();
      assertThat(vector.flags(1)).isZero();
      assertThat(vector.length(2)).isEqualTo(3);
      assertThat(vector.remote(0)).isEqualTo(peer.getLocalAddress());
      assertThat(vector.remote(2)).isSameAs(vector.remote(0));
      assertThat(NativeSockets.receive(socket, vector, 4)).isEqualTo(NativeSockets.EAGAIN);
    }
  }

  @Test
  void shouldTellOfTheFirstThatCannotBeSent() throws Exception {
    open(StandardProtocolFamily.INET);
    InetSocketAddress remote = new InetSocketAddress(loopback(StandardProtocolFamily.INET), 9);
    for (int i = 0; i < 3; i++) {
      vector.setData(i, place(0), i == 1 ? 70_000 : 1);
      vector.setRemote(i, NativeSockets.AF_INET, remote);
      vector.setControlLength(i, 0);
    }

    assertThat(NativeSockets.send(socket, vector, 0, 3)).isEqualTo(1);
    assertThat(NativeSockets.send(socket, vector, 1, 2)).isEqualTo(EMSGSIZE);
    assertThat(NativeSockets.send(socket, vector, 2, 1)).isEqualTo(1);
  }

  @Test
  void shouldSetAndReadOptions() {
    open(StandardProtocolFamily.INET);
    byte[] value = new byte[8];

    assertThat(NativeSockets.getOption(socket, SOL_SOCKET, SO_TYPE, value)).isEqualTo(4);
    assertThat(ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getInt())
        .isEqualTo(NativeSockets.SOCK_DGRAM);
    assertThat(NativeSockets.setOption(socket, SOL_SOCKET, SO_RCVBUF, 40_000)).isZero();
    assertThat(NativeSockets.getOption(socket, SOL_SOCKET, SO_RCVBUF, value)).isEqualTo(4);
    assertThat(ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getInt()).isEqualTo(80_000);
  }

  @Test
  void shouldTellErrors() {
    assertThat(NativeSockets.close(-1)).isEqualTo(EBADF);
    assertThat(NativeSockets.open(NativeSockets.AF_INET, NativeSockets.SOCK_RAW, -1)).isNegative();
    assertThat(NativeSockets.receive(-1, vector, 1)).isEqualTo(EBADF);
  }

  @Test
  void shouldOpenRawSocketsWhereTheSystemPermits() {
    socket = NativeSockets.open(NativeSockets.AF_INET, NativeSockets.SOCK_RAW, 253);
    assumeTrue(socket >= 0, "not permitted");
    byte[] value = new byte[4];

    assertThat(NativeSockets.getOption(socket, SOL_SOCKET, SO_TYPE, value)).isEqualTo(4);
    assertThat(ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getInt())
        .isEqualTo(NativeSockets.SOCK_RAW);
  }

  @Test
  void shouldKeepAddressesApart() throws Exception {
    MessageVector many = new MessageVector(1);
    for (int i = 0; i < 1_000; i++) {
      InetSocketAddress address =
          new InetSocketAddress(
              InetAddress.getByName("fe80::" + i + "%" + (i % 3 + 1)), 60_000 + i);
      many.setRemote(0, NativeSockets.AF_INET6, address);
      assertThat(many.remote(0)).isEqualTo(address).hasToString(address.toString());
      InetSocketAddress ipv4 =
          new InetSocketAddress(InetAddress.getByName("10.0." + i % 256 + ".1"), 1_000 + i);
      many.setRemote(0, NativeSockets.AF_INET, ipv4);
      assertThat(many.remote(0)).isEqualTo(ipv4);
    }
  }
}
