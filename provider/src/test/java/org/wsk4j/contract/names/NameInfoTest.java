package org.wsk4j.contract.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.contract.names.Asker.Found;
import org.wsk4j.contract.names.Asker.Named;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressInfo;
import org.wsk4j.net.AddressInfoFlags;
import org.wsk4j.net.NameInfoFlags;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.NameServer.Asked;
import org.wsk4j.provider.testing.NameServer.Entry;
import org.wsk4j.testing.TestScope;

/** The names of an address and port. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NameInfoTest {
  private static final int NUMERIC = NameInfoFlags.NUMERICHOST | NameInfoFlags.NUMERICSERV;

  private static InetSocketAddress at(String host, int port) throws Exception {
    return new InetSocketAddress(InetAddress.getByName(host), port);
  }

  private static NtStatus ask(
      Asker asker,
      @Nullable SocketAddress address,
      @Nullable Out<String> node,
      @Nullable Out<String> service,
      int flags)
      throws InterruptedException {
    return asker.client.result(
        irp ->
            asker
                .client
                .functions()
                .getNameInfo(
                    asker.client.client(), address, node, service, flags, null, null, irp));
  }

  @Test
  @Rule({"NAM-49", "NAM-57", "NAM-50", "NAM-51", "NAM-58"})
  void shouldFindTheNamesOfAnAddress(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope, Asker.searching("example.test"));
    asker.server.holds("PTR", "7.2.0.192.in-addr.arpa", "www.example.test");
    Out<String> node = new Out<>();
    Out<String> service = new Out<>();
    Irp irp = asker.client.irp();
    NtStatus returned =
        asker
            .client
            .functions()
            .getNameInfo(
                asker.client.client(), at("192.0.2.7", 80), node, service, 0, null, null, irp);
    assertThat(returned).isEqualTo(NtStatus.PENDING);
    asker.server.awaitQuestion();
    assertThat(irp.isCompleted()).isFalse();
    asker.server.letGo(false);
    assertThat(asker.client.result(returned, irp)).isEqualTo(NtStatus.SUCCESS);
    assertThat(irp.information()).isZero();
    // Fully qualified, without an end mark.
    assertThat(node.get()).isEqualTo("www.example.test");
    assertThat(service.get()).isEqualTo("http");
    // An address of IPv6, and one in mapped form, which is known by its IPv4 address.
    asker.server.says(
        "PTR",
        "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
        "six.example.test");
    assertThat(asker.name(at("2001:db8::1", 1), 0).node()).isEqualTo("six.example.test");
    asker.server.says("PTR", "8.2.0.192.in-addr.arpa", "eight.example.test");
    InetSocketAddress mapped = SocketAddresses.toMapped(at("192.0.2.8", 1));
    assertThat(asker.name(mapped, 0).node()).isEqualTo("eight.example.test");
  }

  @Test
  @Rule({"NAM-49", "NAM-57", "IRP-54"}) // Asker looks at the Information of each answer
  void shouldFollowAliasesAndReadTheHostsFile(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    asker.server.answers(
        "PTR",
        "7.2.0.192.in-addr.arpa",
        new Entry("7.2.0.192.in-addr.arpa", "CNAME", "7.sub.2.0.192.in-addr.arpa"),
        new Entry("7.sub.2.0.192.in-addr.arpa", "PTR", "seven.example.test"));
    assertThat(asker.name(at("192.0.2.7", 1), 0).node()).isEqualTo("seven.example.test");
    asker.hosts("192.0.2.7 seven seven.file.test");
    assertThat(asker.name(at("192.0.2.7", 1), 0).node()).isEqualTo("seven.file.test");
    assertThat(asker.server.asked()).hasSize(1);
    assertThat(asker.name(at("127.0.0.1", 1), 0).node()).isEqualTo("localhost");
    assertThat(asker.name(at("::1", 1), 0).node()).isEqualTo("localhost");
    assertThat(asker.server.asked()).hasSize(1);
  }

  @Test
  @Rule({"NAM-52", "NAM-53", "NAM-50", "NAM-51"})
  void shouldFillWhatIsWantedAlone(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    InetSocketAddress address = at("192.0.2.7", 80);
    Irp irp = asker.client.irp();
    assertThat(
            asker
                .client
                .functions()
                .getNameInfo(asker.client.client(), address, null, null, 0, null, null, irp))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(irp.isCompleted()).isTrue();
    assertThat(irp.status()).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(irp.information()).isZero();
    Out<String> service = new Out<>();
    assertThat(ask(asker, address, null, service, 0)).isEqualTo(NtStatus.SUCCESS);
    assertThat(service.get()).isEqualTo("http");
    assertThat(asker.server.asked()).isEmpty();
    asker.server.says("PTR", "7.2.0.192.in-addr.arpa", "www.example.test");
    Out<String> node = new Out<>();
    assertThat(ask(asker, address, node, null, 0)).isEqualTo(NtStatus.SUCCESS);
    assertThat(node.get()).isEqualTo("www.example.test");
  }

  @Test
  @Rule({"NAM-54", "NAM-55", "NAM-56", "NAM-50"})
  void shouldRefuseWhatIsNoAddress(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    Out<String> node = new Out<>("before");
    // An address in Java always has the size of its family; what is none has no size at all.
    SocketAddress shapeless =
        new SocketAddress() {
          private static final long serialVersionUID = 1;
        };
    assertThat(ask(asker, null, node, null, NUMERIC)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(ask(asker, InetSocketAddress.createUnresolved("x", 1), node, null, NUMERIC))
        .isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(ask(asker, UnixDomainSocketAddress.of("/x"), node, null, NUMERIC))
        .isEqualTo(NtStatus.NOT_SUPPORTED);
    assertThat(ask(asker, shapeless, node, null, NUMERIC)).isEqualTo(NtStatus.NOT_SUPPORTED);
    assertThat(node.get()).isNull();
    for (int flags : new int[] {0x20, 0x40000000, -1}) {
      assertThat(ask(asker, at("192.0.2.7", 1), node, null, flags))
          .isEqualTo(NtStatus.INVALID_PARAMETER);
    }
  }

  @Test
  @Rule({"NAM-58", "NAM-59", "NAM-60"})
  void shouldHaveRoomForNamesOfAnyLength(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    String label = "x".repeat(63);
    String longest = label + "." + label + "." + label + "." + "y".repeat(61);
    asker.server.says("PTR", "7.2.0.192.in-addr.arpa", longest);
    String service = "s".repeat(NameInfoFlags.MAXSERV * 4);
    asker.services(service + " 4242/tcp");
    Named named = asker.name(at("192.0.2.7", 4242), 0);
    assertThat(named.status()).isEqualTo(NtStatus.SUCCESS);
    assertThat(named.node()).isEqualTo(longest).hasSize(253);
    assertThat(named.service()).isEqualTo(service);
  }

  @Test
  @Rule({"NAM-61", "NAM-65", "NAM-69", "NAM-50"})
  void shouldGiveNumbersWithoutALookUp(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    asker.server.says("PTR", "7.2.0.192.in-addr.arpa", "www.example.test");
    asker.hosts("192.0.2.7 www.example.test");
    Named named = asker.name(at("192.0.2.7", 80), NUMERIC);
    assertThat(named.returned()).isEqualTo(NtStatus.SUCCESS);
    assertThat(named.node()).isEqualTo("192.0.2.7");
    assertThat(named.service()).isEqualTo("80");
    for (String text : new String[] {"0.0.0.0", "255.255.255.255", "::", "::1", "2001:db8::7"}) {
      assertThat(asker.name(at(text, 65535), NUMERIC).node()).isEqualTo(text);
    }
    // It wins over flags that want a name (OP-66).
    int more = NUMERIC | NameInfoFlags.NAMEREQD | NameInfoFlags.NOFQDN;
    assertThat(asker.name(at("192.0.2.7", 0), more))
        .isEqualTo(new Named(NtStatus.SUCCESS, NtStatus.SUCCESS, "192.0.2.7", "0"));
    assertThat(asker.name(at("192.0.2.7", 80), NameInfoFlags.NUMERICSERV).node())
        .isEqualTo("www.example.test");
    assertThat(asker.server.asked()).isEmpty();
  }

  @Test
  @Rule({"NAM-62", "NAM-63", "NAM-51"})
  void shouldGiveTheAddressForAMissingNameUnlessANameIsRequired(TestScope scope) throws Exception {
    Asker patient = Asker.in(scope);
    Asker impatient = Asker.in(scope, Asker.impatient(1));
    patient.server.fails("PTR", "8.2.0.192.in-addr.arpa");
    impatient.server.isSilent("PTR", "9.2.0.192.in-addr.arpa");
    NtStatus[] missing = {NtStatus.NOT_FOUND, NtStatus.UNSUCCESSFUL, NtStatus.IO_TIMEOUT};
    for (int i = 0; i < missing.length; i++) {
      String text = "192.0.2." + (7 + i);
      Asker asker = missing[i] == NtStatus.IO_TIMEOUT ? impatient : patient;
      Named named = asker.name(at(text, 1), 0);
      assertThat(named.status()).isEqualTo(NtStatus.SUCCESS);
      assertThat(named.node()).isEqualTo(text);
      Named required = asker.name(at(text, 1), NameInfoFlags.NAMEREQD);
      assertThat(required.status()).isEqualTo(missing[i]);
      assertThat(required.node()).isNull();
      assertThat(required.service()).isNull();
    }
  }

  @Test
  @Rule("NAM-64")
  void shouldShortenTheNamesOfTheLocalDomain(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope, Asker.searching("example.test", "other.test"));
    asker.server.says("PTR", "1.2.0.192.in-addr.arpa", "www.Example.test");
    asker.server.says("PTR", "2.2.0.192.in-addr.arpa", "www.other.test");
    asker.server.says("PTR", "3.2.0.192.in-addr.arpa", "a.b.example.test");
    String[] names = {"www", "www.other.test", "a.b.example.test"};
    for (int i = 0; i < names.length; i++) {
      assertThat(asker.name(at("192.0.2." + (i + 1), 1), NameInfoFlags.NOFQDN).node())
          .isEqualTo(names[i]);
    }
    assertThat(asker.name(at("192.0.2.1", 1), 0).node()).isEqualTo("www.Example.test");
  }

  @Test
  @Rule({"NAM-65", "NAM-66", "NAM-67", "NAM-68"})
  void shouldNameServices(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    InetSocketAddress address = at("192.0.2.7", 514);
    int host = NameInfoFlags.NUMERICHOST;
    assertThat(asker.name(address, host).service()).isEqualTo("shell");
    assertThat(asker.name(address, host | NameInfoFlags.DGRAM).service()).isEqualTo("syslog");
    assertThat(asker.name(address, NUMERIC | NameInfoFlags.DGRAM).service()).isEqualTo("514");
    Named unknown = asker.name(at("192.0.2.7", 47_001), host);
    assertThat(unknown.status()).isEqualTo(NtStatus.SUCCESS);
    assertThat(unknown.service()).isEqualTo("47001");
    asker.services("mine 514/tcp");
    assertThat(asker.name(address, host).service()).isEqualTo("mine");
    assertThat(asker.name(address, host | NameInfoFlags.DGRAM).service()).isEqualTo("syslog");
    // All five together.
    assertThat(asker.name(address, 0x01 | 0x02 | 0x04 | 0x08 | 0x10))
        .isEqualTo(new Named(NtStatus.SUCCESS, NtStatus.SUCCESS, "192.0.2.7", "514"));
    assertThat(asker.name(address, 0x04).status()).isEqualTo(NtStatus.NOT_FOUND);
    assertThat(asker.server.asked())
        .containsExactly(new Asked("PTR", "7.2.0.192.in-addr.arpa", false));
  }

  @Test
  @Rule("NAM-71")
  void shouldBeTheInverseOfTheNumericAddress(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    byte[] local = new byte[16];
    local[0] = (byte) 0xFE;
    local[1] = (byte) 0x80;
    local[15] = 9;
    InetSocketAddress[] all = {
      at("192.0.2.7", 1),
      at("2001:db8:0:0:1::7", 65535),
      SocketAddresses.toMapped(at("192.0.2.7", 0)),
      new InetSocketAddress(SocketAddresses.inet6(local, 3), 77),
      at("::", 5)
    };
    AddressInfo numeric =
        AddressInfo.hints(AddressInfoFlags.NUMERICHOST | AddressInfoFlags.NUMERICSERV, 0, 0, 0);
    for (InetSocketAddress one : all) {
      Named named = asker.name(one, NUMERIC);
      Found found = asker.find(named.node(), named.service(), numeric);
      assertThat(found.entries()).as("%s", named).hasSize(1);
      InetSocketAddress back = (InetSocketAddress) found.entries().get(0).address();
      assertThat(back).isEqualTo(one);
      assertThat(back.getAddress()).hasSameClassAs(one.getAddress());
      assertThat(Asker.scope(back)).isEqualTo(Asker.scope(one));
    }
  }
}
