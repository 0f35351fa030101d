package org.wsk4j.contract.subsystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.client.WskClient;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientNpi;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskProviderDispatch;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.client.WskVersion;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nmr.NmrBindingHandle;
import org.wsk4j.nmr.NmrClientHandle;
import org.wsk4j.nmr.NpiClientCharacteristics;
import org.wsk4j.nmr.NpiModuleId;
import org.wsk4j.nmr.NpiRegistrationInstance;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.boot.NettyWskProvider;
import org.wsk4j.provider.boot.ProviderConfiguration;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;

/**
 * A program that attaches to the subsystem through the registrar, without the registration service.
 */
@Timeout(30)
class WskThroughRegistrarTest {
  private final NetworkModuleRegistrar registrar = new NetworkModuleRegistrar();
  private final NettyWskProvider provider =
      new NettyWskProvider(ProviderConfiguration.fromSystemProperties().withTransport("nio"));
  private final List<String> events = new ArrayList<>();

  private @Nullable NpiRegistrationInstance offered;
  private @Nullable WskClient client;
  private @Nullable WskProviderDispatch dispatch;
  private NtStatus detachAnswer = NtStatus.SUCCESS;
  private @Nullable NmrBindingHandle binding;

  @BeforeEach
  void startProvider() {
    provider.start(registrar);
  }

  @AfterEach
  void stopProvider() {
    provider.stop();
  }

  @Test
  @Rule({"NMR-84", "NMR-85"})
  void shouldOfferTheSubsystemWithItsVersions() {
    NmrClientHandle handle = attach((registration, place) -> NtStatus.NOINTERFACE);

    assertThat(offered).isNotNull();
    assertThat(offered.npiId()).isEqualTo(WskProviderCharacteristics.NPI_WSK_INTERFACE_ID);
    assertThat(offered.npiSpecificCharacteristics())
        .isEqualTo(new WskProviderCharacteristics(WskVersion.V1_0, WskVersion.V1_0));
    deregister(handle);
  }

  @Test
  @Rule({"NMR-88", "NMR-90"})
  void shouldGiveClientAndFunctionsThatWorkAtOnce() throws InterruptedException {
    NmrClientHandle handle = attach(this::attachWith);

    assertThat(client).isNotNull();
    assertThat(dispatch).isNotNull();
    close(basicSocket());
    deregister(handle);
  }

  @Test
  @Rule({"NMR-91", "NMR-92"})
  void shouldRefuseAnotherVersionAndTakeTheNextTry() {
    List<NtStatus> answers = new ArrayList<>();
    NmrClientHandle handle =
        attach(
            (registration, place) -> {
              answers.add(attachWithVersion(registration, WskVersion.make(2, 0)));
              answers.add(attachWithVersion(registration, WskVersion.V1_0));
              return answers.get(1);
            });

    assertThat(answers).containsExactly(NtStatus.NOINTERFACE, NtStatus.SUCCESS);
    assertThat(dispatch).isNotNull();
    deregister(handle);
  }

  @Test
  @Rule({"NMR-94", "NMR-98"})
  void shouldDetachAndCleanUpWhenTheClientGoes() {
    NmrClientHandle handle = attach(this::attachWith);

    deregister(handle);

    assertThat(events).containsExactly("detach", "cleanup");
  }

  @Test
  @Rule("NMR-94")
  void shouldDetachAndCleanUpWhenTheSubsystemGoes() {
    NmrClientHandle handle = attach(this::attachWith);

    provider.stop();

    assertThat(events).containsExactly("detach", "cleanup");
    deregister(handle);
  }

  @Test
  @Rule("NMR-98")
  void shouldCleanUpOnlyWhenTheClientHasReportedItsHalf() {
    detachAnswer = NtStatus.PENDING;
    NmrClientHandle handle = attach(this::attachWith);

    registrar.deregisterClient(handle);
    assertThat(events).containsExactly("detach");

    registrar.clientDetachProviderComplete(requireBinding());
    assertThat(registrar.waitForClientDeregisterComplete(handle)).isEqualTo(NtStatus.SUCCESS);
    assertThat(events).containsExactly("detach", "cleanup");
  }

