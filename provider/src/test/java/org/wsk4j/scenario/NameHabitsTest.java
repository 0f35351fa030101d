package org.wsk4j.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.AddressInfo;
import org.wsk4j.net.AddressInfoFlags;
import org.wsk4j.net.NameInfoFlags;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.boot.ProviderConfiguration;
import org.wsk4j.provider.resolve.DnsSettings;
import org.wsk4j.provider.resolve.NameFiles;
import org.wsk4j.provider.resolve.NameLimits;
import org.wsk4j.provider.resolve.NameSettings;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.NameServer;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** What programs do with names (M3, M9, and the look-up of A12 that is cancelled). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NameHabitsTest {
  private static final Path NOWHERE = Path.of("there", "is", "no", "such", "file");
  private static final int LONG = 20_000;

  /** A program whose provider asks this server. */
  private static Scenario asking(NameServer server, Transport on, TestScope scope) {
    NameSettings settings =
        new NameSettings(
            new DnsSettings(List.of(server.address()), List.of(), LONG, 1),
            new NameFiles(NOWHERE, NOWHERE, NOWHERE),
            new NameLimits(LONG, 8, 8));
    RunningProvider provider =
        RunningProvider.of(
            ProviderConfiguration.fromSystemProperties()
                .withTransport(on.name())
                .withNames(settings),
            scope);
    return Scenario.on(provider, scope);
  }

  private static NtStatus find(
      Scenario scenario,
      String node,
      @Nullable String service,
      int flags,
      Out<AddressInfo> place,
      Irp irp) {
    TestClient client = scenario.client();
    AddressInfo hints = AddressInfo.hints(flags, AddressFamily.INET, 0, 0);
    return client
        .functions()
        .getAddressInfo(client.client(), node, service, 0, null, hints, place, null, null, irp);
  }

  private static InetSocketAddress address(Out<AddressInfo> place) {
    return (InetSocketAddress) place.require().address();
  }

  /** A library prints addresses with the function for names. */
  @EachTransport
  void shouldWriteAddressesAsNumbersM3(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    TestClient client = scenario.client();
    int flags = NameInfoFlags.NUMERICHOST | NameInfoFlags.NUMERICSERV;
    String[] texts = {"127.0.0.1", "::1"};
    int[] families = {AddressFamily.INET, AddressFamily.INET6};
    for (int i = 0; i < texts.length; i++) {
      InetSocketAddress address = TestClient.loopback(families[i], 5001);
      Out<String> node = new Out<>();
      Out<String> service = new Out<>();
      scenario.succeed(
          irp ->
              client
                  .functions()
                  .getNameInfo(client.client(), address, node, service, flags, null, null, irp));
      assertThat(node.get()).isEqualTo(texts[i]);
      assertThat(service.get()).isEqualTo("5001");
    }
  }

  /** Clean-up code frees whatever it has. */
  @EachTransport
  void shouldFreeNothingM9(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    TestClient client = scenario.client();
    client.functions().freeAddressInfo(client.client(), null);
    Out<AddressInfo> place = new Out<>();
    scenario
        .call(irp -> find(scenario, "127.0.0.1", "12345", 0, place, irp))
        .expect(NtStatus.SUCCESS);
    assertThat(address(place).getPort()).isEqualTo(12345);
    client.functions().freeAddressInfo(client.client(), place.get());
  }

  /** First as an address, then, if it is none, as a name, with one IRP for both. */
  @EachTransport
  void shouldTryAnAddressBeforeAName(Transport on, TestScope scope) throws Exception {
    NameServer server = NameServer.in(scope).says("A", "www.example.test", "192.0.2.1");
    Scenario scenario = asking(server, on, scope);
    Out<AddressInfo> place = new Out<>();
    Request request = scenario.request();
    request.submit(
        irp -> find(scenario, "www.example.test", null, AddressInfoFlags.NUMERICHOST, place, irp));
    assertThat(request.await().status().isSuccess()).isFalse();
    request.submit(
        irp -> find(scenario, "www.example.test", null, AddressInfoFlags.CANONNAME, place, irp));
    request.await().expect(NtStatus.SUCCESS);
    assertThat(place.require().canonicalName()).isEqualTo("www.example.test");
    assertThat(address(place).getAddress().getHostAddress()).isEqualTo("192.0.2.1");
    assertThat(server.asked()).hasSize(1);
  }

  /** A timer cancels the look-up, and the program goes on with the same IRP. */
  @EachTransport
  void shouldGiveALookUpUpA12(Transport on, TestScope scope) throws Exception {
    NameServer server = NameServer.in(scope).isSilent("A", "mute.example.test");
    server.says("A", "www.example.test", "192.0.2.1");
    Scenario scenario = asking(server, on, scope);
    ExecutorService timer = scenario.thread("timer");
    Out<AddressInfo> place = new Out<>();
    Request request = scenario.request();
    for (int round = 0; round < 20; round++) {
      request.submit(irp -> find(scenario, "mute.example.test", null, 0, place, irp));
      if (round % 2 == 0) {
        server.awaitQuestion();
      }
      timer.submit(request::cancel).get(10, TimeUnit.SECONDS);
      request.await().expect(NtStatus.CANCELLED);
      assertThat(place.get()).isNull();
    }
    request.submit(irp -> find(scenario, "www.example.test", null, 0, place, irp));
    request.await().expect(NtStatus.SUCCESS);
    assertThat(address(place).getAddress().getHostAddress()).isEqualTo("192.0.2.1");
  }
}
