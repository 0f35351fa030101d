package org.wsk4j.examples;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.datagram.WskDatagramIndication;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.IoStatusBlock;
import org.wsk4j.net.Protocol;
import org.wsk4j.nt.NtStatus;

/**
 * How do I use a raw socket? It is a datagram socket of another protocol: bound, its remote address
 * fixed, its receive event enabled. Everything of the protocol that comes from the peer arrives,
 * also what it sends to others, so the program picks out the replies to its own requests.
 *
 * <p>Threads: {@link #run} waits, on an ordinary thread; replies are picked out on the event loop.
 */
final class Ping {
  private final WskProgram program;
  private final InetAddress peer;
  private final boolean ipv6;
  private final int identifier;
  private final WskDatagramSocket socket;
  private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();

  /**
   * Opens the socket.
   *
   * @param program the program
   * @param peer who is asked
   * @param identifier tells these requests from those of others, 0 to 65535
   */
  Ping(WskProgram program, InetAddress peer, int identifier)
      throws ToolException, InterruptedException {
    this.program = program;
    this.peer = peer;
    this.identifier = identifier;
    ipv6 = peer instanceof Inet6Address;
    InetSocketAddress address = new InetSocketAddress(peer, 0);
    socket =
        program.raw(
            ipv6 ? Protocol.ICMPV6 : Protocol.ICMP,
            WskProgram.anyPort(address),
            this,
            DatagramServer.dispatch(this::received));
    program.fixRemoteAddress(socket, address);
    WskProgram.enable(socket, WskEventCallbackControl.RECEIVE_FROM);
  }

  /**
   * A reply to one of our requests.
   *
   * @param request what it replies to
   * @param bytes how long the message is
   * @param nanos how long it took
   */
  record Reply(EchoRequest request, int bytes, long nanos) {
    double millis() {
      return nanos / 1e6;
    }
  }

  private NtStatus received(WskDatagramIndication list) {
    long now = System.nanoTime();
    for (WskDatagramIndication each = list; each != null; each = each.next()) {
      byte[] packet = each.buffer().toByteArray();
      EchoRequest request = EchoRequest.ofReply(ipv6, packet);
      if (request != null && request.identifier() == identifier) {
        int bytes = packet.length - EchoRequest.begin(ipv6, packet);
        replies.add(new Reply(request, bytes, now - request.sentAt()));
      }
    }
    return NtStatus.SUCCESS;
  }

  /**
   * What came of a run.
   *
   * @param sent how many requests were sent
   * @param received how many were replied to
   * @param least the shortest time, in milliseconds
   * @param sum all times together
   * @param most the longest time
   */
  record Summary(int sent, int received, double least, double sum, double most) {
    static final Summary NOTHING = new Summary(0, 0, Double.MAX_VALUE, 0, 0);

    Summary lost() {
      return new Summary(sent + 1, received, least, sum, most);
    }

    Summary replied(double millis) {
      return new Summary(
          sent + 1, received + 1, Math.min(least, millis), sum + millis, Math.max(most, millis));
    }
  }

  /** How the requests are made. */
  record Plan(int count, int dataBytes, long intervalMillis, long timeoutMillis) {}

  /**
   * Sends requests, one after the other, and waits for each reply.
   *
   * @param plan how many, and how
   * @param each is told of each reply, and of a request without reply by {@code null}
   */
  Summary run(Plan plan, Consumer<@Nullable Reply> each)
      throws ToolException, InterruptedException {
    Summary summary = Summary.NOTHING;
    for (int sequence = 1; sequence <= plan.count(); sequence++) {
      long begun = System.nanoTime();
      send(new EchoRequest(identifier, sequence & 0xFFFF, begun), plan.dataBytes());
      Reply reply = await(sequence & 0xFFFF, plan.timeoutMillis());
      summary = reply != null ? summary.replied(reply.millis()) : summary.lost();
      each.accept(reply);
      long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
      if (sequence < plan.count() && took < plan.intervalMillis()) {
        Thread.sleep(plan.intervalMillis() - took);
      }
    }
    return summary;
  }

  private void send(EchoRequest request, int dataBytes) throws ToolException, InterruptedException {
    WskBuf message = WskBuf.of(request.encode(ipv6, dataBytes));
    IoStatusBlock sent = program.await(irp -> socket.sendTo(message, 0, null, null, irp));
    if (!sent.isSuccess()) {
      throw new ToolException(
          "Cannot send to " + peer.getHostAddress() + ": " + Advice.say(sent.status()));
    }
  }

  /** A reply that is late or doubled is of an earlier request. */
  private @Nullable Reply await(int sequence, long timeoutMillis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    Reply reply = replies.poll(timeoutMillis, TimeUnit.MILLISECONDS);
    while (reply != null && reply.request().sequence() != sequence) {
      reply = replies.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
    return reply;
  }

  /** Closes the socket. */
  void close() throws InterruptedException {
    program.close(socket);
  }
}
