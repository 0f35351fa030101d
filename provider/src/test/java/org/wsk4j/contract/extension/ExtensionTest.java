package org.wsk4j.contract.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskVersion;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskExtensionControlIn;
import org.wsk4j.control.WskExtensionControlOut;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nmr.NmrClientHandle;
import org.wsk4j.nmr.NpiClientCharacteristics;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nmr.NpiModuleId;
import org.wsk4j.nmr.NpiRegistrationInstance;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.Controls;
import org.wsk4j.provider.testing.CounterExtension;
import org.wsk4j.provider.testing.CounterExtension.Counter;
import org.wsk4j.provider.testing.CounterExtension.EvenEvent;
import org.wsk4j.provider.testing.CounterExtension.Functions;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.testing.Tls;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;
import org.wsk4j.tls.WskTls;

/** Extension interfaces: what a program can do with one that its provider has. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ExtensionTest {
  private static final int V4 = AddressFamily.INET;
  private static final NpiId COUNTER = CounterExtension.NPI_ID;
  private static final int EVEN = CounterExtension.EVEN;
  private static final int DISABLE = WskEventCallbackControl.DISABLE;
  private static final NtStatus BAD = NtStatus.INVALID_PARAMETER;

  private static List<WskSocket> ofEachCategory(TestClient client) throws Exception {
    Controls calls = new Controls(client);
    return List.of(
        calls.basic(V4, true),
        client.listening(),
        calls.socket(V4, false, WskFlags.DATAGRAM_SOCKET),
        client.connection(V4, null, null),
        client.stream(V4, null, null));
  }

  private static WskExtensionControlOut registered(WskSocket socket, Object dispatch) {
    return registered(socket, null, dispatch);
  }

  private static WskExtensionControlOut registered(
      WskSocket socket, Object context, Object dispatch) {
    Out<WskExtensionControlOut> place = new Out<>();
    assertThat(Tls.register(socket, COUNTER, context, dispatch, place)).isEqualTo(NtStatus.SUCCESS);
    return place.require();
  }

  private static NtStatus add(WskExtensionControlOut to) {
    return ((Functions) to.providerDispatch()).add(to.providerContext());
  }

  // ---- Registration

  @EachTransport
  @Rule({"EXT-02", "EXT-04", "EXT-08", "EXT-24", "BAS-08"})
  void shouldRegisterOnSocketsOfAllCategoriesOfAllClients(Transport on, TestScope scope)
      throws Exception {
    for (TestClient client : List.of(TestClient.on(on, scope), TestClient.on(on, scope))) {
      for (WskSocket socket : ofEachCategory(client)) {
        WskExtensionControlOut made = registered(socket, null);
        assertThat(made.providerDispatch()).isSameAs(functions());
        assertThat(made.providerContext()).isInstanceOf(Counter.class);
        assertThat(((Counter) made.providerContext()).socket().socket()).isSameAs(socket);
        assertThat(add(made)).isEqualTo(NtStatus.SUCCESS);
        assertThat(((Counter) made.providerContext()).count()).isOne();
      }
      client.closeAll();
    }
  }

  private static Functions functions() throws ReflectiveOperationException {
    var table = Functions.class.getDeclaredField("TABLE");
    table.setAccessible(true);
    return (Functions) table.get(null);
  }

  @EachTransport
  @Rule({"EXT-06", "EXT-09"})
  void shouldJudgeTheSizesOfAKnownExtension(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskSocket socket = client.connection(V4, null, null);
    WskExtensionControlIn known = new WskExtensionControlIn(COUNTER, null, null);
    Out<WskExtensionControlOut> place = new Out<>();
    assertThat(register(socket, null, Tls.OUT, place)).isEqualTo(BAD);
    assertThat(register(socket, known, Tls.OUT, null)).isEqualTo(BAD);
    assertThat(register(socket, known, Tls.OUT - 1, place)).isEqualTo(BAD);
    assertThat(register(socket, new WskExtensionControlIn(null, null, null), Tls.OUT, place))
        .isEqualTo(BAD);
    WskControlKey<ByteBuffer, ByteBuffer> raw =
        WskControlKey.raw(0, WskIoctls.REGISTER_EXTENSION.code());
    for (int size : new int[] {0, 23, 24}) {
      assertThat(new Controls(client).ioctl(socket, raw, Controls.bytes(size), null))
          .isEqualTo(BAD);
    }
    assertThat(place.get()).isNull();
    // None of this has registered it.
    LongOut returned = new LongOut();
    assertThat(
            socket.controlSocket(
                WskControlSocketType.IOCTL,
                WskIoctls.REGISTER_EXTENSION,
                known,
                Tls.OUT + 1,
                place,
                returned,
                null))
        .isEqualTo(NtStatus.SUCCESS);
    assertThat(returned.get()).isEqualTo(Tls.OUT);
    client.closeAll();
  }

  private static NtStatus register(
      WskSocket socket, WskExtensionControlIn wanted, int size, Out<WskExtensionControlOut> place) {
    return socket.controlSocket(
        WskControlSocketType.IOCTL, WskIoctls.REGISTER_EXTENSION, wanted, size, place, null, null);
  }

  @EachTransport
  @Rule({"EXT-10", "EXT-11", "EXT-12", "EXT-09"})
  void shouldRegisterEachExtensionOnceOnEachSocket(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskSocket socket = client.connection(V4, null, null);
    WskSocket other = client.connection(V4, null, null);
    EvenEvent event = (context, count) -> {};
    registered(socket, event);
    Out<WskExtensionControlOut> place = new Out<>();
    assertThat(Tls.register(socket, COUNTER, null, event, place))
        .isEqualTo(NtStatus.INVALID_DEVICE_STATE);
    assertThat(place.get()).isNull();
    Tls.on(socket);
    assertThat(Tls.events(socket, COUNTER, EVEN, null)).isEqualTo(NtStatus.SUCCESS);
    // The other socket of the same client knows nothing of this.
    assertThat(Tls.events(other, COUNTER, EVEN, null)).isEqualTo(NtStatus.NOT_SUPPORTED);
    registered(other, event);
    assertThat(Tls.events(other, COUNTER, EVEN, null)).isEqualTo(NtStatus.SUCCESS);
    client.closeAll();
  }

  @EachTransport
  @Rule({"EXT-09"})
  void shouldStayUnregisteredIfTheExtensionSaysNo(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskSocket basic = new Controls(client).basic(V4, true);
    Out<WskExtensionControlOut> place = new Out<>();
    for (WskSocket socket : List.of(basic, client.listening())) {
      assertThat(Tls.register(socket, WskTls.NPI_ID, null, null, place))
          .isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    }
    assertThat(Tls.register(basic, COUNTER, null, "no table", place)).isEqualTo(BAD);
    RuntimeException fault = new IllegalStateException("a fault of the extension");
    fault.setStackTrace(new StackTraceElement[0]);
    assertThat(Tls.register(basic, COUNTER, null, fault, place)).isEqualTo(NtStatus.INTERNAL_ERROR);
    assertThat(place.get()).isNull();
    registered(basic, null);
    client.closeAll();
  }

  // ---- What is fixed

  @EachTransport
  @Rule({"EXT-15", "EXT-24"})
  void shouldKnowItsExtensionsFromTheBeginning(Transport on, TestScope scope) throws Exception {
    TestClient first = TestClient.on(on, scope);
    registered(first.connection(V4, null, null), null);
    int made = CounterExtension.made();
    TestClient second = TestClient.on(on, scope);
    registered(second.connection(V4, null, null), null);
    assertThat(CounterExtension.made()).isEqualTo(made);
    assertThat(first.functions().version()).isEqualTo(WskVersion.V1_0);
    assertThat(second.functions().version()).isEqualTo(WskVersion.V1_0);
    first.closeAll();
    second.closeAll();
    TestClient elsewhere = TestClient.on(RunningProvider.alone(on, scope), scope);
    registered(elsewhere.connection(V4, null, null), null);
    assertThat(CounterExtension.made()).isEqualTo(made + 1);
    elsewhere.closeAll();
  }

  @EachTransport
  @Rule({"EXT-23"})
  void shouldKeepExtensionsOutOfTheRegistrar(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskSocket socket = client.connection(V4, null, null);
    registered(socket, null);
    AtomicInteger offers = new AtomicInteger();
    assertThat(offersOf(client.provider().registrar(), COUNTER, offers)).isZero();
    assertThat(offersOf(client.provider().registrar(), WskTls.NPI_ID, offers)).isZero();
    // It would be noticed: the interface of WSK itself is offered.
    NpiId wsk = WskProviderCharacteristics.NPI_WSK_INTERFACE_ID;
    assertThat(offersOf(client.provider().registrar(), wsk, offers)).isOne();
    client.closeAll();
  }

  private static int offersOf(NetworkModuleRegistrar registrar, NpiId id, AtomicInteger offers) {
    Out<NmrClientHandle> place = new Out<>();
    NpiModuleId module = NpiModuleId.of("{11111111-2222-3333-4444-555555555555}");
    registrar.registerClient(
        new NpiClientCharacteristics(
            0,
            (binding, context, provider) -> {
              offers.incrementAndGet();
              return NtStatus.NOINTERFACE;
            },
            context -> NtStatus.SUCCESS,
            null,
            new NpiRegistrationInstance(0, id, module, 0, null)),
        null,
        place);
    registrar.deregisterClient(place.require());
    registrar.waitForClientDeregisterComplete(place.require());
    return offers.get();
  }

  // ---- Contexts

  @EachTransport
  @Rule({"EXT-13", "EXT-14"})
  void shouldHandBothContextsThrough(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    BlockingQueue<Object> told = new LinkedBlockingQueue<>();
    EvenEvent event = (context, count) -> told.add(context);
    WskSocket[] sockets = {client.connection(V4, null, null), client.connection(V4, null, null)};
    Object[] contexts = {new Object(), new Object()};
    WskExtensionControlOut[] made = new WskExtensionControlOut[2];
    for (int i = 0; i < 2; i++) {
      made[i] = registered(sockets[i], contexts[i], event);
      assertThat(Tls.events(sockets[i], COUNTER, EVEN, null)).isEqualTo(NtStatus.SUCCESS);
    }
    Functions functions = (Functions) made[0].providerDispatch();
    assertThat(made[1].providerDispatch()).isSameAs(functions);
    for (int i = 1; i >= 0; i--) {
      functions.add(made[i].providerContext());
      functions.add(made[i].providerContext());
      assertThat(told.poll(10, TimeUnit.SECONDS)).isSameAs(contexts[i]);
    }
    assertThat(functions.add(contexts[0])).isEqualTo(BAD);
    assertThat(functions.add(null)).isEqualTo(BAD);
    assertThat(((Counter) made[0].providerContext()).count()).isEqualTo(2);
    client.closeAll();
  }

  // ---- Events

  @EachTransport
  @Rule({"EXT-16", "EXT-17", "OPT-43"})
  void shouldEnableEventsOfAnExtension(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    BlockingQueue<Integer> told = new LinkedBlockingQueue<>();
    for (WskSocket socket : ofEachCategory(client)) {
      boolean plain = !(socket instanceof WskConnectionSocket);
      assertThat(Tls.events(socket, COUNTER, EVEN, null))
          .isIn(NtStatus.NOT_SUPPORTED, plain ? NtStatus.INVALID_DEVICE_REQUEST : null);
      WskExtensionControlOut made = registered(socket, (EvenEvent) (any, count) -> told.add(count));
      Counter counter = (Counter) made.providerContext();
      add(made);
      add(made);
      await(() -> counter.untold() == 1);
      assertThat(Tls.events(socket, COUNTER, EVEN, null)).isEqualTo(NtStatus.SUCCESS);
      add(made);
      add(made);
      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(4);
      Irp irp = client.irp();
      NtStatus disabled = Tls.events(socket, COUNTER, EVEN | DISABLE, irp);
      assertThat(client.result(disabled, irp)).isEqualTo(NtStatus.SUCCESS);
      add(made);
      add(made);
      await(() -> counter.untold() == 2);
      assertThat(told).isEmpty();
    }
    client.closeAll();
  }

  private static void await(java.util.concurrent.Callable<Boolean> condition) {
    org.awaitility.Awaitility.await()
        .pollInterval(java.time.Duration.ofMillis(1))
        .atMost(java.time.Duration.ofSeconds(10))
        .until(condition);
  }

  @EachTransport
  @Rule({"EXT-18"})
  void shouldKeepTheFlagsOfInterfacesApart(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskSocket socket = client.pair().socket();
    registered(socket, (EvenEvent) (any, count) -> {});
    int[] foreign = {
      WskEventCallbackControl.RECEIVE,
      EVEN | WskEventCallbackControl.RECEIVE,
      WskTls.ESTABLISHED,
      CounterExtension.ODD,
      EVEN | 1,
      EVEN << 8,
      0,
      DISABLE
    };
    for (int mask : foreign) {
      assertThat(Tls.events(socket, COUNTER, mask, null)).as("%08x", mask).isEqualTo(BAD);
    }
    assertThat(client.control(socket, EVEN)).isEqualTo(BAD);
    assertThat(Tls.events(socket, null, EVEN, null)).isEqualTo(BAD);
    client.closeAll();
  }

  @EachTransport
  @Rule({"EXT-19", "BAS-11", "BAS-12"})
  void shouldGiveABasicSocketEventsThroughAnExtensionAlone(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    BlockingQueue<Thread> told = new LinkedBlockingQueue<>();
    WskSocket basic = new Controls(client).basic(V4, true);
    int receive = WskEventCallbackControl.RECEIVE;
    assertThat(client.control(basic, receive)).isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    assertThat(Tls.events(basic, COUNTER, EVEN, null)).isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    WskSocket without = new Controls(client).basic(V4, true);
    registered(without, null);
    assertThat(Tls.events(without, COUNTER, EVEN, null)).isEqualTo(NtStatus.INVALID_DEVICE_REQUEST);
    WskExtensionControlOut made =
        registered(basic, (EvenEvent) (any, count) -> told.add(Thread.currentThread()));
    assertThat(Tls.events(basic, COUNTER, EVEN, null)).isEqualTo(NtStatus.SUCCESS);
    assertThat(client.control(basic, receive)).isEqualTo(BAD);
    Thread loop = null;
    for (int i = 0; i < 4; i++) {
      add(made);
      add(made);
      Thread now = told.poll(10, TimeUnit.SECONDS);
      assertThat(now).isNotNull().isNotSameAs(Thread.currentThread());
      assertThat(loop == null || loop == now).isTrue();
      loop = now;
    }
    client.closeAll();
  }

  @EachTransport
  @Rule({"EXT-16", "EVT-28", "EVT-30", "OPT-48", "OPT-49"})
  void shouldWaitForACallbackThatIsBeingDisabled(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    EvenEvent slow =
        (context, count) -> {
          calls.incrementAndGet();
          inside.countDown();
          awaitQuietly(leave);
        };
    WskSocket socket = client.connection(V4, null, null);
    WskExtensionControlOut made = registered(socket, slow);
    Tls.events(socket, COUNTER, EVEN, null);
    add(made);
    add(made);
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
    Irp irp = client.irp();
    assertThat(Tls.events(socket, COUNTER, EVEN | DISABLE, irp)).isEqualTo(NtStatus.PENDING);
    assertThat(Tls.events(socket, COUNTER, EVEN | DISABLE, null)).isEqualTo(NtStatus.EVENT_PENDING);
    assertThat(irp.isCompleted()).isFalse();
    add(made);
    add(made);
    leave.countDown();
    assertThat(client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.SUCCESS);
    client.drain();
    assertThat(calls).hasValue(1);
    client.closeAll();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  // ---- The end

  @EachTransport
  @Rule({"EXT-20"})
  void shouldWaitForAFunctionBeforeItCloses(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    for (WskSocket socket : ofEachCategory(client)) {
      WskExtensionControlOut made = registered(socket, null);
      Functions functions = (Functions) made.providerDispatch();
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch leave = new CountDownLatch(1);
      Future<NtStatus> running =
          scope
              .thread("function")
              .submit(
                  () ->
                      functions.during(
                          made.providerContext(),
                          () -> {
                            inside.countDown();
                            awaitQuietly(leave);
                          }));
      assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
      Irp close = client.irp();
      assertThat(socket.closeSocket(close)).isEqualTo(NtStatus.PENDING);
      client.drain();
      assertThat(close.isCompleted()).isFalse();
      assertThat(add(made)).isEqualTo(NtStatus.FILE_FORCED_CLOSED);
      assertThat(((Counter) made.providerContext()).ends()).isZero();
      leave.countDown();
      assertThat(client.result(NtStatus.PENDING, close)).isEqualTo(NtStatus.SUCCESS);
      assertThat(running.get(10, TimeUnit.SECONDS)).isEqualTo(NtStatus.SUCCESS);
    }
  }

  @EachTransport
  @Rule({"EXT-21"})
  void shouldEndRegistrationsWithTheSocket(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    AtomicInteger told = new AtomicInteger();
    for (WskSocket socket : ofEachCategory(client)) {
      WskExtensionControlOut made =
          registered(socket, (EvenEvent) (any, count) -> told.incrementAndGet());
      Counter counter = (Counter) made.providerContext();
      Tls.events(socket, COUNTER, EVEN, null);
      add(made);
      Irp close = client.irp();
      AtomicInteger endsBefore = new AtomicInteger(-1);
      client.onCompletion(close, irp -> endsBefore.set(counter.ends()));
      assertThat(client.result(socket.closeSocket(close), close)).isEqualTo(NtStatus.SUCCESS);
      assertThat(endsBefore).hasValue(1);
      assertThat(add(made)).isEqualTo(NtStatus.INVALID_HANDLE);
      assertThat(counter.count()).isOne();
      assertThat(counter.socket().raise(EVEN, told::incrementAndGet)).isFalse();
      assertThat(Tls.events(socket, COUNTER, EVEN, null)).isNotEqualTo(NtStatus.SUCCESS);
      assertThat(Tls.register(socket, COUNTER, null, null, new Out<>()))
          .isEqualTo(NtStatus.INVALID_HANDLE);
      assertThat(counter.ends()).isOne();
    }
    assertThat(told).hasValue(0);
  }
}
