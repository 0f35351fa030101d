package org.wsk4j.provider.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.client.WskVersion;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.boot.ProviderConfiguration;
import org.wsk4j.provider.channel.Channels;
import org.wsk4j.provider.control.ExtensionTable;
import org.wsk4j.provider.resolve.LocalFamilies;
import org.wsk4j.provider.resolve.Names;
import org.wsk4j.provider.stats.ProviderStatistics;
import org.wsk4j.provider.testing.Nesting;
import org.wsk4j.provider.transport.Transports;
import org.wsk4j.provider.transport.WskEventLoopGroup;
import org.wsk4j.security.Account;
import org.wsk4j.security.OwningThread;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.RecordingRoutine;
import org.wsk4j.testing.TestScope;

/** Requests of a client that are refused where nothing may complete inside its call any more. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RefusedRequestTest {
  private static final OwningThread THREAD = OwningThread.impersonating(new Account("somebody"));

  private final AtomicInteger detached = new AtomicInteger();

  private static ProviderFunctions functions(TestScope scope) {
    ProviderConfiguration set = ProviderConfiguration.fromSystemProperties();
    WskEventLoopGroup loops =
        new WskEventLoopGroup(Transports.choose(set.transport()).transport(), 1);
    scope.closing(() -> loops.shutdown(Duration.ofSeconds(10)));
    ProviderStatistics statistics = new ProviderStatistics();
    Channels channels = new Channels(loops, statistics, set.limits(), set.listening());
    Names names = new Names(set.names(), LocalFamilies::ofInterfaces);
    scope.closing(() -> names.close(Duration.ofSeconds(10)));
    return new ProviderFunctions(
        WskVersion.V1_0,
        new SocketServices(channels, statistics, new ExtensionTable(List.of())),
        names);
  }

  /** A call that is refused. */
  private interface Call {
    NtStatus make(ProviderFunctions functions, ClientObject client, Irp irp);
  }

  private static final List<Call> CALLS =
      List.of(
          (functions, client, irp) ->
              functions.socket(
                  client,
                  AddressFamily.INET,
                  SocketType.STREAM,
                  Protocol.TCP,
                  WskFlags.LISTEN_SOCKET | WskFlags.DATAGRAM_SOCKET,
                  null,
                  null,
                  null,
                  null,
                  null,
                  irp),
          (functions, client, irp) ->
              functions.socketConnect(
                  client,
                  SocketType.STREAM,
                  Protocol.TCP,
                  null,
                  null,
                  0,
                  null,
                  null,
                  null,
                  null,
                  null,
                  irp),
          (functions, client, irp) ->
              functions.getAddressInfo(
                  client, "127.0.0.1", null, 0, null, null, new Out<>(), null, THREAD, irp),
          (functions, client, irp) ->
              functions.getNameInfo(client, null, new Out<>(), null, 0, null, THREAD, irp));

  @Test
  @Rule("IRP-10")
  void shouldHoldTheClientUntilTheirRoutinesHaveReturned(TestScope scope) {
    ProviderFunctions functions = functions(scope);
    for (Call call : CALLS) {
      ClientObject leaving = new ClientObject(null, detached::incrementAndGet);
      int before = detached.get();
      RecordingRoutine routine = new RecordingRoutine();
      Irp irp = scope.irp().setCompletionRoutine(routine, null);
      Nesting.tooDeep(
          () -> {
            assertThat(call.make(functions, leaving, irp)).isSameAs(NtStatus.PENDING);
            functions.detach(leaving);
            assertThat(routine.count()).isZero();
            assertThat(detached).hasValue(before);
          });
      assertThat(routine.count()).isOne();
      assertThat(irp.status()).isSameAs(NtStatus.INVALID_PARAMETER);
      assertThat(detached).hasValue(before + 1);
    }
  }
}
