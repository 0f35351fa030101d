package org.wsk4j.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.buffer.WskBufList;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskIoctls;
import org.wsk4j.datagram.WskClientDatagramDispatch;
import org.wsk4j.datagram.WskDatagramIndication;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.SocketAddresses;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.DatagramPeer;
import org.wsk4j.provider.testing.EachTransport;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.testing.TestScope;

/**
 * The UDP side of a tunnel (A8): it fixes the address of its peer, enables its event without an
 * IRP, never names a destination again, and sends from many threads under a lock of its own.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ConnectedDatagramsTest {
  private static final int FAMILY = AddressFamily.INET;
  private static final int THREADS = 8;
  private static final int EACH = 200;

  /** So many on their way do not overflow the buffer of the peer. */
  private static final int MOST_ON_THE_WAY = 64;

  private static final NtStatus OK = NtStatus.SUCCESS;

  /** The program. */
  private static final class Tunnel {
    private final Scenario scenario;
    private final WskDatagramSocket socket;
    private final BlockingQueue<byte[]> packets = new LinkedBlockingQueue<>();

    Tunnel(Scenario scenario) throws InterruptedException {
      this.scenario = scenario;
      socket = scenario.datagrams(FAMILY, this, new WskClientDatagramDispatch(Tunnel::received));
      scenario.succeed(irp -> socket.bind(TestClient.loopback(FAMILY, 0), 0, irp));
    }

    /** The number of the ioctl stands at level 0, and the address as C lays it out. */
    Tunnel fix(WskControlKey<SocketAddress, Void> key, InetSocketAddress peer)
        throws InterruptedException {
      ByteBuffer address = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
      SocketAddresses.encode(peer, address);
      address.flip();
      Turn turn =
          scenario.succeed(
              irp ->
                  socket.controlSocket(
                      WskControlSocketType.IOCTL,
                      WskControlKey.raw(0, key.code()),
                      address,
                      0,
                      null,
                      null,
                      irp));
      assertThat(turn.information()).isZero();
      return this;
    }

    /** What all sockets have is enough for this. */
    Tunnel enable() {
      WskSocket basic = socket;
      assertThat(scenario.client().control(basic, WskEventCallbackControl.RECEIVE_FROM))
          .isEqualTo(OK);
      return this;
    }

    private static NtStatus received(
        @Nullable Object context, int flags, @Nullable WskDatagramIndication list) {
      Tunnel tunnel = (Tunnel) context;
      return tunnel.scenario.inside(
          () -> {
            for (WskDatagramIndication each = list; each != null; each = each.next()) {
              tunnel.packets.add(walk(each.buffer()));
            }
            return OK;
          });
    }

    /** The offset counts in the first part only. */
    private static byte[] walk(WskBuf buffer) {
      ByteArrayOutputStream packet = new ByteArrayOutputStream();
      int offset = (int) buffer.offset();
      long left = buffer.length();
      for (Mdl mdl = buffer.mdl(); mdl != null && left > 0; mdl = mdl.next()) {
        ByteBuffer memory = mdl.buffer();
        for (int i = offset; i < mdl.byteCount() && left > 0; i++, left--) {
          packet.write(memory.get(i));
        }
        offset = 0;
      }
      assertThat(left).isZero();
      return packet.toByteArray();
    }

    byte[] packet() throws InterruptedException {
      byte[] packet = packets.poll(10, TimeUnit.SECONDS);
      assertThat(packet).as("a packet").isNotNull();
      return packet;
    }

    InetSocketAddress local() throws InterruptedException {
      return scenario.local(socket);
    }

    void send(byte... data) throws InterruptedException {
      Memory memory = Memory.of(data);
      Turn turn =
          scenario.succeed(irp -> socket.sendTo(memory.buffer(), 0, null, null, irp), memory);
      assertThat(turn.information()).isEqualTo(data.length);
    }
  }

  @EachTransport
  void shouldSendToItsPeerWithoutNamingItA8(Transport on, TestScope scope) throws Exception {
    Tunnel tunnel = new Tunnel(Scenario.on(on, scope));
    DatagramPeer peer = DatagramPeer.on(FAMILY, scope);
    tunnel.fix(WskIoctls.SET_REMOTE_ADDRESS, peer.address()).enable();
    tunnel.send((byte) 1, (byte) 2, (byte) 3);
    assertThat(peer.read()).containsExactly(1, 2, 3);
    WskBuf[] buffers = new WskBuf[32];
    int sum = 0;
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = WskBuf.of(new byte[] {(byte) i, (byte) (i + 1)});
      sum += 2;
    }
    WskBufList list = WskBufList.of(buffers);
    Turn sent =
        tunnel.scenario.succeed(irp -> tunnel.socket.sendMessages(list, 0, null, null, irp));
    assertThat(sent.information()).isEqualTo(sum);
    for (int i = 0; i < buffers.length; i++) {
      assertThat(peer.read()).containsExactly(i, i + 1);
    }
    tunnel.scenario.close(tunnel.socket);
  }

  @EachTransport
  void shouldHearItsPeerAloneA8(Transport on, TestScope scope) throws Exception {
    Tunnel tunnel = new Tunnel(Scenario.on(on, scope));
    DatagramPeer peer = DatagramPeer.on(FAMILY, scope);
    DatagramPeer other = DatagramPeer.on(FAMILY, scope);
    tunnel.fix(WskIoctls.SET_REMOTE_ADDRESS, peer.address()).enable();
    InetSocketAddress local = tunnel.local();
    for (int i = 0; i < 5; i++) {
      other.send(local, (byte) 99);
      peer.send(local, (byte) i, (byte) -i);
      assertThat(tunnel.packet()).containsExactly(i, -i);
    }
    tunnel.scenario.client().drain();
    assertThat(tunnel.packets).isEmpty();
    tunnel.scenario.close(tunnel.socket);
  }

  @EachTransport
  void shouldHearAnybodyIfOnlyTheDestinationIsFixedA8(Transport on, TestScope scope)
      throws Exception {
    Tunnel tunnel = new Tunnel(Scenario.on(on, scope));
    DatagramPeer peer = DatagramPeer.on(FAMILY, scope);
    DatagramPeer other = DatagramPeer.on(FAMILY, scope);
    tunnel.fix(WskIoctls.SET_SENDTO_ADDRESS, peer.address()).enable();
    tunnel.send((byte) 1);
    assertThat(peer.read()).containsExactly(1);
    other.send(tunnel.local(), (byte) 2);
    assertThat(tunnel.packet()).containsExactly(2);
    tunnel.scenario.close(tunnel.socket);
  }

  @EachTransport
  void shouldNeedADestinationElseA8(Transport on, TestScope scope) throws Exception {
    Tunnel tunnel = new Tunnel(Scenario.on(on, scope));
    Memory memory = Memory.of(new byte[] {1});
    tunnel
        .scenario
        .call(irp -> tunnel.socket.sendTo(memory.buffer(), 0, null, null, irp), memory)
        .expect(NtStatus.INVALID_PARAMETER);
    WskBufList list = WskBufList.of(WskBuf.of(new byte[1]));
    tunnel
        .scenario
        .call(irp -> tunnel.socket.sendMessages(list, 0, null, null, irp))
        .expect(NtStatus.INVALID_PARAMETER);
    tunnel.scenario.close(tunnel.socket);
  }

  @EachTransport
  void shouldSendFromManyThreadsUnderALockOfTheProgramA8(Transport on, TestScope scope)
      throws Exception {
    Tunnel tunnel = new Tunnel(Scenario.on(on, scope));
    DatagramPeer peer = DatagramPeer.on(FAMILY, scope);
    tunnel.fix(WskIoctls.SET_REMOTE_ADDRESS, peer.address()).enable();
    InetSocketAddress local = tunnel.local();
    ReentrantLock lock = new ReentrantLock();
    Semaphore room = new Semaphore(MOST_ON_THE_WAY);
    List<Future<?>> threads = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int number = thread;
      threads.add(
          tunnel
              .scenario
              .thread("sender-" + thread)
              .submit(() -> sendAll(tunnel, lock, room, number)));
    }
    Set<Integer> came = new HashSet<>();
    int[] latest = new int[THREADS];
    for (int i = 0; i < THREADS * EACH; i++) {
      byte[] packet = peer.read();
      room.release();
      int number = ByteBuffer.wrap(packet).getShort(1);
      assertThat(number).isGreaterThanOrEqualTo(latest[packet[0]]);
      latest[packet[0]] = number;
      came.add(packet[0] << Short.SIZE | number);
      if (i % EACH == 0) {
        // Callbacks run meanwhile.
        peer.send(local, packet[0]);
        assertThat(tunnel.packet()).containsExactly(packet[0]);
      }
    }
    for (Future<?> each : threads) {
      each.get(10, TimeUnit.SECONDS);
    }
    assertThat(came).hasSize(THREADS * EACH);
    tunnel.scenario.close(tunnel.socket);
  }

  private static Void sendAll(Tunnel tunnel, ReentrantLock lock, Semaphore room, int thread)
      throws InterruptedException {
    Request request = tunnel.scenario.request();
    for (int number = 0; number < EACH; number++) {
      byte[] packet = ByteBuffer.allocate(3).put((byte) thread).putShort((short) number).array();
      Memory memory = Memory.of(packet);
      room.acquire();
      lock.lock();
      try {
        request.submit(irp -> tunnel.socket.sendTo(memory.buffer(), 0, null, null, irp), memory);
      } finally {
        lock.unlock();
      }
      assertThat(request.await().expect(OK).information()).isEqualTo(packet.length);
    }
    return null;
  }
}
