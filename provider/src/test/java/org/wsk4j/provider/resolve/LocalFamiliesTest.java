package org.wsk4j.provider.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressInfo;
import org.wsk4j.net.AddressInfoFlags;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.NameServer;
import org.wsk4j.testing.TestScope;

/** What the families of this machine have to do with the addresses that are found. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LocalFamiliesTest {
  private static final String V6 = "2001:db8:0:0:0:0:0:1";

  private static List<String> find(
      LocalFamilies local, boolean inFile, int flags, Path folder, TestScope scope)
      throws Exception {
    NameServer server = NameServer.in(scope);
    server.says("A", "www.example.test", "192.0.2.1").says("AAAA", "www.example.test", V6);
    Path hosts = folder.resolve("hosts");
    Files.write(
        hosts,
        inFile ? List.of("192.0.2.1 www.example.test", V6 + " www.example.test") : List.of());
    Names names =
        new Names(
            new NameSettings(
                new DnsSettings(List.of(server.address()), List.of(), 10_000, 1),
                new NameFiles(hosts, folder.resolve("services"), folder.resolve("resolver")),
                new NameLimits(10_000, 4, 4)),
            () -> local);
    scope.closing(() -> names.close(Duration.ofSeconds(10)));
    AddressInfo hints = AddressInfo.hints(flags, 0, 0, 0);
    Irp irp = scope.irp();
    irp.begin(null);
    Out<AddressInfo> place = new Out<>();
    names.addresses(
        AddressQuestion.of("www.example.test", null, 0, null, hints), place, irp, () -> {});
    if (irp.await() != NtStatus.SUCCESS) {
      assertThat(server.asked()).isEmpty();
      return List.of(irp.status().name());
    }
    return place.require().entries().stream()
        .map(one -> ((InetSocketAddress) one.address()).getAddress())
        .map(InetAddress::getHostAddress)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void shouldGiveIpv6FirstWhereItIsOfUse(
      boolean ipv6, boolean inFile, @TempDir Path folder, TestScope scope) throws Exception {
    assertThat(find(new LocalFamilies(true, ipv6), inFile, 0, folder, scope))
        .isEqualTo(ipv6 ? List.of(V6, "192.0.2.1") : List.of("192.0.2.1", V6));
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, 2001:db8:0:0:0:0:0:1 192.0.2.1",
    "true, false, 192.0.2.1",
    "false, true, 2001:db8:0:0:0:0:0:1",
    "false, false, NOT_FOUND"
  })
  void shouldFindOnlyWhatIsConfigured(
      boolean v4, boolean v6, String expected, @TempDir Path folder, TestScope scope)
      throws Exception {
    int flag = AddressInfoFlags.ADDRCONFIG;
    assertThat(find(new LocalFamilies(v4, v6), false, flag, folder, scope))
        .containsExactly(expected.split(" "));
  }

  @Test
  void shouldAskTheInterfaces() {
    LocalFamilies first = LocalFamilies.ofInterfaces();
    assertThat(LocalFamilies.ofInterfaces()).isEqualTo(first);
  }
}
