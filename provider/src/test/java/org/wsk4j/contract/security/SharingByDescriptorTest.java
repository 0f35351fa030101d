package org.wsk4j.contract.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import java.util.HashSet;
import java.util.Set;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.TestClient.Pair;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.security.Account;
import org.wsk4j.security.OwningProcess;
import org.wsk4j.security.OwningThread;
import org.wsk4j.security.SecurityContext;
import org.wsk4j.security.SecurityDescriptor;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/** A socket at a specific address after one at the wildcard: the first one's descriptor decides. */
class SharingByDescriptorTest {
  private static final Account FRIEND = new Account("friend");
  private static final OwningProcess FRIENDLY = OwningProcess.of(FRIEND);
  private static final OwningProcess STRANGE = OwningProcess.of(new Account("stranger"));

  @EachTransport
  @Rule({"SEC-23", "SEC-24", "SEC-26", "SEC-27"})
  void shouldBeAllowedToThoseWhomTheFirstSocketGrants(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Descriptors calls = new Descriptors(client);
    SecurityDescriptor friends = calls.cache(SecurityDescriptor.granting(FRIEND));
    SecurityDescriptor strangers =
        calls.cache(SecurityDescriptor.granting(new Account("stranger")));
    WskListeningSocket first = calls.listener(friends);
    assertThat(calls.bindWildcard(first)).isEqualTo(NtStatus.SUCCESS);

    WskListeningSocket refused = calls.listener(STRANGE, null, strangers);
    assertThat(calls.share(first, refused)).isEqualTo(NtStatus.ACCESS_DENIED);
    WskListeningSocket friendly = calls.listener(FRIENDLY, null, strangers);
    assertThat(calls.share(first, friendly)).isEqualTo(NtStatus.SUCCESS);

    // Whoever connects is asked nothing, and each listener has what is sent to its address.
    Pair pair = client.acceptedPair(friendly);
    pair.peer().send((byte) 1);
    assertThat(client.receive(pair.socket(), 1)).containsExactly(1);
    client.close(pair.socket(), first, refused, friendly);
    calls.release(friends);
    calls.release(strangers);
  }

  @EachTransport
  @Rule({"SEC-19", "SEC-25", "LSN-34"})
  void shouldBeAllowedToNobodyByDefault(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Descriptors calls = new Descriptors(client);
    WskListeningSocket first = calls.listener(FRIENDLY, null, null);
    assertThat(calls.bindWildcard(first)).isEqualTo(NtStatus.SUCCESS);
    WskListeningSocket second = calls.listener(FRIENDLY, null, null);
    assertThat(calls.share(first, second)).isEqualTo(NtStatus.ACCESS_DENIED);
    SecurityDescriptor none = calls.get(first);
    assertThat(none.granted()).isEmpty();
    assertThat(calls.release(none)).isEqualTo(NtStatus.SUCCESS);
    client.close(first, second);
  }

  @EachTransport
  @Rule({"SEC-29", "SEC-30", "SEC-31"})
  void shouldGoByWhoMadeTheSocketThen(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Descriptors calls = new Descriptors(client);
    Principal self = SecurityContext.of(null, null).principals().iterator().next();
    SecurityDescriptor granting = calls.cache(SecurityDescriptor.granting(FRIEND, self));
    WskListeningSocket first = calls.listener(granting);
    assertThat(calls.bindWildcard(first)).isEqualTo(NtStatus.SUCCESS);

    assertShared(calls, first, null, null, NtStatus.SUCCESS);
    assertShared(calls, first, STRANGE, null, NtStatus.ACCESS_DENIED);
    OwningThread asFriend = OwningThread.impersonating(FRIEND);
    assertShared(calls, first, STRANGE, asFriend, NtStatus.SUCCESS);
    OwningThread asStranger = OwningThread.impersonating(new Account("stranger"));
    assertShared(calls, first, FRIENDLY, asStranger, NtStatus.ACCESS_DENIED);
    assertShared(calls, first, FRIENDLY, OwningThread.impersonating(), NtStatus.SUCCESS);

    Set<Principal> identity = new HashSet<>(Set.of(FRIEND));
    WskListeningSocket before = calls.listener(() -> identity, null, null);
    identity.clear();
    assertThat(calls.share(first, before)).isEqualTo(NtStatus.SUCCESS);
    client.close(first, before);
    calls.release(granting);
  }

  private static void assertShared(
      Descriptors calls,
      WskListeningSocket first,
      OwningProcess process,
      OwningThread thread,
      NtStatus expected)
      throws InterruptedException {
    WskListeningSocket second = calls.listener(process, thread, null);
    assertThat(calls.share(first, second)).isEqualTo(expected);
    calls.client().close(second);
  }

