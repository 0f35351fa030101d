package org.wsk4j.provider.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.wsk4j.control.WskClientControlKey;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.socket.WskSocket;

/** The control calls of a client, and sockets to make them on. */
public record Controls(TestClient client) {
  private static final int ULONG = 4;

  /** {@return a basic socket of TCP or UDP} */
  public WskSocket basic(int family, boolean tcp) throws InterruptedException {
    return socket(family, tcp, WskFlags.BASIC_SOCKET);
  }

  /** {@return a socket without callbacks} */
  public WskSocket socket(int family, boolean tcp, int flags) throws InterruptedException {
    int type = tcp ? SocketType.STREAM : SocketType.DGRAM;
    int protocol = tcp ? Protocol.TCP : Protocol.UDP;
    Irp made = client.succeed(irp -> client.make(family, type, protocol, flags, null, null, irp));
    return client.watch(made.object(WskSocket.class));
  }

  // ---- Options

  /** Sets an option; {@return its result} */
  public <I> NtStatus set(WskSocket socket, WskControlKey<I, ?> key, I value)
      throws InterruptedException {
    return client.result(irp -> set(socket, key, value, irp));
  }

  /** Sets an option; {@return what the call returned} */
  public <I> NtStatus set(
      WskSocket socket, WskControlKey<I, ?> key, @Nullable I value, @Nullable Irp irp) {
    return socket.controlSocket(WskControlSocketType.SET_OPTION, key, value, 0, null, null, irp);
  }

  /** {@return the value of a numeric option} */
  public int get(WskSocket socket, WskControlKey<?, Integer> key) throws InterruptedException {
    Out<Integer> value = new Out<>();
    client.succeed(irp -> get(socket, key, ULONG, value, null, irp));
    return value.require();
  }

  /** {@return how getting an option ends} */
  public NtStatus getting(WskSocket socket, WskControlKey<?, Integer> key)
      throws InterruptedException {
    return client.result(irp -> get(socket, key, ULONG, new Out<>(), null, irp));
  }

  /** Gets an option; {@return what the call returned} */
  public <I, O> NtStatus get(
      WskSocket socket,
      WskControlKey<I, O> key,
      long size,
      @Nullable Out<O> place,
      @Nullable LongOut returned,
      @Nullable Irp irp) {
    return socket.controlSocket(
        WskControlSocketType.GET_OPTION, key, null, size, place, returned, irp);
  }

  // ---- Ioctls

  /** Makes an ioctl without output; {@return its result} */
  public <I> NtStatus ioctl(WskSocket socket, WskControlKey<I, ?> key, @Nullable I input)
      throws InterruptedException {
    return client.result(irp -> ioctl(socket, key, input, irp));
  }

  /** Makes an ioctl without output; {@return what the call returned} */
  public <I> NtStatus ioctl(
      WskSocket socket, WskControlKey<I, ?> key, @Nullable I input, @Nullable Irp irp) {
    return socket.controlSocket(WskControlSocketType.IOCTL, key, input, 0, null, null, irp);
  }

  /** Makes an ioctl without input; {@return what the call returned} */
  public <I, O> NtStatus query(
      WskSocket socket,
      WskControlKey<I, O> key,
      long size,
      @Nullable Out<O> place,
      @Nullable LongOut returned,
      @Nullable Irp irp) {
    return socket.controlSocket(WskControlSocketType.IOCTL, key, null, size, place, returned, irp);
  }

  // ---- The client

  /** Makes a control call of the client; {@return what it returned} */
  public <I, O> NtStatus control(
      WskClientControlKey<I, O> code,
      @Nullable I input,
      long size,
      @Nullable Out<O> place,
      @Nullable LongOut returned,
      @Nullable Irp irp) {
    return client
        .functions()
        .controlClient(client.client(), code, input, size, place, returned, irp);
  }

  /** {@return bytes in the order of native layouts} */
  public static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** {@return a copy of all that a buffer has room for} */
  public static byte[] contents(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.capacity()];
    buffer.duplicate().clear().get(copy);
    return copy;
  }

  /** {@return a number in native layout} */
  public static ByteBuffer ulong(int value) {
    return bytes(ULONG).putInt(0, value);
  }
}
