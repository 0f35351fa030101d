package org.wsk4j.examples;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.datagram.WskDatagramIndication;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.nt.NtStatus;

/**
 * How do I use two sockets together? Queries of clients arrive at one and go out through the other,
 * on which the address of the server is fixed: so it needs no destination, and lets in nobody else.
 * The answer goes back the same way, with the number that the client has chosen.
 *
 * <p>A query that is not answered in time, or that cannot be passed on, is answered with SERVFAIL,
 * so that the client need not wait. What is no query, and no answer to one, is dropped; so is a
 * query when too many wait already. Messages are short, so they are copied and the callbacks answer
 * SUCCESS.
 */
final class DnsForwarder extends DatagramServer {
  /** How often it is looked whether a query has waited long enough. */
  private static final Duration TICK = Duration.ofMillis(50);

  private final InetSocketAddress server;
  private final DnsQueries queries;
  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "dns-clock");
            thread.setDaemon(true);
            return thread;
          });

  private volatile @Nullable WskDatagramSocket toServer;

  /**
   * Makes a forwarder that does not serve yet.
   *
   * @param program the program
   * @param server the server that queries are passed on to
   * @param queries keeps those that have no answer yet
   */
  DnsForwarder(WskProgram program, InetSocketAddress server, DnsQueries queries) {
    super(program);
    this.server = server;
    this.queries = queries;
  }

  @Override
  InetSocketAddress start(InetSocketAddress address) throws ToolException, InterruptedException {
    WskDatagramSocket made =
        program().datagrams(WskProgram.anyPort(server), this, dispatch(this::answersReceived));
    toServer = made;
    program().fixRemoteAddress(made, server);
    WskProgram.enable(made, WskEventCallbackControl.RECEIVE_FROM);
    clock.scheduleWithFixedDelay(
        () -> queries.expired().forEach(this::fail),
        TICK.toMillis(),
        TICK.toMillis(),
        TimeUnit.MILLISECONDS);
    try {
      return super.start(address);
    } catch (ToolException cannotServe) {
      leaveServer();
      throw cannotServe;
    }
  }

  // ---- Queries

  @Override
  NtStatus received(WskDatagramIndication list) {
    for (WskDatagramIndication each = list; each != null; each = each.next()) {
      counted();
      byte[] message = each.buffer().toByteArray();
      if (!DnsMessage.isQuery(message) || !forward(message, each.remoteAddress())) {
        dropped();
      }
    }
    return NtStatus.SUCCESS;
  }

  /** Passes a query on; {@return whether there is room for it} */
  private boolean forward(byte[] message, SocketAddress client) {
    WskDatagramSocket through = toServer;
    DnsQueries.Query query = through != null ? queries.add(message, client) : null;
    if (query == null || through == null) {
      return false;
    }
    byte[] numbered = DnsMessage.withId(message.clone(), query.number());
    sends().send(through, WskBuf.of(numbered), null, null); // what is not sent times out
    return true;
  }

  // ---- Answers

  private NtStatus answersReceived(WskDatagramIndication list) {
    for (WskDatagramIndication each = list; each != null; each = each.next()) {
      answerReceived(each.buffer().toByteArray());
    }
    return NtStatus.SUCCESS;
  }

  private void answerReceived(byte[] message) {
    DnsQueries.Query query = DnsMessage.isResponse(message) ? queries.answered(message) : null;
    if (query == null) {
      dropped();
      return;
    }
    answered.increment();
    reply(query, DnsMessage.withId(message, DnsMessage.id(query.message())));
  }

  private void fail(DnsQueries.Query query) {
    failed.increment();
    reply(query, DnsMessage.serverFailure(query.message()));
  }

  private void reply(DnsQueries.Query query, byte[] message) {
    if (!sends().send(socket(), WskBuf.of(message), query.client(), null)) {
      dropped();
    }
  }

  // ---- The end

  @Override
  void finish(Duration drain) throws InterruptedException {
    queries.awaitNone(drain);
    List<DnsQueries.Query> left = queries.giveUp();
    left.forEach(this::fail);
    leaveServer();
  }

  private void leaveServer() throws InterruptedException {
    clock.shutdown();
    clock.awaitTermination(TICK.toMillis() * 20, TimeUnit.MILLISECONDS);
    WskDatagramSocket through = toServer;
    if (through != null) {
      program().close(through);
    }
  }

  @Override
  String summary() {
    return "Queries answered by the server: %d, with SERVFAIL: %d."
        .formatted(answered.sum(), failed.sum());
  }
}