  @Test
  @Rule({"NMR-96", "NMR-97"})
  void shouldStayAttachedUntilAllSocketsAreClosed() throws Exception {
    NmrClientHandle handle = attach(this::attachWith);
    WskSocket socket = basicSocket();

    registrar.deregisterClient(handle);
    CountDownLatch waiting = new CountDownLatch(1);
    CompletableFuture<NtStatus> waited =
        CompletableFuture.supplyAsync(
            () -> {
              waiting.countDown();
              return registrar.waitForClientDeregisterComplete(handle);
            });
    waiting.await();
    // The client has reported its half at once; the socket is all that is left.
    assertThat(events).containsExactly("detach");
    assertThat(waited).isNotDone();

    close(socket);
    assertThat(waited.get(10, TimeUnit.SECONDS)).isEqualTo(NtStatus.SUCCESS);
    assertThat(events).containsExactly("detach", "cleanup");
  }

  @Test
  @Rule("NMR-100")
  void shouldServeBothWaysToTheSameAttachment() throws InterruptedException {
    NmrClientHandle handle = attach(this::attachWith);
    WskRegistration registration = new WskRegistration(registrar);
    registration.register(new WskClientNpi(null, new WskClientDispatch(WskVersion.V1_0)));
    Out<WskProviderNpi> npi = new Out<>();
    assertThat(registration.captureProviderNpi(WskRegistration.NO_WAIT, npi))
        .isEqualTo(NtStatus.SUCCESS);

    close(basicSocket());
    close(socketOf(npi.require().dispatch(), npi.require().client()));

    registration.releaseProviderNpi();
    registration.deregister();
    deregister(handle);
  }

  // ---- The client module

  private NmrClientHandle attach(BiFunction<NmrBindingHandle, String, NtStatus> answer) {
    Out<NmrClientHandle> place = new Out<>();
    NpiClientCharacteristics characteristics =
        new NpiClientCharacteristics(
            0,
            (handle, context, provided) -> {
              binding = handle;
              offered = provided;
              return answer.apply(handle, "attach");
            },
            context -> {
              events.add("detach");
              return detachAnswer;
            },
            context -> events.add("cleanup"),
            new NpiRegistrationInstance(
                0,
                WskProviderCharacteristics.NPI_WSK_INTERFACE_ID,
                new NpiModuleId(UUID.randomUUID()),
                0,
                null));
    assertThat(registrar.registerClient(characteristics, null, place)).isEqualTo(NtStatus.SUCCESS);
    return place.require();
  }

  private NtStatus attachWith(NmrBindingHandle handle, String ignored) {
    return attachWithVersion(handle, WskVersion.V1_0);
  }

  private NtStatus attachWithVersion(NmrBindingHandle handle, int version) {
    Out<Object> context = new Out<>();
    Out<Object> functions = new Out<>();
    NtStatus status =
        registrar.clientAttachProvider(
            handle, "binding context", new WskClientDispatch(version), context, functions);
    if (status == NtStatus.SUCCESS) {
      client = (WskClient) context.get();
      dispatch = (WskProviderDispatch) functions.get();
    }
    return status;
  }

  private NmrBindingHandle requireBinding() {
    NmrBindingHandle current = binding;
    assertThat(current).isNotNull();
    return current;
  }

  private void deregister(NmrClientHandle handle) {
    assertThat(registrar.deregisterClient(handle)).isEqualTo(NtStatus.PENDING);
    assertThat(registrar.waitForClientDeregisterComplete(handle)).isEqualTo(NtStatus.SUCCESS);
  }

  private WskSocket basicSocket() throws InterruptedException {
    WskProviderDispatch functions = dispatch;
    WskClient own = client;
    assertThat(functions).isNotNull();
    assertThat(own).isNotNull();
    return socketOf(functions, own);
  }

  private static WskSocket socketOf(WskProviderDispatch functions, WskClient owner)
      throws InterruptedException {
    Irp irp = Irp.allocate();
    functions.socket(
        owner,
        AddressFamily.INET,
        SocketType.STREAM,
        Protocol.TCP,
        WskFlags.BASIC_SOCKET,
        null,
        null,
        null,
        null,
        null,
        irp);
    assertThat(irp.await()).isEqualTo(NtStatus.SUCCESS);
    return irp.object(WskSocket.class);
  }

  private static void close(WskSocket socket) throws InterruptedException {
    Irp irp = Irp.allocate();
    socket.closeSocket(irp);
    assertThat(irp.await()).isEqualTo(NtStatus.SUCCESS);
  }
}
