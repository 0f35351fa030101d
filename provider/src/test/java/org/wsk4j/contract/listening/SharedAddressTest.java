package org.wsk4j.contract.listening;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.ClaimedPorts;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** Listening sockets that want addresses which others hold. */
class SharedAddressTest {
  @EachTransport
  @Rule({"LSN-30", "LSN-31", "LSN-32", "LSN-33", "LSN-34"})
  void shouldShareByDefaultOnlyAWildcardAfterASpecificAddress(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    int port = ClaimedPorts.next();
    var specific = listener(client);
    client.succeed(irp -> specific.bind(new InetSocketAddress("127.0.0.1", port), 0, irp));
    var same = listener(client);
    assertThat(bind(client, same, "127.0.0.1", port)).isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    client.succeed(irp -> same.bind(new InetSocketAddress("127.0.0.2", port), 0, irp));
    var wildcard = listener(client);
    assertThat(bind(client, wildcard, "0.0.0.0", port)).isEqualTo(NtStatus.SUCCESS);
    // The specific address goes to its own socket, another one to the wildcard.
    Peer.connect(new InetSocketAddress("127.0.0.1", port), scope);
    client.close(client.accept(specific, null, null));
    Peer.connect(new InetSocketAddress("127.0.0.3", port), scope);
    client.close(client.accept(wildcard, null, null));
    var second = listener(client);
    assertThat(bind(client, second, "0.0.0.0", port)).isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    assertThat(bind(client, second, "127.0.0.4", port)).isEqualTo(NtStatus.ACCESS_DENIED);
    client.close(specific, same, wildcard, second);
  }

  @EachTransport
  @Rule({"LSN-37", "LSN-39", "LSN-41", "LSN-46"})
  void shouldShareTheSameAddressWhereBothWantIt(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    var first = listener(client);
    set(client, first, WskOptions.REUSEADDR, 1);
    client.succeed(irp -> first.bind(new InetSocketAddress("127.0.0.1", 0), 0, irp));
    int port = client.local(first).getPort();
    var sharing = listener(client);
    set(client, sharing, WskOptions.REUSEADDR, 1);
    var plain = listener(client);
    var exclusive = listener(client);
    set(client, exclusive, WskOptions.EXCLUSIVEADDRUSE, 1);

    assertThat(bind(client, sharing, "127.0.0.1", port)).isEqualTo(NtStatus.SUCCESS);
    assertThat(bind(client, plain, "127.0.0.1", port)).isEqualTo(NtStatus.ACCESS_DENIED);
    assertThat(bind(client, exclusive, "127.0.0.1", port))
        .isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    assertThat(get(client, plain, WskOptions.REUSEADDR)).isZero();
    assertThat(get(client, plain, WskOptions.EXCLUSIVEADDRUSE)).isZero();
    assertThat(get(client, sharing, WskOptions.REUSEADDR)).isEqualTo(1);
    client.close(first, sharing, plain, exclusive);
  }

  /** What a socket asks for before it binds. */
  private enum Mode {
    PLAIN,
    REUSE,
    EXCLUSIVE
  }

  /** Which kinds of address the first and the second socket bind. */
  private enum Kinds {
    WILDCARD_AFTER_WILDCARD("0.0.0.0", "0.0.0.0"),
    WILDCARD_AFTER_SPECIFIC("127.0.0.1", "0.0.0.0"),
    SPECIFIC_AFTER_WILDCARD("0.0.0.0", "127.0.0.1"),
    SPECIFIC_AFTER_SPECIFIC("127.0.0.1", "127.0.0.1");

    final String first;
    final String second;

    Kinds(String first, String second) {
      this.first = first;
      this.second = second;
    }
  }

  private static final NtStatus YES = NtStatus.SUCCESS;
  private static final NtStatus IN_USE = NtStatus.ADDRESS_ALREADY_EXISTS;
  private static final NtStatus DENIED = NtStatus.ACCESS_DENIED;

  @EachTransport
  @Rule({"LSN-35", "LSN-38", "LSN-43"})
  void shouldJudgeASecondSocketAtTheWildcardByBothOptions(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    for (Kinds kinds : new Kinds[] {Kinds.WILDCARD_AFTER_WILDCARD, Kinds.WILDCARD_AFTER_SPECIFIC}) {
      boolean afterWildcard = kinds == Kinds.WILDCARD_AFTER_WILDCARD;
      for (Mode first : Mode.values()) {
        assertSecond(client, kinds, first, Mode.EXCLUSIVE, IN_USE);
        assertSecond(client, kinds, first, Mode.PLAIN, afterWildcard ? IN_USE : YES);
        boolean refused = afterWildcard && first != Mode.REUSE;
        assertSecond(client, kinds, first, Mode.REUSE, refused ? DENIED : YES);
      }
    }
  }

  @EachTransport
  @Rule({"LSN-36", "LSN-40", "LSN-42", "LSN-44"})
  void shouldJudgeASecondSocketAtASpecificAddressByBothOptions(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    for (Mode second : Mode.values()) {
      assertSecond(client, Kinds.SPECIFIC_AFTER_WILDCARD, Mode.EXCLUSIVE, second, DENIED);
    }
    // Here the descriptor of the first socket decides, which grants nobody.
    Kinds afterWildcard = Kinds.SPECIFIC_AFTER_WILDCARD;
    assertSecond(client, afterWildcard, Mode.PLAIN, Mode.REUSE, DENIED);
    assertSecond(client, afterWildcard, Mode.PLAIN, Mode.EXCLUSIVE, DENIED);
    assertSecond(client, afterWildcard, Mode.REUSE, Mode.EXCLUSIVE, DENIED);
    assertSecond(client, afterWildcard, Mode.REUSE, Mode.PLAIN, DENIED);

    Kinds afterSpecific = Kinds.SPECIFIC_AFTER_SPECIFIC;
    assertSecond(client, afterSpecific, Mode.PLAIN, Mode.REUSE, DENIED);
    assertSecond(client, afterSpecific, Mode.EXCLUSIVE, Mode.REUSE, DENIED);
    assertSecond(client, afterSpecific, Mode.EXCLUSIVE, Mode.PLAIN, IN_USE);
  }

