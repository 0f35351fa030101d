package org.wsk4j.contract.listening;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskOptions;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

/** Listening sockets that want addresses which others hold. */
class SharedAddressTest {
  @EachTransport
  @Rule({"LSN-30", "LSN-31", "LSN-32", "LSN-33", "LSN-34"})
  void shouldShareByDefaultOnlyAWildcardAfterASpecificAddress(Transport on, TestScope scope)
      throws Exception {
    TestClient client = TestClient.on(on, scope);
    var specific = client.listening();
    int port = client.local(specific).getPort();
    var same = listener(client);
    assertThat(bind(client, same, "127.0.0.1", port)).isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    client.succeed(irp -> same.bind(new InetSocketAddress("127.0.0.2", port), 0, irp));
    var wildcard = listener(client);
    assertThat(bind(client, wildcard, "0.0.0.0", port)).isEqualTo(NtStatus.SUCCESS);
    // The specific address goes to its own socket, another one to the wildcard.
    Peer.connect(new InetSocketAddress("127.0.0.1", port), scope);
    client.close(client.accept(specific, null, null));
    Peer.connect(new InetSocketAddress("127.0.0.3", port), scope);
    client.close(client.accept(wildcard, null, null));
    var second = listener(client);
    assertThat(bind(client, second, "0.0.0.0", port)).isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    assertThat(bind(client, second, "127.0.0.4", port)).isEqualTo(NtStatus.ACCESS_DENIED);
    client.close(specific, same, wildcard, second);
  }

  @EachTransport
  @Rule({"LSN-37", "LSN-39", "LSN-41", "LSN-46"})
  void shouldShareTheSameAddressWhereBothWantIt(Transport on, TestScope scope) throws Exception {
    TestClient client = TestClient.on(on, scope);
    var first = listener(client);
    set(client, first, WskOptions.REUSEADDR);
    client.succeed(irp -> first.bind(new InetSocketAddress("127.0.0.1", 0), 0, irp));
    int port = client.local(first).getPort();
    var sharing = listener(client);
    set(client, sharing, WskOptions.REUSEADDR);
    var plain = listener(client);
    var exclusive = listener(client);
    set(client, exclusive, WskOptions.EXCLUSIVEADDRUSE);

    assertThat(bind(client, sharing, "127.0.0.1", port)).isEqualTo(NtStatus.SUCCESS);
    assertThat(bind(client, plain, "127.0.0.1", port)).isEqualTo(NtStatus.ACCESS_DENIED);
    assertThat(bind(client, exclusive, "127.0.0.1", port))
        .isEqualTo(NtStatus.ADDRESS_ALREADY_EXISTS);
    assertThat(get(client, plain, WskOptions.REUSEADDR)).isZero();
    assertThat(get(client, plain, WskOptions.EXCLUSIVEADDRUSE)).isZero();
    assertThat(get(client, sharing, WskOptions.REUSEADDR)).isEqualTo(1);
    client.close(first, sharing, plain, exclusive);
  }

  private static NtStatus bind(
      TestClient client, WskListeningSocket socket, String address, int port)
      throws InterruptedException {
    return client.result(irp -> socket.bind(new InetSocketAddress(address, port), 0, irp));
  }

  private static void set(
      TestClient client, WskListeningSocket socket, WskControlKey<Integer, Integer> option)
      throws InterruptedException {
    client.succeed(
        irp ->
            socket.controlSocket(WskControlSocketType.SET_OPTION, option, 1, 0, null, null, irp));
  }

  private static int get(
      TestClient client, WskListeningSocket socket, WskControlKey<Integer, Integer> option)
      throws InterruptedException {
    Out<Integer> value = new Out<>();
    client.succeed(
        irp ->
            socket.controlSocket(
                WskControlSocketType.GET_OPTION, option, null, 4, value, null, irp));
    return value.require();
  }

  private static WskListeningSocket listener(TestClient client) throws InterruptedException {
    return client
        .succeed(
            irp ->
                client
                    .functions()
                    .socket(
                        client.client(),
                        AddressFamily.INET,
                        SocketType.STREAM,
                        Protocol.TCP,
                        WskFlags.LISTEN_SOCKET,
                        null,
                        null,
                        null,
                        null,
                        null,
                        irp))
        .object(WskListeningSocket.class);
  }
}
