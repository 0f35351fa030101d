package org.wsk4j.contract.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.contract.names.Asker.Found;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.AddressInfo;
import org.wsk4j.net.AddressInfoFlags;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.resolve.DnsSettings;
import org.wsk4j.provider.testing.NameServer;
import org.wsk4j.provider.testing.NameServer.Asked;
import org.wsk4j.provider.testing.NameServer.Entry;
import org.wsk4j.testing.TestScope;

/** Names of hosts, in files and by name servers that answer in every way, and of services. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostTest {
  private static final AddressInfo V4 = AddressInfo.hints(0, AddressFamily.INET, 0, 0);

  @Test
  @Rule({"NAM-11", "NAM-17", "NAM-24"})
  void shouldAskForTheWantedFamiliesAlone(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    asker.server.says("A", "www.example.test", "192.0.2.1", "192.0.2.2", "192.0.2.1");
    asker.server.says("AAAA", "www.example.test", "2001:db8::1");
    assertThat(asker.find("www.example.test", null, V4).texts())
        .containsExactly("192.0.2.1:0", "192.0.2.2:0");
    assertThat(asker.server.asked()).containsExactly(new Asked("A", "www.example.test", false));
    assertThat(asker.find("www.example.test", 0, AddressFamily.INET6).texts())
        .containsExactly("2001:db8:0:0:0:0:0:1:0");
    assertThat(asker.server.asked()).hasSize(2);
    assertThat(asker.find("WWW.Example.Test.", null).texts()).hasSize(3);
  }

  @Test
  @Rule("NAM-11")
  void shouldAskByTcpForWhatIsTooLong(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    asker.server.saysByTcp("A", "large.example.test", "192.0.2.1", "192.0.2.2");
    assertThat(asker.find("large.example.test", null, V4).texts())
        .containsExactly("192.0.2.1:0", "192.0.2.2:0");
    assertThat(asker.server.asked())
        .containsExactly(
            new Asked("A", "large.example.test", false),
            new Asked("A", "large.example.test", true));
  }

  @Test
  @Rule("NAM-31")
  void shouldFollowAliasesToTheCanonicalName(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    asker.server.answers(
        "A",
        "alias.example.test",
        new Entry("alias.example.test", "CNAME", "middle.example.test"),
        new Entry("middle.example.test", "CNAME", "real.example.test"),
        new Entry("real.example.test", "A", "192.0.2.1"),
        new Entry("stranger.example.test", "A", "192.0.2.66"));
    AddressInfo canonical = AddressInfo.hints(AddressInfoFlags.CANONNAME, AddressFamily.INET, 0, 0);
    Found found = asker.find("alias.example.test", null, canonical);
    assertThat(found.texts()).containsExactly("192.0.2.1:0");
    assertThat(found.entries().get(0).canonicalName()).isEqualTo("real.example.test");
    // Also where the server leaves that to the client.
    asker.server.answers(
        "A", "far.example.test", new Entry("far.example.test", "CNAME", "alias.example.test"));
    Found far = asker.find("far.example.test", null, canonical);
    assertThat(far.texts()).containsExactly("192.0.2.1:0");
    assertThat(far.entries().get(0).canonicalName()).isEqualTo("real.example.test");
  }

  @Test
  @Rule("NAM-08")
  void shouldNotFollowAliasesForEver(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    asker.server.answers(
        "A", "a.example.test", new Entry("a.example.test", "CNAME", "b.example.test"));
    asker.server.answers(
        "A", "b.example.test", new Entry("b.example.test", "CNAME", "a.example.test"));
    assertThat(asker.find("a.example.test", null, V4).status()).isEqualTo(NtStatus.UNSUCCESSFUL);
    asker.server.answers(
        "A",
        "self.example.test",
        new Entry("self.example.test", "CNAME", "x.example.test"),
        new Entry("x.example.test", "CNAME", "self.example.test"));
    assertThat(asker.find("self.example.test", null, V4).status().isError()).isTrue();
  }

  @Test
  @Rule({"NAM-08", "NAM-07", "NAM-21"})
  void shouldTellFailureAndSilenceFromANameThatDoesNotExist(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope, Asker.persistent(2));
    asker.server.fails("A", "bad.example.test");
    Found failed = asker.find("bad.example.test", null, V4);
    assertThat(failed.status()).isEqualTo(NtStatus.UNSUCCESSFUL);
    assertThat(failed.first()).isNull();
    assertThat(asker.server.asked()).hasSize(2);
    Asker impatient = Asker.in(scope, Asker.impatient(2));
    impatient.server.isSilent("A", "mute.example.test");
    Found silent = impatient.find("mute.example.test", null, V4);
    assertThat(silent.status()).isEqualTo(NtStatus.IO_TIMEOUT);
    assertThat(silent.first()).isNull();
    assertThat(impatient.server.asked()).hasSize(2);
    // What one family has is not lost when the other one fails.
    asker.server.says("AAAA", "bad.example.test", "2001:db8::1");
    assertThat(asker.find("bad.example.test", null).texts())
        .containsExactly("2001:db8:0:0:0:0:0:1:0");
  }

  @Test
  @Rule("NAM-08")
  void shouldAskTheNextServer(TestScope scope) throws Exception {
    NameServer first = NameServer.in(scope);
    Asker asker =
        Asker.in(
            scope,
            Asker.dns(
                dns ->
                    new DnsSettings(
                        List.of(first.address(), dns.servers().get(0)), List.of(), 1500, 1)));
    first.fails("A", "one.example.test").isSilent("A", "two.example.test");
    asker.server.says("A", "one.example.test", "192.0.2.1");
    asker.server.says("A", "two.example.test", "192.0.2.2");
    asker.server.says("A", "three.example.test", "192.0.2.3");
    assertThat(asker.find("one.example.test", null, V4).texts()).containsExactly("192.0.2.1:0");
    assertThat(asker.find("two.example.test", null, V4).texts()).containsExactly("192.0.2.2:0");
    // A server that says that there is no such name has answered.
    assertThat(asker.find("three.example.test", null, V4).status()).isEqualTo(NtStatus.NOT_FOUND);
    assertThat(asker.server.asked()).hasSize(2);
  }

  @Test
  @Rule({"NAM-11", "NAM-31"})
  void shouldCompleteNamesByTheirDomain(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope, Asker.searching("first.test", "example.test"));
    asker.server.says("A", "www.example.test", "192.0.2.1");
    asker.server.says("A", "a.b", "192.0.2.2");
    AddressInfo full = AddressInfo.hints(AddressInfoFlags.FQDN, AddressFamily.INET, 0, 0);
    Found found = asker.find("www", null, full);
    assertThat(found.texts()).containsExactly("192.0.2.1:0");
    assertThat(found.entries().get(0).canonicalName()).isEqualTo("www.example.test");
    assertThat(asker.server.asked())
        .extracting(Asked::name)
        .containsExactly("www.first.test", "www.example.test");
    assertThat(asker.find("a.b", null, V4).texts()).containsExactly("192.0.2.2:0");
    assertThat(asker.server.asked()).hasSize(3);
    assertThat(asker.find("www.", null, V4).status()).isEqualTo(NtStatus.NOT_FOUND);
    assertThat(asker.server.asked()).hasSize(4);
  }

  @Test
  @Rule({"NAM-11", "NAM-31", "NAM-24"})
  void shouldReadTheHostsFileFirst(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    asker.server.says("A", "box.example.test", "192.0.2.66");
    asker.hosts("192.0.2.1 box.example.test box # mine", "2001:db8::1 box.example.test");
    assertThat(asker.find("BOX.example.test", null).texts())
        .containsExactlyInAnyOrder("192.0.2.1:0", "2001:db8:0:0:0:0:0:1:0");
    AddressInfo canonical = AddressInfo.hints(AddressInfoFlags.CANONNAME, AddressFamily.INET, 0, 0);
    Found alias = asker.find("box", null, canonical);
    assertThat(alias.texts()).containsExactly("192.0.2.1:0");
    assertThat(alias.entries().get(0).canonicalName()).isEqualTo("box.example.test");
    assertThat(asker.find("box", 0, AddressFamily.INET6).status()).isEqualTo(NtStatus.NOT_FOUND);
    assertThat(asker.server.asked()).isEmpty();
    AddressInfo dns = AddressInfo.hints(AddressInfoFlags.DNS_ONLY, AddressFamily.INET, 0, 0);
    assertThat(asker.find("box.example.test", null, dns).texts()).containsExactly("192.0.2.66:0");
    // The file is read again when it has changed.
    asker.hosts("192.0.2.200 box.example.test box");
    assertThat(asker.find("box", null, V4).texts()).containsExactly("192.0.2.200:0");
  }

  @Test
  @Rule("NAM-24")
  void shouldMapAddressesOfIpv4WhereThatIsWanted(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    asker.server.says("A", "old.example.test", "192.0.2.1");
    asker.server.says("A", "both.example.test", "192.0.2.2");
    asker.server.says("AAAA", "both.example.test", "2001:db8::2");
    int mapped = AddressInfoFlags.V4MAPPED;
    Found old = asker.find("old.example.test", mapped, AddressFamily.INET6);
    assertThat(old.entries()).hasSize(1);
    assertThat(SocketAddresses.isMapped(old.entries().get(0).address())).isTrue();
    assertThat(asker.find("both.example.test", mapped, AddressFamily.INET6).texts())
        .containsExactly("2001:db8:0:0:0:0:0:2:0");
    Found all = asker.find("both.example.test", mapped | AddressInfoFlags.ALL, AddressFamily.INET6);
    assertThat(all.entries()).hasSize(2);
    assertThat(all.entries()).allMatch(one -> one.family() == AddressFamily.INET6);
    assertThat(SocketAddresses.isMapped(all.entries().get(1).address())).isTrue();
  }

  @Test
  @Rule("NAM-11")
  void shouldEncodeInternationalNames(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    asker.server.says("A", "xn--bcher-kva.example.test", "192.0.2.1");
    assertThat(asker.find("bücher.example.test", null, V4).texts()).containsExactly("192.0.2.1:0");
    int asItIs = AddressInfoFlags.DISABLE_IDN_ENCODING;
    assertThat(asker.find("bücher.example.test", asItIs, AddressFamily.INET).status())
        .isEqualTo(NtStatus.NOT_FOUND);
    assertThat(asker.server.asked()).hasSize(1);
    asker.hosts("192.0.2.5 bücher.example.test");
    assertThat(asker.find("bücher.example.test", asItIs, AddressFamily.INET).texts())
        .containsExactly("192.0.2.5:0");
  }

  @Test
  @Rule({"NAM-15", "NAM-14"})
  void shouldKnowServicesByName(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    assertThat(asker.find("127.0.0.1", "http").texts()).containsExactly("127.0.0.1:80");
    assertThat(asker.find("127.0.0.1", "HTTPS").texts()).containsExactly("127.0.0.1:443");
    asker.services("http 8080/tcp web # ours", "mine 4242/udp");
    assertThat(asker.find("127.0.0.1", "web").texts()).containsExactly("127.0.0.1:8080");
    assertThat(asker.find("127.0.0.1", "http").texts()).containsExactly("127.0.0.1:8080");
    assertThat(asker.find("127.0.0.1", "mine").texts()).containsExactly("127.0.0.1:4242");
    AddressInfo tcp = AddressInfo.hints(0, 0, SocketType.STREAM, 0);
    AddressInfo udp = AddressInfo.hints(0, 0, 0, Protocol.UDP);
    assertThat(asker.find("127.0.0.1", "mine", udp).texts()).containsExactly("127.0.0.1:4242");
    for (Found none :
        List.of(
            asker.find("127.0.0.1", "mine", tcp),
            asker.find("127.0.0.1", "nothing"),
            asker.find("127.0.0.1", "65536"))) {
      assertThat(none.status()).isEqualTo(NtStatus.NO_MATCH);
      assertThat(none.first()).isNull();
    }
  }
}
