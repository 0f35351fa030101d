package org.wsk4j.peers;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.wsk4j.provider.testing.ForeignProgram;
import org.wsk4j.testing.TestScope;

/**
 * A path for IP packets between two namespaces that loses, doubles, delays and reorders them, made
 * of two TUN devices: what enters one comes out of the other, or not, by way of this class. It
 * stands in where the kernel has no {@code netem}; TCP on both sides is that of the kernel all the
 * same.
 */
final class BadTunnel {
  /** The address at this end. */
  static final String HERE = "10.80.0.1";

  /** The address at the other end. */
  static final String THERE = "10.80.0.2";

  private static final double LOST = 0.01;
  private static final double DOUBLED = 0.01;
  private static final int LEAST_DELAY_MICROS = 1_000;
  private static final int JITTER_MICROS = 3_000;
  private static final int LARGEST_PACKET = 2048;
  private static final int SMALLER_THAN_THE_CARRIER = 1400;

  private final SplittableRandom random = new SplittableRandom(7);
  private final ScheduledExecutorService delays = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger doubled = new AtomicInteger();
  private final AtomicInteger carried = new AtomicInteger();

  private BadTunnel() {}

  /**
   * Opens a tunnel, which ends with the scope.
   *
   * @param carrierHere an address of this namespace
   * @param carrierThere an address of the other one, reachable from it
   * @param there the name of the other one
   * @param scope what it ends with
   */
  static BadTunnel open(String carrierHere, String carrierThere, String there, TestScope scope)
      throws Exception {
    BadTunnel tunnel = new BadTunnel();
    scope.closing(tunnel.delays::shutdownNow);
    DatagramSocket near = socket("127.0.0.1", scope);
    DatagramSocket far = socket(carrierHere, scope);
    InetSocketAddress nearEnd = new InetSocketAddress("127.0.0.1", near.getLocalPort() ^ 1);
    InetSocketAddress farEnd = new InetSocketAddress(carrierThere, far.getLocalPort());
    device(scope, List.of(), HERE, near, nearEnd);
    device(scope, List.of("ip", "netns", "exec", there), THERE, far, farEnd);
    tunnel.carry(near, far, farEnd, scope);
    tunnel.carry(far, near, nearEnd, scope);
    return tunnel;
  }

  private static DatagramSocket socket(String host, TestScope scope) throws IOException {
    DatagramSocket socket = new DatagramSocket(new InetSocketAddress(host, 0));
    scope.closing(socket);
    return socket;
  }

  /** A device whose packets go to a socket of ours, and come from it. */
  private static void device(
      TestScope scope, List<String> enter, String at, DatagramSocket ours, InetSocketAddress end)
      throws Exception {
    String to = ours.getLocalAddress().getHostAddress() + ":" + ours.getLocalPort();
    String from = end.getAddress().getHostAddress() + ":" + end.getPort();
    List<String> command = new ArrayList<>(enter);
    command.addAll(List.of("socat", "-d", "-d"));
    command.add("TUN:" + at + "/24,tun-name=wsk1,tun-type=tun,iff-no-pi,iff-up");
    command.add("UDP4-DATAGRAM:" + to + ",bind=" + from);
    ForeignProgram socat = ForeignProgram.start(scope, command);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> socat.complaints().contains("starting data transfer loop"));
    List<String> smaller = new ArrayList<>(enter);
    smaller.addAll(List.of("ip", "link", "set", "wsk1", "mtu", "" + SMALLER_THAN_THE_CARRIER));
    ForeignProgram.start(scope, smaller).succeed();
  }

  private void carry(
      DatagramSocket from, DatagramSocket by, InetSocketAddress to, TestScope scope) {
    scope
        .thread("tunnel-to-" + to)
        .submit(
            () -> {
              while (true) {
                DatagramPacket packet =
                    new DatagramPacket(new byte[LARGEST_PACKET], LARGEST_PACKET);
                from.receive(packet);
                byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
                treat(() -> send(by, bytes, to));
              }
            });
  }

  private synchronized void treat(Runnable packet) {
    carried.incrementAndGet();
    double fate = random.nextDouble();
    if (fate < LOST) {
      lost.incrementAndGet();
      return;
    }
    later(packet);
    if (fate > 1 - DOUBLED) {
      doubled.incrementAndGet();
      later(packet);
    }
  }

  /** Each packet has a delay of its own, so that they overtake each other. */
  private void later(Runnable packet) {
    long micros = (long) LEAST_DELAY_MICROS + random.nextInt(JITTER_MICROS);
    delays.schedule(packet, micros, TimeUnit.MICROSECONDS);
  }

  private static void send(DatagramSocket by, byte[] bytes, InetSocketAddress to) {
    try {
      by.send(new DatagramPacket(bytes, bytes.length, to));
    } catch (IOException gone) {
      // The packet is lost with the tunnel.
    }
  }

  /** {@return whether packets were lost and doubled} */
  boolean hasMisbehaved() {
    return lost.get() > 0 && doubled.get() > 0;
  }

  @Override
  public String toString() {
    return carried + " packets, " + lost + " lost, " + doubled + " doubled";
  }
}