  private static void assertSecond(
      TestClient client, Kinds kinds, Mode firstMode, Mode secondMode, NtStatus expected)
      throws InterruptedException {
    assertThat(second(client, kinds, firstMode, secondMode))
        .as("%s: %s after %s", kinds, secondMode, firstMode)
        .isEqualTo(expected);
  }

  private static NtStatus second(TestClient client, Kinds kinds, Mode firstMode, Mode secondMode)
      throws InterruptedException {
    int port = ClaimedPorts.next();
    WskListeningSocket first = listener(client, firstMode);
    assertThat(bind(client, first, kinds.first, port)).isEqualTo(NtStatus.SUCCESS);
    WskListeningSocket second = listener(client, secondMode);
    NtStatus status = bind(client, second, kinds.second, port);
    client.close(first, second);
    return status;
  }

  private static WskListeningSocket listener(TestClient client, Mode mode)
      throws InterruptedException {
    WskListeningSocket socket = listener(client);
    if (mode != Mode.PLAIN) {
      boolean reuse = mode == Mode.REUSE;
      set(client, socket, reuse ? WskOptions.REUSEADDR : WskOptions.EXCLUSIVEADDRUSE, 1);
    }
    return socket;
  }

  @EachTransport
  @Rule("LSN-45")
  void shouldKeepItsOptionsFromTheBindOn(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket plain = client.listening();
    for (var option : List.of(WskOptions.REUSEADDR, WskOptions.EXCLUSIVEADDRUSE)) {
      assertThat(client.result(irp -> set(plain, option, 1, irp)))
          .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
      assertThat(get(client, plain, option)).isZero();

      WskListeningSocket with = listener(client);
      set(client, with, option, 1);
      assertThat(bind(client, with, "127.0.0.1", 0)).isEqualTo(NtStatus.SUCCESS);
      assertThat(client.result(irp -> set(with, option, 0, irp)))
          .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
      assertThat(get(client, with, option)).isEqualTo(1);
      client.close(with);
    }
    // A bind that fails leaves them open.
    WskListeningSocket late = listener(client);
    int port = client.local(plain).getPort();
    assertThat(bind(client, late, "127.0.0.1", port)).isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    set(client, late, WskOptions.REUSEADDR, 1);
    assertThat(bind(client, late, "127.0.0.1", port)).isEqualTo(NtStatus.ACCESS_DENIED);
    client.close(plain, late);
  }

  @EachTransport
  @Rule({"LSN-45", "OPT-14", "OPT-16"})
  void shouldTakeOptionsAgainWhenTheSystemHasRefusedTheBind(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = listener(client);
    try (ServerSocket foreign = Peer.listen(TestClient.loopback(AddressFamily.INET, 0), scope)) {
      assertThat(bind(client, listener, "127.0.0.1", foreign.getLocalPort()))
          .isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    }
    set(client, listener, WskOptions.EXCLUSIVEADDRUSE, 1);
    set(client, listener, WskOptions.EXCLUSIVEADDRUSE, 0);
    set(client, listener, WskOptions.REUSEADDR, 1);
    assertThat(bind(client, listener, "127.0.0.1", 0)).isEqualTo(NtStatus.SUCCESS);
    client.close(listener);
  }

  @EachTransport
  @Rule({"OPT-14", "OPT-16"})
  void shouldKeepItsOptionsWhenItsConnectHasFailed(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    InetSocketAddress nobody;
    try (ServerSocket foreign = Peer.listen(TestClient.loopback(AddressFamily.INET, 0), scope)) {
      nobody = (InetSocketAddress) foreign.getLocalSocketAddress();
    }
    WskConnectionSocket socket = client.bound();
    assertThat(client.result(irp -> socket.connect(nobody, 0, irp)))
        .isEqualTo(NtStatus.CONNECTION_REFUSED);
    for (var option : List.of(WskOptions.REUSEADDR, WskOptions.EXCLUSIVEADDRUSE)) {
      assertThat(client.result(irp -> set(socket, option, 1, irp)))
          .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    }
    client.close(socket);
  }

  private static NtStatus bind(
      TestClient client, WskListeningSocket socket, String address, int port)
      throws InterruptedException {
    return client.result(irp -> socket.bind(new InetSocketAddress(address, port), 0, irp));
  }

  private static void set(
      TestClient client, WskSocket socket, WskControlKey<Integer, Integer> option, int value)
      throws InterruptedException {
    client.succeed(irp -> set(socket, option, value, irp));
  }

  private static NtStatus set(
      WskSocket socket, WskControlKey<Integer, Integer> option, int value, Irp irp) {
    return socket.controlSocket(WskControlSocketType.SET_OPTION, option, value, 0, null, null, irp);
  }

  private static int get(
      TestClient client, WskSocket socket, WskControlKey<Integer, Integer> option)
      throws InterruptedException {
    Out<Integer> value = new Out<>();
    client.succeed(
        irp ->
            socket.controlSocket(
                WskControlSocketType.GET_OPTION, option, null, 4, value, null, irp));
    return value.require();
  }

  private static WskListeningSocket listener(TestClient client) throws InterruptedException {
    return client.listener(AddressFamily.INET, null, null);
  }
}
