package org.wsk4j.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Bytes;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.Peer;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.testing.TestScope;

/**
 * The TCP client of a tunnel (A7): it enables its events in the routine of the connect, puts
 * messages together that have their length in front, from indications of any shape, answers inside
 * the callback, and closes without a disconnect.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LengthPrefixReassemblyTest {
  private static final int EVENTS =
      WskEventCallbackControl.RECEIVE | WskEventCallbackControl.DISCONNECT;

  /** The program; its state has no lock, for its callbacks never run side by side. */
  private static final class Tunnel {
    private final Scenario scenario;
    private final WskConnectionSocket socket;
    private final Request connect;
    private final AtomicInteger inside = new AtomicInteger();
    private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> ends = new LinkedBlockingQueue<>();
    private volatile @Nullable NtStatus enabled;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private long indicated;
    private int read;
    private int length;

    Tunnel(Scenario scenario) throws InterruptedException {
      this.scenario = scenario;
      socket =
          scenario.socket(
              WskFlags.CONNECTION_SOCKET,
              AddressFamily.INET,
              this,
              WskClientConnectionDispatch.builder()
                  .onReceive(Tunnel::receive)
                  .onDisconnect(Tunnel::disconnect)
                  .build(),
              WskConnectionSocket.class);
      scenario.succeed(irp -> socket.bind(TestClient.any(AddressFamily.INET, 0), 0, irp));
      connect = scenario.request().then(this::connected);
    }

    Tunnel connect(SocketAddress to) {
      connect.submit(irp -> socket.connect(to, 0, irp));
      return this;
    }

    private void connected(Turn turn) {
      if (turn.status() == NtStatus.SUCCESS) {
        enabled = scenario.client().control(socket, EVENTS);
      }
    }

    private static NtStatus receive(
        @Nullable Object context,
        int flags,
        @Nullable WskDataIndication list,
        long bytes,
        LongOut accepted) {
      Tunnel tunnel = (Tunnel) context;
      return tunnel.scenario.inside(() -> tunnel.take(list, bytes));
    }

    private NtStatus take(@Nullable WskDataIndication list, long bytes) {
      assertThat(inside.incrementAndGet()).as("callbacks at once").isEqualTo(1);
      long walked = 0;
      for (WskDataIndication each = list; each != null; each = each.next()) {
        walked += walk(each.buffer());
      }
      assertThat(walked).as("bytes of the list").isEqualTo(bytes);
      indicated += bytes;
      inside.decrementAndGet();
      // It says nothing about how much it accepts.
      return NtStatus.SUCCESS;
    }

    /** The offset counts in the first part only, and the length may end before the parts do. */
    private long walk(WskBuf buffer) {
      long offset = buffer.offset();
      long left = buffer.length();
      for (Mdl mdl = buffer.mdl(); mdl != null && left > 0; mdl = mdl.next()) {
        ByteBuffer memory = mdl.buffer();
        for (long i = offset; i < mdl.byteCount() && left > 0; i++, left--) {
          next(memory.get(memory.position() + (int) i));
        }
        offset = 0;
      }
      return buffer.length() - left;
    }

    private void next(byte octet) {
      if (read < 2) {
        length = length << 8 | octet & 0xFF;
      } else {
        message.write(octet);
      }
      if (++read == 2 + (length & 0xFFFF)) {
        byte[] whole = message.toByteArray();
        messages.add(whole);
        reply(whole.length);
        message.reset();
        read = 0;
        length = 0;
      }
    }

    /** Each answer has an IRP of its own, which nobody waits for. */
    private void reply(int size) {
      Memory memory = Memory.of(new byte[] {(byte) (size >> 8)}, new byte[] {(byte) size});
      scenario.request().submit(irp -> socket.send(memory.buffer(), 0, irp), memory);
    }

    private static NtStatus disconnect(@Nullable Object context, int flags) {
      Tunnel tunnel = (Tunnel) context;
      return tunnel.scenario.inside(
          () -> {
            assertThat(tunnel.inside.get()).as("callbacks at once").isZero();
            tunnel.ends.add(flags & ~WskFlags.AT_DISPATCH_LEVEL);
            return NtStatus.SUCCESS;
          });
    }

    byte[] next() throws InterruptedException {
      byte[] next = messages.poll(10, TimeUnit.SECONDS);
      assertThat(next).as("a message").isNotNull();
      return next;
    }

    void ends(int flags) throws InterruptedException {
      assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo(flags);
    }

    void close() throws InterruptedException {
      scenario.close(socket);
    }
  }

  private static byte[] frame(byte[] payload) {
    return ByteBuffer.allocate(2 + payload.length)
        .putShort((short) payload.length)
        .put(payload)
        .array();
  }

  private static ServerSocket listen(TestScope scope) throws Exception {
    return Peer.listen(TestClient.loopback(AddressFamily.INET, 0), scope);
  }

  @EachTransport
  void shouldPutMessagesTogetherWhateverTheirPieces(Transport on, TestScope scope)
      throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    Tunnel tunnel = new Tunnel(scenario);
    List<byte[]> payloads = new ArrayList<>();
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    try (ServerSocket listener = listen(scope)) {
      tunnel.connect(listener.getLocalSocketAddress());
      Peer peer = Peer.accept(listener, scope);

      // The first bytes may be there before the events are.
      byte[] early = frame(Bytes.pattern(0, 5));
      peer.send(Arrays.copyOf(early, 3));
      tunnel.connect.await().expect(NtStatus.SUCCESS);
      assertThat(tunnel.enabled).isEqualTo(NtStatus.SUCCESS);
      peer.send(Arrays.copyOfRange(early, 3, early.length));
      payloads.add(Bytes.pattern(0, 5));

      // Two messages, cut at every place, each piece on its way before the next is sent.
      byte[] two = Bytes.join(frame(Bytes.pattern(1, 7)), frame(Bytes.pattern(2, 4)));
      for (int cut = 1; cut < two.length; cut++) {
        peer.send(Arrays.copyOf(two, cut));
        scenario.client().drain();
        peer.send(Arrays.copyOfRange(two, cut, two.length));
        payloads.add(Bytes.pattern(1, 7));
        payloads.add(Bytes.pattern(2, 4));
      }

      // Many in one write, an empty one among them, and a long one.
      byte[] many = {};
      for (int size : new int[] {1, 0, 300, 2, 60_000, 9}) {
        payloads.add(Bytes.pattern(size, size));
        many = Bytes.join(many, frame(Bytes.pattern(size, size)));
      }
      peer.send(many);

      int sum = 0;
      for (byte[] payload : payloads) {
        assertThat(tunnel.next()).isEqualTo(payload);
        answers.writeBytes(new byte[] {(byte) (payload.length >> 8), (byte) payload.length});
        sum += 2 + payload.length;
      }
      assertThat(peer.read(answers.size())).isEqualTo(answers.toByteArray());
      assertThat(tunnel.indicated).isEqualTo(sum);
      tunnel.close();
      assertThat(peer.isReset()).isTrue();
    }
    assertThat(tunnel.messages).isEmpty();
    assertThat(tunnel.ends).isEmpty();
  }

  @EachTransport
  void shouldHearOfTheEndBehindAllMessages(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    byte[] last = frame(Bytes.pattern(1, 30_000));
    for (boolean graceful : new boolean[] {true, false}) {
      Tunnel tunnel = new Tunnel(scenario);
      try (ServerSocket listener = listen(scope)) {
        tunnel.connect(listener.getLocalSocketAddress());
        Peer peer = Peer.accept(listener, scope);
        peer.send(last);
        if (graceful) {
          peer.endOutput();
          tunnel.ends(0);
          // All came before the end: nobody has to wait for it.
          assertThat(tunnel.messages.poll()).isEqualTo(Bytes.pattern(1, 30_000));
        } else {
          assertThat(tunnel.next()).isEqualTo(Bytes.pattern(1, 30_000));
          assertThat(peer.read(2)).isEqualTo(Arrays.copyOf(last, 2));
          peer.reset();
          tunnel.ends(WskFlags.ABORTIVE);
        }
        tunnel.connect.await();
        scenario.client().drain();
        assertThat(tunnel.ends).isEmpty();
        tunnel.close();
      }
    }
  }

  @EachTransport
  void shouldCloseWhileItStillConnects(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    InetSocketAddress busy = Peer.busy(TestClient.loopback(AddressFamily.INET, 0), scope);
    Tunnel tunnel = new Tunnel(scenario).connect(busy);
    scenario.client().drain();
    assertThat(tunnel.connect.isPending()).isTrue();
    long begin = System.nanoTime();
    Request close =
        scenario
            .request()
            .then(turn -> assertThat(tunnel.connect.isPending()).as("the connect").isFalse());
    close.submit(tunnel.socket::closeSocket);
    close.await().expect(NtStatus.SUCCESS);
    assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(1));
    tunnel.connect.await().expect(NtStatus.CANCELLED);
    assertThat(tunnel.enabled).isNull();
  }

  @EachTransport
  void shouldBeClosedWhenNobodyListens(Transport on, TestScope scope) throws Exception {
    Scenario scenario = Scenario.on(on, scope);
    SocketAddress nobody;
    try (ServerSocket listener = listen(scope)) {
      nobody = listener.getLocalSocketAddress();
    }
    Tunnel tunnel = new Tunnel(scenario).connect(nobody);
    tunnel.connect.await().expect(NtStatus.CONNECTION_REFUSED);
    assertThat(tunnel.enabled).isNull();
    tunnel.close();
    assertThat(tunnel.messages).isEmpty();
    assertThat(tunnel.ends).isEmpty();
  }
}
