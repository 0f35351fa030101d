package org.wsk4j.contract.names;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressInfo;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.boot.ProviderConfiguration;
import org.wsk4j.provider.resolve.DnsSettings;
import org.wsk4j.provider.resolve.NameFiles;
import org.wsk4j.provider.resolve.NameLimits;
import org.wsk4j.provider.resolve.NameSettings;
import org.wsk4j.provider.testing.NameServer;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.testing.TestScope;

/**
 * A program that asks for names: its provider has one name server, on loopback, and files of its
 * own, which are empty at first.
 */
final class Asker {
  private static final int BRIEFLY = 300;
  private static final int LONG = 20_000;

  final NameServer server;
  final TestClient client;
  final NameFiles files;

  /** An answer: what the call returned, the request, the first entry of the list. */
  record Found(NtStatus status, NtStatus returned, @Nullable AddressInfo first) {
    List<AddressInfo> entries() {
      return first == null ? List.of() : first.entries();
    }

    /** {@return addresses and ports as text, {@code 192.0.2.1:80}} */
    List<String> texts() {
      return entries().stream()
          .map(entry -> (InetSocketAddress) entry.address())
          .map(one -> one.getAddress().getHostAddress() + ":" + one.getPort())
          .toList();
    }
  }

  /** The names of an address, or why there are none. */
  record Named(
      NtStatus status, NtStatus returned, @Nullable String node, @Nullable String service) {}

  private Asker(TestScope scope, UnaryOperator<NameSettings> changed) throws IOException {
    Path folder = Files.createTempDirectory("names");
    scope.closing(() -> delete(folder));
    files =
        new NameFiles(
            folder.resolve("hosts"), folder.resolve("services"), folder.resolve("resolv.conf"));
    server = NameServer.in(scope);
    NameSettings settings =
        new NameSettings(
            new DnsSettings(List.of(server.address()), List.of(), LONG, 1),
            files,
            new NameLimits(LONG, 8, 8));
    client =
        TestClient.on(
            RunningProvider.of(
                ProviderConfiguration.fromSystemProperties()
                    .withTransport("nio")
                    .withNames(changed.apply(settings)),
                scope),
            scope);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }

  /** {@return a program whose name server has plenty of time} */
  static Asker in(TestScope scope) throws IOException {
    return in(scope, settings -> settings);
  }

  /** {@return a program whose provider is set up differently} */
  static Asker in(TestScope scope, UnaryOperator<NameSettings> changed) throws IOException {
    return new Asker(scope, changed);
  }

  /** Changes how servers are asked. */
  static UnaryOperator<NameSettings> dns(UnaryOperator<DnsSettings> change) {
    return all -> new NameSettings(change.apply(all.dns()), all.files(), all.limits());
  }

  /** Changes what bounds requests. */
  static UnaryOperator<NameSettings> limits(NameLimits limits) {
    return all -> new NameSettings(all.dns(), all.files(), limits);
  }

  /** Asks so often, and has plenty of time. */
  static UnaryOperator<NameSettings> persistent(int attempts) {
    return dns(dns -> new DnsSettings(dns.servers(), dns.search(), LONG, attempts));
  }

  /** Soon takes a server for silent, so that nothing but silence can be seen. */
  static UnaryOperator<NameSettings> impatient(int attempts) {
    return dns(dns -> new DnsSettings(dns.servers(), dns.search(), BRIEFLY, attempts));
  }

  /** Completes names with these domains. */
  static UnaryOperator<NameSettings> searching(String... domains) {
    return dns(
        dns ->
            new DnsSettings(dns.servers(), List.of(domains), dns.timeoutMillis(), dns.attempts()));
  }

  void hosts(String... lines) throws IOException {
    Files.write(files.hosts(), List.of(lines));
  }

  void services(String... lines) throws IOException {
    Files.write(files.services(), List.of(lines));
  }

  static int scope(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address v6 ? v6.getScopeId() : 0;
  }

  // ---- Calls

  NtStatus call(
      @Nullable String node,
      @Nullable String service,
      @Nullable AddressInfo hints,
      @Nullable Out<AddressInfo> place,
      Irp irp) {
    return client
        .functions()
        .getAddressInfo(client.client(), node, service, 0, null, hints, place, null, null, irp);
  }

  /** Asks for addresses and waits for the answer. */
  Found find(@Nullable String node, @Nullable String service, @Nullable AddressInfo hints)
      throws InterruptedException {
    Out<AddressInfo> place = new Out<>(AddressInfo.hints(0, 0, 0, 0));
    Irp irp = client.irp();
    NtStatus returned = call(node, service, hints, place, irp);
    NtStatus status = client.result(returned, irp);
    if (irp.information() != 0) {
      throw new AssertionError("Information is " + irp.information());
    }
    return new Found(status, returned, place.get());
  }

  Found find(@Nullable String node, @Nullable String service) throws InterruptedException {
    return find(node, service, null);
  }

  /** Asks for addresses with flags and a family alone. */
  Found find(@Nullable String node, int flags, int family) throws InterruptedException {
    return find(node, null, AddressInfo.hints(flags, family, 0, 0));
  }

  /** Asks for both names and waits for the answer. */
  Named name(InetSocketAddress address, int flags) throws InterruptedException {
    Out<String> node = new Out<>("before");
    Out<String> service = new Out<>("before");
    Irp irp = client.irp();
    NtStatus returned =
        client
            .functions()
            .getNameInfo(client.client(), address, node, service, flags, null, null, irp);
    NtStatus status = client.result(returned, irp);
    if (irp.information() != 0) {
      throw new AssertionError("Information is " + irp.information());
    }
    return new Named(status, returned, node.get(), service.get());
  }
}
