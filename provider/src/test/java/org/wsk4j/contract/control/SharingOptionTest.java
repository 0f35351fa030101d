package org.wsk4j.contract.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskOptions;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.ClaimedPorts;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.DatagramClient;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.security.Account;
import org.wsk4j.security.OwningProcess;
import org.wsk4j.security.SecurityDescriptor;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/**
 * The table of sharing, cell by cell: two sockets at one port, listeners and sockets for datagrams,
 * of one client and of two.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SharingOptionTest {
  private static final int V4 = AddressFamily.INET;
  private static final String WILDCARD = "0.0.0.0";
  private static final String SPECIFIC = "127.0.0.1";
  private static final Account FRIEND = new Account("friend");

  private static final @Nullable WskControlKey<Integer, Integer> PLAIN = null;
  private static final WskControlKey<Integer, Integer> REUSE = WskOptions.REUSEADDR;
  private static final WskControlKey<Integer, Integer> EXCLUSIVE = WskOptions.EXCLUSIVEADDRUSE;

  private static final NtStatus YES = NtStatus.SUCCESS;
  private static final NtStatus IN_USE = NtStatus.ADDRESS_ALREADY_EXISTS;
  private static final NtStatus DENIED = NtStatus.ACCESS_DENIED;

  /** The descriptor of the first socket decides. */
  private static final @Nullable NtStatus CHECK = null;

  /** One cell: what the first socket has, what the second one wants, and what it gets. */
  private record Row(
      String first,
      @Nullable WskControlKey<Integer, Integer> firstMode,
      String second,
      @Nullable WskControlKey<Integer, Integer> secondMode,
      @Nullable NtStatus expected) {}

  private static final int FIRST_RULE = 101;

  private static final List<Row> TABLE =
      List.of(
          new Row(WILDCARD, PLAIN, WILDCARD, PLAIN, IN_USE), // OPT-101
          new Row(SPECIFIC, PLAIN, WILDCARD, PLAIN, YES), // OPT-102
          new Row(WILDCARD, REUSE, WILDCARD, PLAIN, IN_USE), // OPT-103
          new Row(SPECIFIC, REUSE, WILDCARD, PLAIN, YES), // OPT-104
          new Row(WILDCARD, EXCLUSIVE, WILDCARD, PLAIN, IN_USE), // OPT-105
          new Row(SPECIFIC, EXCLUSIVE, WILDCARD, PLAIN, YES), // OPT-106
          new Row(WILDCARD, PLAIN, SPECIFIC, PLAIN, CHECK), // OPT-107
          new Row(SPECIFIC, PLAIN, SPECIFIC, PLAIN, IN_USE), // OPT-108
          new Row(WILDCARD, REUSE, SPECIFIC, PLAIN, CHECK), // OPT-109
          new Row(SPECIFIC, REUSE, SPECIFIC, PLAIN, DENIED), // OPT-110
          new Row(WILDCARD, EXCLUSIVE, SPECIFIC, PLAIN, DENIED), // OPT-111
          new Row(SPECIFIC, EXCLUSIVE, SPECIFIC, PLAIN, IN_USE), // OPT-112
          new Row(WILDCARD, PLAIN, WILDCARD, REUSE, DENIED), // OPT-113
          new Row(SPECIFIC, PLAIN, WILDCARD, REUSE, YES), // OPT-114
          new Row(WILDCARD, REUSE, WILDCARD, REUSE, YES), // OPT-115
          new Row(SPECIFIC, REUSE, WILDCARD, REUSE, YES), // OPT-116
          new Row(WILDCARD, EXCLUSIVE, WILDCARD, REUSE, DENIED), // OPT-117
          new Row(SPECIFIC, EXCLUSIVE, WILDCARD, REUSE, YES), // OPT-118
          new Row(WILDCARD, PLAIN, SPECIFIC, REUSE, CHECK), // OPT-119
          new Row(SPECIFIC, PLAIN, SPECIFIC, REUSE, DENIED), // OPT-120
          new Row(WILDCARD, REUSE, SPECIFIC, REUSE, YES), // OPT-121
          new Row(SPECIFIC, REUSE, SPECIFIC, REUSE, YES), // OPT-122
          new Row(WILDCARD, EXCLUSIVE, SPECIFIC, REUSE, DENIED), // OPT-123
          new Row(SPECIFIC, EXCLUSIVE, SPECIFIC, REUSE, DENIED), // OPT-124
          new Row(WILDCARD, PLAIN, WILDCARD, EXCLUSIVE, IN_USE), // OPT-125
          new Row(SPECIFIC, PLAIN, WILDCARD, EXCLUSIVE, IN_USE), // OPT-126
          new Row(WILDCARD, REUSE, WILDCARD, EXCLUSIVE, IN_USE), // OPT-127
          new Row(SPECIFIC, REUSE, WILDCARD, EXCLUSIVE, IN_USE), // OPT-128
          new Row(WILDCARD, EXCLUSIVE, WILDCARD, EXCLUSIVE, IN_USE), // OPT-129
          new Row(SPECIFIC, EXCLUSIVE, WILDCARD, EXCLUSIVE, IN_USE), // OPT-130
          new Row(WILDCARD, PLAIN, SPECIFIC, EXCLUSIVE, CHECK), // OPT-131
          new Row(SPECIFIC, PLAIN, SPECIFIC, EXCLUSIVE, IN_USE), // OPT-132
          new Row(WILDCARD, REUSE, SPECIFIC, EXCLUSIVE, CHECK), // OPT-133
          new Row(SPECIFIC, REUSE, SPECIFIC, EXCLUSIVE, IN_USE), // OPT-134
          new Row(WILDCARD, EXCLUSIVE, SPECIFIC, EXCLUSIVE, DENIED), // OPT-135
          new Row(SPECIFIC, EXCLUSIVE, SPECIFIC, EXCLUSIVE, IN_USE)); // OPT-136

  /** Two clients that bind, which may be the same, with sockets of one protocol. */
  private record Binding(TestClient one, TestClient two, boolean tcp) {
    /** What the second socket gets. */
    NtStatus second(Row row, boolean granting) throws InterruptedException {
      SecurityDescriptor friends = granting ? cache() : null;
      int port = ClaimedPorts.next();
      WskSocket first = socket(one, row.firstMode, friends);
      assertThat(bind(one, first, row.first, port)).isEqualTo(YES);
      WskSocket second = socket(two, row.secondMode, null);
      NtStatus answer = bind(two, second, row.second, port);
      // Whatever came of the second, the first is what it was.
      assertThat(local(first)).isEqualTo(new InetSocketAddress(row.first, port));
      one.close(first);
      two.close(second);
      return answer;
    }

    private SecurityDescriptor cache() {
      Out<SecurityDescriptor> place = new Out<>();
      new Controls(one)
          .control(
              WskClientControls.CACHE_SD,
              SecurityDescriptor.granting(FRIEND),
              8,
              place,
              null,
              null);
      return place.require();
    }

    private WskSocket socket(
        TestClient client,
        @Nullable WskControlKey<Integer, Integer> mode,
        @Nullable SecurityDescriptor descriptor)
        throws InterruptedException {
      Irp made =
          client.succeed(
              irp ->
                  client
                      .functions()
                      .socket(
                          client.client(),
                          V4,
                          tcp ? SocketType.STREAM : SocketType.DGRAM,
                          tcp ? Protocol.TCP : Protocol.UDP,
                          tcp ? WskFlags.LISTEN_SOCKET : WskFlags.DATAGRAM_SOCKET,
                          null,
                          null,
                          OwningProcess.of(FRIEND),
                          null,
                          descriptor,
                          irp));
      WskSocket socket = client.watch(made.object(WskSocket.class));
      if (mode != null) {
        assertThat(new Controls(client).set(socket, mode, 1)).isEqualTo(YES);
      }
      return socket;
    }

    private static NtStatus bind(TestClient client, WskSocket socket, String address, int port)
        throws InterruptedException {
      SocketAddress at = new InetSocketAddress(address, port);
      return client.result(
          irp ->
              socket instanceof WskListeningSocket listener
                  ? listener.bind(at, 0, irp)
                  : ((WskDatagramSocket) socket).bind(at, 0, irp));
    }

    private InetSocketAddress local(WskSocket socket) throws InterruptedException {
      return socket instanceof WskListeningSocket listener
          ? one.local(listener)
          : new DatagramClient(one, V4).local((WskDatagramSocket) socket);
    }
  }

  private static void judge(Transport on, TestScope scope, int from, int to) throws Exception {
    TestClient client = TestClient.on(on, scope);
    TestClient other = TestClient.on(on, scope);
    for (TestClient second : List.of(client, other)) {
      for (boolean tcp : new boolean[] {true, false}) {
        for (int rule = from; rule <= to; rule++) {
          judge(new Binding(client, second, tcp), rule);
        }
      }
    }
  }

  private static void judge(Binding bind, int rule) throws InterruptedException {
    Row row = TABLE.get(rule - FIRST_RULE);
    String cell = "OPT-" + rule + (bind.tcp ? " of TCP" : " of UDP");
    NtStatus plain = bind.second(row, false);
    NtStatus granted = bind.second(row, true);
    assertThat(plain).as(cell).isEqualTo(row.expected != CHECK ? row.expected : DENIED);
    assertThat(granted).as(cell).isEqualTo(row.expected != CHECK ? row.expected : YES);
  }

  @EachTransport
  @Rule({"OPT-101", "OPT-102", "OPT-103", "OPT-104", "OPT-105"})
  void shouldJudgeRows101To105(Transport on, TestScope scope) throws Exception {
    judge(on, scope, 101, 105);
  }

  @EachTransport
  @Rule({"OPT-106", "OPT-107", "OPT-108", "OPT-109", "OPT-110"})
  void shouldJudgeRows106To110(Transport on, TestScope scope) throws Exception {
    judge(on, scope, 106, 110);
  }

  @EachTransport
  @Rule({"OPT-111", "OPT-112", "OPT-113", "OPT-114", "OPT-115"})
  void shouldJudgeRows111To115(Transport on, TestScope scope) throws Exception {
    judge(on, scope, 111, 115);
  }

  @EachTransport
  @Rule({"OPT-116", "OPT-117", "OPT-118", "OPT-119", "OPT-120"})
  void shouldJudgeRows116To120(Transport on, TestScope scope) throws Exception {
    judge(on, scope, 116, 120);
  }

  @EachTransport
  @Rule({"OPT-121", "OPT-122", "OPT-123", "OPT-124", "OPT-125"})
  void shouldJudgeRows121To125(Transport on, TestScope scope) throws Exception {
    judge(on, scope, 121, 125);
  }

  @EachTransport
  @Rule({"OPT-126", "OPT-127", "OPT-128", "OPT-129", "OPT-130"})
  void shouldJudgeRows126To130(Transport on, TestScope scope) throws Exception {
    judge(on, scope, 126, 130);
  }

  @EachTransport
  @Rule({"OPT-131", "OPT-132", "OPT-133", "OPT-134", "OPT-135"})
  void shouldJudgeRows131To135(Transport on, TestScope scope) throws Exception {
    judge(on, scope, 131, 135);
  }

  @EachTransport
  @Rule({"OPT-136"})
  void shouldJudgeRows136To136(Transport on, TestScope scope) throws Exception {
    judge(on, scope, 136, 136);
  }

  @EachTransport
  @Rule({"OPT-99", "OPT-100", "OPT-137"})
  void shouldJudgeWhenTheSecondSocketBinds(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskListeningSocket first = client.listener(V4, null, null);
    int port = ClaimedPorts.next();
    client.succeed(irp -> first.bind(new InetSocketAddress(SPECIFIC, port), 0, irp));
    for (WskControlKey<Integer, Integer> mode : List.of(REUSE, EXCLUSIVE)) {
      WskListeningSocket elsewhere = client.listener(V4, null, null);
      calls.set(elsewhere, mode, 1);
      client.succeed(irp -> elsewhere.bind(new InetSocketAddress("127.0.0.2", port), 0, irp));
      client.close(elsewhere);
    }
    WskListeningSocket second = client.listener(V4, null, null);
    assertThat(client.result(irp -> second.bind(new InetSocketAddress(SPECIFIC, port), 0, irp)))
        .isEqualTo(IN_USE);
    Peer.connect(new InetSocketAddress(SPECIFIC, port), scope);
    client.close(client.accept(first, null, null));
    // Gone, it is in nobody's way.
    client.close(first);
    client.succeed(irp -> second.bind(new InetSocketAddress(SPECIFIC, port), 0, irp));
    Row check = new Row(WILDCARD, PLAIN, SPECIFIC, PLAIN, CHECK);
    assertThat(new Binding(client, client, true).second(check, false)).isEqualTo(DENIED);
    client.closeAll();
  }
}
