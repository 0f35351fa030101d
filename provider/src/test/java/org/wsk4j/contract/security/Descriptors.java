package org.wsk4j.contract.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.security.OwningProcess;
import org.wsk4j.security.OwningThread;
import org.wsk4j.security.SecurityDescriptor;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;

/** The calls of a client that concern security descriptors. */
record Descriptors(TestClient client) {
  /** The native size of a reference. */
  static final int SIZE = 8;

  NtStatus cache(
      @Nullable SecurityDescriptor input,
      long outputSize,
      @Nullable Out<SecurityDescriptor> output,
      @Nullable Irp irp) {
    return client
        .functions()
        .controlClient(
            client.client(), WskClientControls.CACHE_SD, input, outputSize, output, null, irp);
  }

  SecurityDescriptor cache(SecurityDescriptor input) {
    Out<SecurityDescriptor> place = new Out<>();
    assertThat(cache(input, SIZE, place, null)).isEqualTo(NtStatus.SUCCESS);
    return place.require();
  }

  NtStatus release(@Nullable SecurityDescriptor input, @Nullable Irp irp) {
    return client
        .functions()
        .controlClient(client.client(), WskClientControls.RELEASE_SD, input, 0, null, null, irp);
  }

  NtStatus release(@Nullable SecurityDescriptor input) {
    return release(input, null);
  }

  NtStatus socket(
      int flags,
      @Nullable OwningProcess process,
      @Nullable OwningThread thread,
      @Nullable SecurityDescriptor descriptor,
      Irp irp) {
    return client
        .functions()
        .socket(
            client.client(),
            AddressFamily.INET,
            SocketType.STREAM,
            Protocol.TCP,
            flags,
            null,
            null,
            process,
            thread,
            descriptor,
            irp);
  }

  WskListeningSocket listener(
      @Nullable OwningProcess process,
      @Nullable OwningThread thread,
      @Nullable SecurityDescriptor descriptor)
      throws InterruptedException {
    Irp made =
        client.succeed(irp -> socket(WskFlags.LISTEN_SOCKET, process, thread, descriptor, irp));
    return client.watch(made.object(WskListeningSocket.class));
  }

  WskListeningSocket listener(@Nullable SecurityDescriptor descriptor) throws InterruptedException {
    return listener(null, null, descriptor);
  }

  NtStatus bindWildcard(WskListeningSocket socket) throws InterruptedException {
    return client.result(irp -> socket.bind(TestClient.any(AddressFamily.INET, 0), 0, irp));
  }

  /** Binds a second socket to one address on the port of a first, which has the wildcard. */
  NtStatus share(WskListeningSocket first, WskListeningSocket second) throws InterruptedException {
    int port = client.local(first).getPort();
    return client.result(irp -> second.bind(TestClient.loopback(AddressFamily.INET, port), 0, irp));
  }

  NtStatus set(WskSocket socket, @Nullable SecurityDescriptor descriptor, @Nullable Irp irp) {
    return socket.controlSocket(
        WskControlSocketType.SET_OPTION, WskOptions.SECURITY, descriptor, 0, null, null, irp);
  }

  Irp set(WskSocket socket, SecurityDescriptor descriptor) throws InterruptedException {
    return client.succeed(irp -> set(socket, descriptor, irp));
  }

  NtStatus get(
      WskSocket socket, long size, @Nullable Out<SecurityDescriptor> place, @Nullable Irp irp) {
    return socket.controlSocket(
        WskControlSocketType.GET_OPTION, WskOptions.SECURITY, null, size, place, null, irp);
  }

  SecurityDescriptor get(WskSocket socket) throws InterruptedException {
    Out<SecurityDescriptor> place = new Out<>();
    Irp irp = client.succeed(one -> get(socket, SIZE, place, one));
    assertThat(irp.information()).isEqualTo(SIZE);
    return place.require();
  }
}
