package org.wsk4j.contract.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.contract.names.Asker.Found;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.AddressInfo;
import org.wsk4j.net.AddressInfoFlags;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

/** Addresses and ports that are given as numbers, or not at all, and what hints make of them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NumericAddressTest {
  private static final String LOOPBACK_6 = "0:0:0:0:0:0:0:1";
  private static final String ANY_6 = "0:0:0:0:0:0:0:0";

  @Test
  @Rule({"NAM-12", "NAM-14", "NAM-16", "NAM-19", "NAM-20"})
  void shouldTakeAnAddressOfIpv4(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    Found found = asker.find("127.0.0.1", "12345");
    assertThat(found.returned()).isEqualTo(NtStatus.SUCCESS);
    assertThat(found.texts()).containsExactly("127.0.0.1:12345");
    assertThat(found.entries().get(0).family()).isEqualTo(AddressFamily.INET);
    assertThat(found.entries().get(0).addressLength()).isEqualTo(16);
    assertThat(asker.find("198.51.100.7", null).texts()).containsExactly("198.51.100.7:0");
    assertThat(asker.find("198.51.100.7", "65535").texts()).containsExactly("198.51.100.7:65535");
    assertThat(asker.server.asked()).isEmpty();
  }

  @Test
  @Rule({"NAM-13", "NAM-14", "NAM-19"})
  void shouldTakeAnAddressOfIpv6(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    Found found = asker.find("2001:DB8::7", "1");
    assertThat(found.returned()).isEqualTo(NtStatus.SUCCESS);
    assertThat(found.texts()).containsExactly("2001:db8:0:0:0:0:0:7:1");
    assertThat(found.entries().get(0).family()).isEqualTo(AddressFamily.INET6);
    assertThat(found.entries().get(0).addressLength()).isEqualTo(28);
    // One in mapped form stays what it is.
    Found mapped = asker.find("::ffff:192.0.2.1", "1");
    assertThat(mapped.entries().get(0).family()).isEqualTo(AddressFamily.INET6);
    assertThat(SocketAddresses.isMapped(mapped.entries().get(0).address())).isTrue();
    assertThat(asker.server.asked()).isEmpty();
  }

  @Test
  @Rule("NAM-13")
  void shouldTakeTheScopeOfAnAddress(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    assertThat(asker.find("fe80::1%7", "1").texts()).containsExactly("fe80:0:0:0:0:0:0:1%7:1");
    NetworkInterface one = NetworkInterface.networkInterfaces().findFirst().orElseThrow();
    Found named = asker.find("fe80::1%" + one.getName(), "1");
    assertThat(named.status()).isEqualTo(NtStatus.SUCCESS);
    InetSocketAddress address = (InetSocketAddress) named.entries().get(0).address();
    assertThat(((Inet6Address) address.getAddress()).getScopeId()).isEqualTo(one.getIndex());
    assertThat(asker.find("fe80::1%nowhere", "1").status()).isEqualTo(NtStatus.NOT_FOUND);
    assertThat(asker.server.asked()).isEmpty();
  }

  @Test
  @Rule({"NAM-23", "NAM-24", "NAM-25", "NAM-18"})
  void shouldRestrictToWhatTheHintsSay(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    asker.server.says("A", "both.example.test", "127.0.0.1");
    asker.server.says("AAAA", "both.example.test", "::1");
    Found any = asker.find("both.example.test", "1");
    assertThat(any.texts()).containsExactlyInAnyOrder("127.0.0.1:1", LOOPBACK_6 + ":1");
    assertThat(any.entries()).allMatch(one -> one.socketType() == 0 && one.protocol() == 0);
    Found same = asker.find("both.example.test", "1", AddressInfo.hints(0, 0, 0, 0));
    assertThat(same.texts()).isEqualTo(any.texts());
    AddressInfo tcp6 = AddressInfo.hints(0, AddressFamily.INET6, SocketType.STREAM, Protocol.TCP);
    Found v6 = asker.find("both.example.test", "1", tcp6);
    assertThat(v6.texts()).containsExactly(LOOPBACK_6 + ":1");
    AddressInfo tcp4 = AddressInfo.hints(0, AddressFamily.INET, SocketType.STREAM, Protocol.TCP);
    Found v4 = asker.find("both.example.test", null, tcp4);
    assertThat(v4.texts()).containsExactly("127.0.0.1:0");
    AddressInfo entry = v4.entries().get(0);
    assertThat(entry.socketType()).isEqualTo(SocketType.STREAM);
    assertThat(entry.protocol()).isEqualTo(Protocol.TCP);
    // What an entry says makes a socket and binds it.
    TestClient client = asker.client;
    Irp made =
        client.succeed(
            irp ->
                client
                    .functions()
                    .socket(
                        client.client(),
                        entry.family(),
                        entry.socketType(),
                        entry.protocol(),
                        WskFlags.CONNECTION_SOCKET,
                        null,
                        null,
                        null,
                        null,
                        null,
                        irp));
    WskConnectionSocket socket = client.watch(made.object(WskConnectionSocket.class));
    client.succeed(irp -> socket.bind(entry.address(), 0, irp));
    client.close(socket);
  }

  @Test
  @Rule({"NAM-24", "NAM-12", "NAM-13"})
  void shouldNotTurnOneFamilyIntoAnotherUnlessAsked(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    assertThat(asker.find("192.0.2.1", 0, AddressFamily.INET6).status())
        .isEqualTo(NtStatus.NOT_FOUND);
    assertThat(asker.find("::1", 0, AddressFamily.INET).status()).isEqualTo(NtStatus.NOT_FOUND);
    Found mapped = asker.find("192.0.2.1", AddressInfoFlags.V4MAPPED, AddressFamily.INET6);
    assertThat(mapped.entries()).hasSize(1);
    assertThat(mapped.entries().get(0).family()).isEqualTo(AddressFamily.INET6);
    assertThat(mapped.entries().get(0).addressLength()).isEqualTo(28);
    assertThat(SocketAddresses.isMapped(mapped.entries().get(0).address())).isTrue();
    assertThat(asker.server.asked()).isEmpty();
  }

  @Test
  @Rule({"NAM-27", "NAM-28"})
  void shouldGiveTheWildcardToPassiveSockets(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    AddressInfo passive = AddressInfo.hints(AddressInfoFlags.PASSIVE, 0, 0, 0);
    assertThat(asker.find(null, "80", passive).texts())
        .containsExactly(ANY_6 + ":80", "0.0.0.0:80");
    assertThat(asker.find(null, "80").texts()).containsExactly(LOOPBACK_6 + ":80", "127.0.0.1:80");
    AddressInfo v4 = AddressInfo.hints(AddressInfoFlags.PASSIVE, AddressFamily.INET, 0, 0);
    assertThat(asker.find(null, "80", v4).texts()).containsExactly("0.0.0.0:80");
    assertThat(asker.find("192.0.2.1", "80", passive).texts()).containsExactly("192.0.2.1:80");
  }

  @Test
  @Rule({"NAM-29", "NAM-30"})
  void shouldTakeNumbersAlone(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    asker.server.says("A", "www.example.test", "192.0.2.1");
    int host = AddressInfoFlags.NUMERICHOST;
    for (String name :
        new String[] {"www.example.test", "localhost", "1.2.3", "[::1]", "1.2.3.256"}) {
      Found found = asker.find(name, host, 0);
      assertThat(found.returned()).as(name).isEqualTo(NtStatus.NO_MATCH);
      assertThat(found.first()).isNull();
    }
    assertThat(asker.find("::1", host, 0).returned()).isEqualTo(NtStatus.SUCCESS);
    AddressInfo port = AddressInfo.hints(AddressInfoFlags.NUMERICSERV, 0, 0, 0);
    for (String name : new String[] {"http", "65536", "-1", "+1", " 1", "1 "}) {
      assertThat(asker.find("::1", name, port).returned()).as(name).isEqualTo(NtStatus.NO_MATCH);
    }
    assertThat(asker.find("::1", "80", port).returned()).isEqualTo(NtStatus.SUCCESS);
    assertThat(asker.server.asked()).isEmpty();
  }

  @Test
  @Rule("NAM-31")
  void shouldNeedANodeForItsCanonicalName(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    for (int flag : new int[] {AddressInfoFlags.CANONNAME, AddressInfoFlags.FQDN}) {
      Found found = asker.find(null, "80", AddressInfo.hints(flag, 0, 0, 0));
      assertThat(found.status()).isEqualTo(NtStatus.INVALID_PARAMETER);
      Found numeric = asker.find("127.0.0.1", flag, 0);
      assertThat(numeric.entries().get(0).canonicalName()).isEqualTo("127.0.0.1");
    }
    assertThat(asker.find("127.0.0.1", 0, 0).entries().get(0).canonicalName()).isNull();
  }

  @Test
  @Rule("NAM-32")
  void shouldKnowLocalhost(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    asker.server.says("A", "localhost", "192.0.2.66");
    asker.hosts("192.0.2.67 localhost");
    for (String name : new String[] {"localhost", "LocalHost.", "any.localhost"}) {
      assertThat(asker.find(name, "1").texts())
          .as(name)
          .containsExactly(LOOPBACK_6 + ":1", "127.0.0.1:1");
    }
    assertThat(asker.find("localhost", 0, AddressFamily.INET).texts())
        .containsExactly("127.0.0.1:0");
    assertThat(asker.server.asked()).isEmpty();
  }
}
