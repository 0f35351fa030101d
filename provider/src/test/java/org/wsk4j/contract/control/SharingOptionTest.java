package org.wsk4j.contract.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.security.Account;
import org.wsk4j.security.OwningProcess;
import org.wsk4j.security.SecurityDescriptor;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

/** The table of sharing, cell by cell: two listeners at one port. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SharingOptionTest {
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

  /** Binds two sockets, one after the other. */
  private record Binding(TestClient client) {
    void second(
        String first,
        @Nullable WskControlKey<Integer, Integer> firstMode,
        String second,
        @Nullable WskControlKey<Integer, Integer> secondMode,
        @Nullable NtStatus expected)
        throws Exception {
      if (expected != null) {
        assertThat(bind(first, firstMode, second, secondMode, null)).isEqualTo(expected);
      } else {
        SecurityDescriptor friends = cache();
        assertThat(bind(first, firstMode, second, secondMode, null)).isEqualTo(DENIED);
        assertThat(bind(first, firstMode, second, secondMode, friends)).isEqualTo(YES);
      }
    }

    private SecurityDescriptor cache() {
      Out<SecurityDescriptor> place = new Out<>();
      new Controls(client)
          .control(
              WskClientControls.CACHE_SD,
              SecurityDescriptor.granting(FRIEND),
              8,
              place,
              null,
              null);
      return place.require();
    }

    private NtStatus bind(
        String first,
        @Nullable WskControlKey<Integer, Integer> firstMode,
        String second,
        @Nullable WskControlKey<Integer, Integer> secondMode,
        @Nullable SecurityDescriptor granting)
        throws Exception {
      WskListeningSocket one = listener(firstMode, granting);
      client.succeed(irp -> one.bind(new InetSocketAddress(first, 0), 0, irp));
      int port = client.local(one).getPort();
      WskListeningSocket two = listener(secondMode, null);
      NtStatus answer = client.result(irp -> two.bind(new InetSocketAddress(second, port), 0, irp));
      // Whatever came of the second, the first is what it was.
      assertThat(client.local(one)).isEqualTo(new InetSocketAddress(first, port));
      client.close(one, two);
      return answer;
    }

    private WskListeningSocket listener(
        @Nullable WskControlKey<Integer, Integer> mode, @Nullable SecurityDescriptor descriptor)
        throws InterruptedException {
      Irp made =
          client.succeed(
              irp ->
                  client
                      .functions()
                      .socket(
                          client.client(),
                          AddressFamily.INET,
                          SocketType.STREAM,
                          Protocol.TCP,
                          WskFlags.LISTEN_SOCKET,
                          null,
                          null,
                          OwningProcess.of(FRIEND),
                          null,
                          descriptor,
                          irp));
      WskListeningSocket socket = client.watch(made.object(WskListeningSocket.class));
      if (mode != null) {
        assertThat(new Controls(client).set(socket, mode, 1)).isEqualTo(YES);
      }
      return socket;
    }
  }

  @EachTransport
  @Rule({"OPT-101", "OPT-102", "OPT-103", "OPT-104", "OPT-105"})
  void shouldJudgeRows101To105(Transport on, TestScope scope) throws Exception {
    Binding bind = new Binding(TestClient.on(on, scope));
    bind.second(WILDCARD, PLAIN, WILDCARD, PLAIN, IN_USE);
    bind.second(SPECIFIC, PLAIN, WILDCARD, PLAIN, YES);
    bind.second(WILDCARD, REUSE, WILDCARD, PLAIN, IN_USE);
    bind.second(SPECIFIC, REUSE, WILDCARD, PLAIN, YES);
    bind.second(WILDCARD, EXCLUSIVE, WILDCARD, PLAIN, IN_USE);
  }

  @EachTransport
  @Rule({"OPT-106", "OPT-107", "OPT-108", "OPT-109", "OPT-110"})
  void shouldJudgeRows106To110(Transport on, TestScope scope) throws Exception {
    Binding bind = new Binding(TestClient.on(on, scope));
    bind.second(SPECIFIC, EXCLUSIVE, WILDCARD, PLAIN, YES);
    bind.second(WILDCARD, PLAIN, SPECIFIC, PLAIN, CHECK);
    bind.second(SPECIFIC, PLAIN, SPECIFIC, PLAIN, IN_USE);
    bind.second(WILDCARD, REUSE, SPECIFIC, PLAIN, CHECK);
    bind.second(SPECIFIC, REUSE, SPECIFIC, PLAIN, DENIED);
  }

  @EachTransport
  @Rule({"OPT-111", "OPT-112", "OPT-113", "OPT-114", "OPT-115"})
  void shouldJudgeRows111To115(Transport on, TestScope scope) throws Exception {
    Binding bind = new Binding(TestClient.on(on, scope));
    bind.second(WILDCARD, EXCLUSIVE, SPECIFIC, PLAIN, DENIED);
    bind.second(SPECIFIC, EXCLUSIVE, SPECIFIC, PLAIN, IN_USE);
    bind.second(WILDCARD, PLAIN, WILDCARD, REUSE, DENIED);
    bind.second(SPECIFIC, PLAIN, WILDCARD, REUSE, YES);
    bind.second(WILDCARD, REUSE, WILDCARD, REUSE, YES);
  }

  @EachTransport
  @Rule({"OPT-116", "OPT-117", "OPT-118", "OPT-119", "OPT-120"})
  void shouldJudgeRows116To120(Transport on, TestScope scope) throws Exception {
    Binding bind = new Binding(TestClient.on(on, scope));
    bind.second(SPECIFIC, REUSE, WILDCARD, REUSE, YES);
    bind.second(WILDCARD, EXCLUSIVE, WILDCARD, REUSE, DENIED);
    bind.second(SPECIFIC, EXCLUSIVE, WILDCARD, REUSE, YES);
    bind.second(WILDCARD, PLAIN, SPECIFIC, REUSE, CHECK);
    bind.second(SPECIFIC, PLAIN, SPECIFIC, REUSE, DENIED);
  }

  @EachTransport
  @Rule({"OPT-121", "OPT-122", "OPT-123", "OPT-124", "OPT-125"})
  void shouldJudgeRows121To125(Transport on, TestScope scope) throws Exception {
    Binding bind = new Binding(TestClient.on(on, scope));
    bind.second(WILDCARD, REUSE, SPECIFIC, REUSE, YES);
    bind.second(SPECIFIC, REUSE, SPECIFIC, REUSE, YES);
    bind.second(WILDCARD, EXCLUSIVE, SPECIFIC, REUSE, DENIED);
    bind.second(SPECIFIC, EXCLUSIVE, SPECIFIC, REUSE, DENIED);
    bind.second(WILDCARD, PLAIN, WILDCARD, EXCLUSIVE, IN_USE);
  }

  @EachTransport
  @Rule({"OPT-126", "OPT-127", "OPT-128", "OPT-129", "OPT-130"})
  void shouldJudgeRows126To130(Transport on, TestScope scope) throws Exception {
    Binding bind = new Binding(TestClient.on(on, scope));
    bind.second(SPECIFIC, PLAIN, WILDCARD, EXCLUSIVE, IN_USE);
    bind.second(WILDCARD, REUSE, WILDCARD, EXCLUSIVE, IN_USE);
    bind.second(SPECIFIC, REUSE, WILDCARD, EXCLUSIVE, IN_USE);
    bind.second(WILDCARD, EXCLUSIVE, WILDCARD, EXCLUSIVE, IN_USE);
    bind.second(SPECIFIC, EXCLUSIVE, WILDCARD, EXCLUSIVE, IN_USE);
  }

  @EachTransport
  @Rule({"OPT-131", "OPT-132", "OPT-133", "OPT-134", "OPT-135"})
  void shouldJudgeRows131To135(Transport on, TestScope scope) throws Exception {
    Binding bind = new Binding(TestClient.on(on, scope));
    bind.second(WILDCARD, PLAIN, SPECIFIC, EXCLUSIVE, CHECK);
    bind.second(SPECIFIC, PLAIN, SPECIFIC, EXCLUSIVE, IN_USE);
    bind.second(WILDCARD, REUSE, SPECIFIC, EXCLUSIVE, CHECK);
    bind.second(SPECIFIC, REUSE, SPECIFIC, EXCLUSIVE, IN_USE);
    bind.second(WILDCARD, EXCLUSIVE, SPECIFIC, EXCLUSIVE, DENIED);
  }

  @EachTransport
  @Rule({"OPT-136"})
  void shouldJudgeRows136To136(Transport on, TestScope scope) throws Exception {
    Binding bind = new Binding(TestClient.on(on, scope));
    bind.second(SPECIFIC, EXCLUSIVE, SPECIFIC, EXCLUSIVE, IN_USE);
  }

  @EachTransport
  @Rule({"OPT-99", "OPT-100", "OPT-137"})
  void shouldJudgeWhenTheSecondSocketBinds(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Controls calls = new Controls(client);
    WskListeningSocket first = client.listening();
    int port = client.local(first).getPort();
    for (WskControlKey<Integer, Integer> mode : List.of(REUSE, EXCLUSIVE)) {
      WskListeningSocket elsewhere = client.listener(AddressFamily.INET, null, null);
      calls.set(elsewhere, mode, 1);
      client.succeed(irp -> elsewhere.bind(new InetSocketAddress("127.0.0.2", port), 0, irp));
      client.close(elsewhere);
    }
    WskListeningSocket second = client.listener(AddressFamily.INET, null, null);
    assertThat(client.result(irp -> second.bind(new InetSocketAddress(SPECIFIC, port), 0, irp)))
        .isEqualTo(IN_USE);
    Peer.connect(new InetSocketAddress(SPECIFIC, port), scope);
    client.close(client.accept(first, null, null));
    // Gone, it is in nobody's way.
    client.close(first);
    client.succeed(irp -> second.bind(new InetSocketAddress(SPECIFIC, port), 0, irp));
    new Binding(client).second(WILDCARD, PLAIN, SPECIFIC, PLAIN, DENIED);
    client.closeAll();
  }
}
