package org.wsk4j.contract.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.client.WskProviderDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.stream.WskStreamSocket;
import org.wsk4j.testing.TestScope;

/** Goes through every function of every table that takes an IRP. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TablesTest {
  /** Whether its IRP is required depends on the operation. */
  private static final List<String> DEPENDS = List.of("controlSocket", "controlClient");

  private record Function(Method method, Object table) {
    NtStatus call(TestClient client, @Nullable Irp irp) throws ReflectiveOperationException {
      Object[] arguments =
          Arrays.stream(method.getParameterTypes())
              .map(type -> argument(type, client, irp))
              .toArray();
      return (NtStatus) method.invoke(table, arguments);
    }

    private static @Nullable Object argument(Class<?> type, TestClient client, @Nullable Irp irp) {
      if (type == Irp.class) {
        return irp;
      }
      if (type == int.class) {
        return 0;
      }
      return type.isInstance(client.client()) ? client.client() : null;
    }

    @Override
    public String toString() {
      return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }
  }

  private static List<Function> functions(Class<?> type, Object table) {
    return Arrays.stream(type.getMethods())
        .filter(method -> Arrays.asList(method.getParameterTypes()).contains(Irp.class))
        .filter(method -> !DEPENDS.contains(method.getName()))
        .map(method -> new Function(method, table))
        .toList();
  }

  @EachTransport
  @Rule({"IRP-57", "IRP-62", "SOC-07", "CLS-06", "DSC-06"})
  void shouldRequireAnIrpEverywhere(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listener(AddressFamily.INET, null, null);
    WskConnectionSocket connection = client.connection(AddressFamily.INET, null, null);
    WskStreamSocket stream = client.stream(AddressFamily.INET, null, null);
    long sockets = client.openSockets();
    for (List<Function> table :
        List.of(
            functions(WskProviderDispatch.class, client.functions()),
            functions(WskListeningSocket.class, listener),
            functions(WskConnectionSocket.class, connection),
            functions(WskStreamSocket.class, stream))) {
      assertThat(table).hasSizeGreaterThan(3);
      for (Function function : table) {
        assertThat(function.call(client, null))
            .as(function.toString())
            .isEqualTo(NtStatus.INVALID_PARAMETER);
      }
    }
    InetSocketAddress address = TestClient.loopback(AddressFamily.INET, 0);
    assertThat(listener.bind(address, 0, null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(connection.bind(address, 0, null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(stream.bind(address, 0, null)).isEqualTo(NtStatus.INVALID_PARAMETER);
    assertThat(client.openSockets()).isEqualTo(sockets);
    // Nothing has happened: all can still be bound.
    client.succeed(irp -> listener.bind(address, 0, irp));
    client.succeed(irp -> connection.bind(address, 0, irp));
    client.succeed(irp -> stream.bind(address, 0, irp));
    client.close(listener, connection, stream);
  }

  @EachTransport
  @Rule({"IRP-01", "IRP-03", "IRP-04", "IRP-06", "IRP-10"})
  void shouldCompleteEveryRequestOnceWhateverIsReturned(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listener(AddressFamily.INET, null, null);
    WskConnectionSocket connection = client.connection(AddressFamily.INET, null, null);
    WskStreamSocket stream = client.stream(AddressFamily.INET, null, null);
    for (List<Function> table :
        List.of(
            functions(WskProviderDispatch.class, client.functions()),
            functions(WskListeningSocket.class, listener),
            functions(WskConnectionSocket.class, connection),
            functions(WskStreamSocket.class, stream))) {
      for (Function function : table) {
        if (!function.method().getName().equals("closeSocket")) {
          completesOnce(client, function);
        }
      }
    }
    client.close(listener, connection, stream);
  }

  private static void completesOnce(TestClient client, Function function) throws Exception {
    AtomicInteger completions = new AtomicInteger();
    Irp irp = client.irp();
    client.onCompletion(
        irp,
        done -> {
          completions.incrementAndGet();
        });
    NtStatus returned = function.call(client, irp);
    NtStatus status = client.result(returned, irp);
    if (irp.object() instanceof WskSocket socket) {
      client.close(socket);
    } else {
      assertThat(status.isError()).as(function.toString()).isTrue();
    }
    client.drain();
    assertThat(completions).as(function.toString()).hasValue(1);
  }
}
