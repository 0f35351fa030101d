package org.wsk4j.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.testing.Acceptor;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.socket.WskFlags;

/**
 * A relay for TCP: it connects to its target for every connection that it accepts, and carries
 * bytes both ways. A side that ends is ended on the other connection too, and both are closed when
 * both sides have ended; one that breaks takes the other one with it.
 *
 * <p>Each way has one buffer and one IRP, which receives and sends in turn, so a slow receiver
 * slows the sender down. Everything but {@link #awaitEnd} happens in completion routines.
 */
final class Relay {
  private static final int BUFFER_BYTES = 32 * 1024;

  private final TestClient client;
  private final InetSocketAddress target;
  private final WskListeningSocket listener;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<NtStatus> faults = new ArrayList<>();

  private Relay(TestClient client, InetSocketAddress at, InetSocketAddress target)
      throws InterruptedException {
    this.client = client;
    this.target = target;
    listener = client.listener(AddressFamily.INET, null, new Acceptor(this::accepted).dispatch());
    client.succeed(irp -> listener.bind(at, 0, irp));
    assertThat(client.control(listener, WskEventCallbackControl.ACCEPT))
        .isEqualTo(NtStatus.SUCCESS);
  }

  /** Starts a relay, for one connection. */
  static Relay to(InetSocketAddress target, TestClient client) throws InterruptedException {
    return at(TestClient.loopback(AddressFamily.INET, 0), target, client);
  }

  /** Starts a relay at some address, for one connection. */
  static Relay at(InetSocketAddress at, InetSocketAddress target, TestClient client)
      throws InterruptedException {
    return new Relay(client, at, target);
  }

  /** {@return where it accepts connections} */
  InetSocketAddress address() throws InterruptedException {
    return client.local(listener);
  }

  /** Waits until both sides have ended; {@return what has gone wrong} */
  List<NtStatus> awaitEnd() throws InterruptedException {
    assertThat(ended.await(20, TimeUnit.SECONDS)).as("the relay has ended").isTrue();
    client.close(listener);
    synchronized (faults) {
      return List.copyOf(faults);
    }
  }

  private NtStatus accepted(Acceptor.Call call) {
    WskConnectionSocket near = client.watch(call.require());
    Irp irp = Irp.allocate();
    irp.setCompletionRoutine(
        (done, context) -> {
          connected(near, done);
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);
    client.socketConnect(target, null, null, irp);
    return NtStatus.SUCCESS;
  }

  private void connected(WskConnectionSocket near, Irp done) {
    if (done.status() != NtStatus.SUCCESS) {
      fault(done.status());
      near.closeSocket(closing(new AtomicInteger(1)));
      return;
    }
    WskConnectionSocket far = client.watch(done.object(WskConnectionSocket.class));
    AtomicInteger ways = new AtomicInteger(2);
    new Way(near, far, ways).receive();
    new Way(far, near, ways).receive();
  }

  private void fault(NtStatus status) {
    synchronized (faults) {
      faults.add(status);
    }
  }

  private Irp closing(AtomicInteger sockets) {
    Irp irp = Irp.allocate();
    irp.setCompletionRoutine(
        (done, context) -> {
          if (sockets.decrementAndGet() == 0) {
            ended.countDown();
          }
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);
    return irp;
  }

  /** One direction. */
  private final class Way {
    private final WskConnectionSocket from;
    private final WskConnectionSocket to;
    private final AtomicInteger ways;
    private final Mdl memory = Mdl.of(new byte[BUFFER_BYTES]);
    private final WskBuf region = new WskBuf();
    private final Irp irp = Irp.allocate();

    Way(WskConnectionSocket from, WskConnectionSocket to, AtomicInteger ways) {
      this.from = from;
      this.to = to;
      this.ways = ways;
    }

    void receive() {
      region.set(memory, 0, BUFFER_BYTES);
      then(this::received);
      from.receive(region, 0, irp);
    }

    private void received() {
      long count = irp.information();
      if (irp.status() != NtStatus.SUCCESS) {
        broken();
      } else if (count == 0) {
        then(this::over);
        to.disconnect(null, 0, irp);
      } else {
        region.set(memory, 0, count);
        then(this::sent);
        to.send(region, 0, irp);
      }
    }

    private void sent() {
      if (irp.status() == NtStatus.SUCCESS) {
        receive();
      } else {
        broken();
      }
    }

    private void broken() {
      fault(irp.status());
      for (WskConnectionSocket each : List.of(from, to)) {
        each.disconnect(null, WskFlags.ABORTIVE, Irp.allocate());
      }
      over();
    }

    /** The last of the two closes both connections. */
    private void over() {
      if (ways.decrementAndGet() == 0) {
        AtomicInteger sockets = new AtomicInteger(2);
        from.closeSocket(closing(sockets));
        to.closeSocket(closing(sockets));
      }
    }

    private void then(Runnable next) {
      irp.setCompletionRoutine(
          (done, context) -> {
            next.run();
            return NtStatus.MORE_PROCESSING_REQUIRED;
          },
          null);
    }
  }
}