  @EachTransport
  @Rule({"SEC-12", "SEC-15", "CLI-57", "CLI-58"})
  void shouldGoByTheLastDescriptorAlsoWhenItIsReleased(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Descriptors calls = new Descriptors(client);
    SecurityDescriptor strangers =
        calls.cache(SecurityDescriptor.granting(new Account("stranger")));
    SecurityDescriptor friends = calls.cache(SecurityDescriptor.granting(FRIEND));
    WskListeningSocket first = calls.listener(strangers);
    calls.set(first, friends);
    assertThat(calls.release(strangers)).isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.release(friends)).isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.bindWildcard(first)).isEqualTo(NtStatus.SUCCESS);

    assertShared(calls, first, STRANGE, null, NtStatus.ACCESS_DENIED);
    assertShared(calls, first, FRIENDLY, null, NtStatus.SUCCESS);
    client.close(first);
  }

  @EachTransport
  @Rule({"SEC-13", "SEC-14", "SEC-20", "LSN-45"})
  void shouldBeSetBeforeTheBindWithARequest(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Descriptors calls = new Descriptors(client);
    SecurityDescriptor friends = calls.cache(SecurityDescriptor.granting(FRIEND));
    WskListeningSocket listener = calls.listener(null);
    WskConnectionSocket connection = client.connection(AddressFamily.INET, null, null);
    for (WskSocket socket : new WskSocket[] {listener, connection}) {
      assertThat(calls.set(socket, friends, null)).isEqualTo(NtStatus.INVALID_PARAMETER);
      assertThat(calls.set(socket, friends).information()).isZero();
    }
    assertThat(calls.bindWildcard(listener)).isEqualTo(NtStatus.SUCCESS);
    SecurityDescriptor nobody = calls.cache(SecurityDescriptor.grantingNobody());
    assertThat(client.result(irp -> calls.set(listener, nobody, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertShared(calls, listener, FRIENDLY, null, NtStatus.SUCCESS);

    Irp made = client.succeed(irp -> calls.socket(WskFlags.BASIC_SOCKET, null, null, null, irp));
    WskSocket basic = client.watch(made.object(WskSocket.class));
    assertThat(client.result(irp -> calls.set(basic, friends, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    Out<SecurityDescriptor> place = new Out<>();
    assertThat(client.result(irp -> calls.get(basic, Descriptors.SIZE, place, irp)))
        .isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    client.close(listener, connection, basic);
    calls.release(friends);
    calls.release(nobody);
  }

  @EachTransport
  @Rule({"SEC-16", "SEC-17", "SEC-18", "CLI-56"})
  void shouldBeReadAsAReferenceOfItsOwn(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    Descriptors calls = new Descriptors(client);
    SecurityDescriptor friends = calls.cache(SecurityDescriptor.granting(FRIEND));
    WskListeningSocket socket = calls.listener(friends);
    assertThat(calls.release(friends)).isEqualTo(NtStatus.SUCCESS);
    SecurityDescriptor before = calls.get(socket);
    assertThat(calls.bindWildcard(socket)).isEqualTo(NtStatus.SUCCESS);
    SecurityDescriptor after = calls.get(socket);
    assertThat(before.granted()).containsExactly(FRIEND);
    assertThat(after.granted()).containsExactly(FRIEND);
    client.close(calls.listener(after));

    Out<SecurityDescriptor> place = new Out<>();
    assertThat(calls.get(socket, Descriptors.SIZE, place, null))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.result(irp -> calls.get(socket, Descriptors.SIZE - 1, place, irp)))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(calls.release(before)).isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.release(after)).isEqualTo(NtStatus.SUCCESS);
    assertThat(calls.release(after)).isEqualTo(NtStatus.INVALID_PARAMETER);
    client.close(socket);
  }

  /** Many connections have the address of their listener, and nobody is granted to share it. */
  @EachTransport
  @Rule("SEC-32")
  void shouldNotConcernAcceptedSockets(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = new Descriptors(client).listener(null);
    client.succeed(irp -> listener.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));
    Pair one = client.acceptedPair(listener);
    Pair two = client.acceptedPair(listener);
    assertThat(client.local(one.socket())).isEqualTo(client.local(listener));
    assertThat(client.local(two.socket())).isEqualTo(client.local(listener));
    client.close(one.socket(), two.socket(), listener);
  }

  @EachTransport
  @Rule({"SEC-16", "SEC-32"})
  void shouldGiveAcceptedSocketsTheDescriptorOfTheirListener(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    Descriptors calls = new Descriptors(client);
    SecurityDescriptor cached = calls.cache(SecurityDescriptor.granting(new Account("friend")));
    WskListeningSocket listener = calls.listener(cached);
    client.succeed(irp -> listener.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));
    assertThat(calls.release(cached)).isEqualTo(NtStatus.SUCCESS);
    Pair pair = client.acceptedPair(listener);
    SecurityDescriptor shared = calls.get(pair.socket());
    assertThat(shared.granted()).containsExactly(new Account("friend"));
    assertThat(calls.release(shared)).isEqualTo(NtStatus.SUCCESS);
    client.closeAll();
  }
}
