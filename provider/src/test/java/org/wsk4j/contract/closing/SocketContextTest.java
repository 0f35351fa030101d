package org.wsk4j.contract.closing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.testing.TestScope;

/** What belongs to the client is let go of with the socket. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SocketContextTest {
  private final ReferenceQueue<Object> discarded = new ReferenceQueue<>();

  @EachTransport
  @Rule("CLS-14")
  void shouldForgetTheContextWithTheClose(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    WskListeningSocket listener = client.listener(AddressFamily.INET, context(), listening());
    WeakReference<Object> ofListener = lastMade;
    client.succeed(irp -> listener.bind(TestClient.loopback(AddressFamily.INET, 0), 0, irp));
    WskConnectionSocket connection =
        client.connected(client.local(listener), context(), connecting());
    WeakReference<Object> ofConnection = lastMade;

    client.close(connection, listener);

    assertThat(isDiscarded(2)).isTrue();
    assertThat(ofListener.get()).isNull();
    assertThat(ofConnection.get()).isNull();
    Reference.reachabilityFence(listener);
    Reference.reachabilityFence(connection);
  }

  private WeakReference<Object> lastMade = new WeakReference<>(null);

  private Object context() {
    Object made = new Object();
    lastMade = new WeakReference<>(made, discarded);
    return made;
  }

  private boolean isDiscarded(int count) throws InterruptedException {
    int gone = 0;
    for (int round = 0; gone < count && round < 100; round++) {
      System.gc();
      gone += discarded.remove(100) != null ? 1 : 0;
    }
    return gone == count;
  }

  private static WskClientListenDispatch listening() {
    return WskClientListenDispatch.builder()
        .onAccept(
            (context, flags, local, remote, socket, socketContext, dispatch) ->
                NtStatus.REQUEST_NOT_ACCEPTED)
        .build();
  }

  private static WskClientConnectionDispatch connecting() {
    return WskClientConnectionDispatch.builder()
        .onReceive((context, flags, list, bytes, accepted) -> NtStatus.SUCCESS)
        .build();
  }
}
