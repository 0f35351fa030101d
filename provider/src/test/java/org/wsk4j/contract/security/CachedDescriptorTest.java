package org.wsk4j.contract.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import java.util.HashSet;
import java.util.Set;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.security.Account;
import org.wsk4j.security.CachedSecurityDescriptor;
import org.wsk4j.security.SecurityDescriptor;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** Caching descriptors, giving them to sockets, and releasing them. */
class CachedDescriptorTest {
  private static final SecurityDescriptor FRIENDS =
      SecurityDescriptor.granting(new Account("friend"));

  @EachTransport
  @Rule({"SEC-01", "SEC-05", "SEC-34", "CLI-47", "CLI-48"})
  void shouldGiveACopyInsideTheCallAndTakeItBack(Transport on, TestScope scope) {
    Descriptors calls = new Descriptors(TestClient.on(on, scope));
    Out<SecurityDescriptor> place = new Out<>();
    assertThat(calls.cache(FRIENDS, Descriptors.SIZE, place, null)).isEqualTo(NtStatus.SUCCESS);
    SecurityDescriptor cached = place.require();
    assertThat(cached).isInstanceOf(CachedSecurityDescriptor.class).isNotSameAs(FRIENDS);
    assertThat(cached.granted()).isEqualTo(FRIENDS.granted());
    assertThat(calls.release(cached)).isEqualTo(NtStatus.SUCCESS);
  }

  @EachTransport
  @Rule({"SEC-02", "SEC-03", "SEC-06", "CLI-49", "CLI-54"})
  void shouldRefuseARequestAndWhatIsMissingOrShort(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Descriptors calls = new Descriptors(client);
    Out<SecurityDescriptor> place = new Out<>();
    NtStatus refused = NtStatus.INVALID_PARAMETER;
    assertThat(client.result(irp -> calls.cache(FRIENDS, Descriptors.SIZE, place, irp)))
        .isEqualTo(refused);
    assertThat(calls.cache(null, Descriptors.SIZE, place, null)).isEqualTo(refused);
    assertThat(calls.cache(FRIENDS, Descriptors.SIZE, null, null)).isEqualTo(refused);
    assertThat(calls.cache(FRIENDS, Descriptors.SIZE - 1, place, null)).isEqualTo(refused);
    assertThat(place.get()).isNull();

    SecurityDescriptor cached = calls.cache(FRIENDS);
    assertThat(client.result(irp -> calls.release(cached, irp))).isEqualTo(refused);
    assertThat(calls.release(null)).isEqualTo(refused);
    assertThat(calls.release(FRIENDS)).isEqualTo(refused);
    LongOut size = new LongOut();
    NtStatus withOutput =
        client
            .functions()
            .controlClient(
                client.client(), WskClientControls.RELEASE_SD, cached, 8, null, size, null);
    assertThat(withOutput).isEqualTo(refused);
    assertThat(calls.release(cached)).isEqualTo(NtStatus.SUCCESS);
  }

  @EachTransport
  @Rule({"SEC-07", "SEC-08", "CLI-52", "CLI-60"})
  void shouldBeReleasedAsOftenAsItWasCached(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Descriptors calls = new Descriptors(client);
    SecurityDescriptor first = calls.cache(FRIENDS);
    SecurityDescriptor second = calls.cache(FRIENDS);
    assertThat(calls.release(first)).isEqualTo(NtStatus.SUCCESS);
    client.close(calls.listener(second));
    assertThat(calls.release(second)).isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.release(first)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(calls.release(second)).isEqualTo(NtStatus.INVALID_PARAMETER);

    // What was released altogether stays so, though an equal one is cached again.
    SecurityDescriptor third = calls.cache(FRIENDS);
    assertThat(calls.release(first)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(calls.release(third)).isEqualTo(NtStatus.SUCCESS);
  }

  @EachTransport
  @Rule({"SEC-04", "CLI-50"})
  void shouldNotFollowTheOriginal(Transport on, TestScope scope) {
    Descriptors calls = new Descriptors(TestClient.on(on, scope));
    Set<Principal> changing = new HashSet<>(Set.of(new Account("friend")));
    SecurityDescriptor original = () -> changing;
    SecurityDescriptor cached = calls.cache(original);
    changing.add(new Account("stranger"));
    assertThat(cached.granted()).containsExactly(new Account("friend"));
    assertThat(calls.release(cached)).isEqualTo(NtStatus.SUCCESS);
  }

  @EachTransport
  @Rule({"SEC-09", "SEC-10", "SEC-11", "SOC-50", "CLI-51"})
  void shouldAloneBeTakenBySockets(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Descriptors calls = new Descriptors(client);
    SecurityDescriptor cached = calls.cache(FRIENDS);
    WskListeningSocket listener = calls.listener(cached);
    assertThat(calls.bindWildcard(listener)).isEqualTo(NtStatus.SUCCESS);
    Irp connect = client.succeed(irp -> connect(client, listener, cached, irp));
    client.close(client.watch(connect.object(WskSocket.class)));
    WskListeningSocket unbound = calls.listener(null);
    calls.set(unbound, cached);

    SecurityDescriptor released = calls.cache(SecurityDescriptor.grantingNobody());
    assertThat(calls.release(released)).isEqualTo(NtStatus.SUCCESS);
    long open = client.openSockets();
    for (SecurityDescriptor useless : new SecurityDescriptor[] {FRIENDS, released}) {
      assertThat(
              client.result(irp -> calls.socket(WskFlags.LISTEN_SOCKET, null, null, useless, irp)))
          .isEqualTo(NtStatus.INVALID_PARAMETER);
      assertThat(client.result(irp -> connect(client, listener, useless, irp)))
          .isEqualTo(NtStatus.INVALID_PARAMETER);
      assertThat(client.result(irp -> calls.set(unbound, useless, irp)))
          .isEqualTo(NtStatus.INVALID_PARAMETER);
    }
    assertThat(client.openSockets()).isEqualTo(open);
    client.close(listener, unbound);
    assertThat(calls.release(cached)).isEqualTo(NtStatus.SUCCESS);
  }

  @EachTransport
  @Rule({"SEC-21", "SEC-22", "SOC-51", "CLS-32", "CLI-59"})
  void shouldOutliveTheSocketsThatHaveIt(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Descriptors calls = new Descriptors(client);
    SecurityDescriptor cached = calls.cache(FRIENDS);
    for (int i = 0; i < 3; i++) {
      WskListeningSocket socket = calls.listener(cached);
      assertThat(calls.bindWildcard(socket)).isEqualTo(NtStatus.SUCCESS);
      client.close(socket);
    }
    assertThat(calls.release(cached)).isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.release(cached)).isEqualTo(NtStatus.INVALID_PARAMETER);
  }

  private static NtStatus connect(
      TestClient client, WskListeningSocket to, SecurityDescriptor descriptor, Irp irp) {
    try {
      return client
          .functions()
          .socketConnect(
              client.client(),
              SocketType.STREAM,
              Protocol.TCP,
              TestClient.any(AddressFamily.INET, 0),
              TestClient.loopback(AddressFamily.INET, client.local(to).getPort()),
              0,
              null,
              null,
              null,
              null,
              descriptor,
              irp);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
