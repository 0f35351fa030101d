package org.wsk4j.provider.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.datagram.WskClientDatagramDispatch;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.socket.WskFlags;

/**
 * Datagram sockets of a test client, all of one family.
 *
 * @param client the client
 * @param family the family
 */
public record DatagramClient(TestClient client, int family) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** {@return the request that makes a socket} */
  public NtStatus make(
      @Nullable Object context, @Nullable WskClientDatagramDispatch dispatch, Irp irp) {
    return client.make(
        family, SocketType.DGRAM, Protocol.UDP, WskFlags.DATAGRAM_SOCKET, context, dispatch, irp);
  }

  /** {@return a socket that is not bound} */
  public WskDatagramSocket socket(
      @Nullable Object context, @Nullable WskClientDatagramDispatch dispatch)
      throws InterruptedException {
    Irp made = client.succeed(irp -> make(context, dispatch, irp));
    return client.watch(made.object(WskDatagramSocket.class));
  }

  /** {@return a socket without callback that is not bound} */
  public WskDatagramSocket socket() throws InterruptedException {
    return socket(null, null);
  }

  /** {@return a socket bound to an address} */
  public WskDatagramSocket boundTo(SocketAddress address) throws InterruptedException {
    WskDatagramSocket socket = socket();
    client.succeed(irp -> socket.bind(address, 0, irp));
    return socket;
  }

  /** {@return a socket bound to the loopback address} */
  public WskDatagramSocket bound() throws InterruptedException {
    return boundTo(TestClient.loopback(family, 0));
  }

  /** {@return a socket bound to the loopback address, its event not enabled} */
  public WskDatagramSocket bound(DatagramRecorder recorder) throws InterruptedException {
    WskDatagramSocket socket = socket(recorder, recorder.dispatch());
    client.succeed(irp -> socket.bind(TestClient.loopback(family, 0), 0, irp));
    return socket;
  }

  /** {@return a socket bound to the loopback address, its event enabled} */
  public WskDatagramSocket listening(DatagramRecorder recorder) throws InterruptedException {
    WskDatagramSocket socket = bound(recorder);
    assertThat(enable(socket)).isEqualTo(NtStatus.SUCCESS);
    return socket;
  }

  /** Enables the event. */
  public NtStatus enable(WskDatagramSocket socket) {
    return client.control(socket, WskEventCallbackControl.RECEIVE_FROM);
  }

  /** Disables the event. */
  public NtStatus disable(WskDatagramSocket socket) {
    return client.control(
        socket, WskEventCallbackControl.RECEIVE_FROM | WskEventCallbackControl.DISABLE);
  }

  /** {@return the local address of a socket} */
  public InetSocketAddress local(WskDatagramSocket socket) throws InterruptedException {
    Out<SocketAddress> place = new Out<>();
    client.succeed(irp -> socket.getLocalAddress(place, irp));
    return (InetSocketAddress) place.require();
  }

  /** Sends a datagram and waits for the result, which must be success. */
  public void send(WskDatagramSocket socket, @Nullable SocketAddress to, byte... bytes)
      throws InterruptedException {
    Irp irp = client.succeed(one -> socket.sendTo(WskBuf.of(bytes), 0, to, null, one));
    assertThat(irp.information()).isEqualTo(bytes.length);
  }

  /** Asks for a datagram. */
  public static NtStatus receive(WskDatagramSocket socket, byte[] memory, Irp irp) {
    return socket.receiveFrom(WskBuf.of(memory), 0, null, null, null, null, irp);
  }

  /** Receives a datagram; {@return its bytes} */
  public byte[] receive(WskDatagramSocket socket) throws InterruptedException {
    byte[] memory = new byte[65_535];
    Irp irp = client.succeed(one -> receive(socket, memory, one));
    return Arrays.copyOf(memory, (int) irp.information());
  }

  /** One datagram as WskReceiveFrom tells of it. */
  public record Received(
      NtStatus status, long stored, @Nullable SocketAddress from, long control, long flags) {}

  /** Receives a datagram with all outputs. */
  public Received receive(WskDatagramSocket socket, WskBuf buffer) throws InterruptedException {
    Out<SocketAddress> from = new Out<>();
    LongOut length = new LongOut();
    LongOut flags = new LongOut();
    length.set(100);
    flags.set(-1);
    Irp irp = client.irp();
    NtStatus returned = socket.receiveFrom(buffer, 0, from, length, new Out<>(), flags, irp);
    assertThat(irp.await(PATIENCE)).isTrue();
    assertThat(returned).isIn(NtStatus.PENDING, irp.status());
    return new Received(irp.status(), irp.information(), from.get(), length.get(), flags.get());
  }

  /** Sets an option, or runs an ioctl, with an input alone. */
  public <I> NtStatus set(
      WskDatagramSocket socket,
      WskControlSocketType type,
      WskControlKey<I, ?> key,
      @Nullable I input)
      throws InterruptedException {
    return client.result(irp -> socket.controlSocket(type, key, input, 0, null, null, irp));
  }
}
