package org.wsk4j.provider.core;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.wsk4j.connection.WskDataIndication;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.memory.DataIndication;
import org.wsk4j.provider.memory.RetainAccount;
import org.wsk4j.provider.stats.ProviderStatistics;
import org.wsk4j.socket.WskFlags;

/**
 * A receive queue between a network and a client that tests play: everything that happens to the
 * client is written down in the order in which it happens.
 */
final class ReceivingClient implements Indications {
  /** A callback for received data. */
  @FunctionalInterface
  interface OnReceive {
    NtStatus receive(DataIndication first, long bytes, LongOut accepted);
  }

  final EventGate gate = new EventGate();
  final RetainAccount account;
  final ReceiveQueue queue;
  final List<String> log = new ArrayList<>();
  final List<DataIndication> retained = new ArrayList<>();
  private final Set<DataIndication> releasedInside = new HashSet<>();
  private final List<ByteBuf> buffers = new ArrayList<>();
  private final Deque<Runnable> later = new ArrayDeque<>();

  OnReceive onReceive = (first, bytes, accepted) -> NtStatus.SUCCESS;
  Runnable onDisconnect = () -> {};
  int running;
  int flags;
  String data = "";

  ReceivingClient() {
    this(64, 32, 48);
  }

  ReceivingClient(long readAhead, long retainSoft, long retainHard) {
    account = new RetainAccount(retainSoft, retainHard, new ProviderStatistics());
    queue = new ReceiveQueue(gate, this, account, this::restore, () -> readAhead, this::pumpLater);
  }

  // ---- The client

  ReceivingClient enable(int... events) {
    for (int event : events) {
      gate.enable(event);
    }
    queue.pump();
    return this;
  }

  ReceivingClient enableAll() {
    return enable(WskEventCallbackControl.RECEIVE, WskEventCallbackControl.DISCONNECT);
  }

  /** Posts a request on the loop; {@return what the call returned} */
  NtStatus post(Receive request) {
    request.whenDone(() -> log.add(request.result()));
    NtStatus answer = queue.receiveInline(request.irp);
    request.answer = answer;
    return answer;
  }

  /** Posts a request as if it came from another thread. */
  void postElsewhere(Receive request) {
    request.whenDone(() -> log.add(request.result()));
    request.irp.markPending();
    request.answer = NtStatus.PENDING;
    queue.receive(request.irp);
    queue.pump();
  }

  @Override
  public NtStatus receive(
      int event, DataIndication first, long bytes, LongOut accepted, int callbackFlags) {
    assertThat(event).isEqualTo(gate.receiveEvent());
    assertThat(running).as("callbacks that run").isZero();
    assertThat(accepted.get()).isEqualTo(bytes);
    data = data(first);
    assertThat(data).hasSize((int) bytes).isNotEmpty();
    running++;
    flags = callbackFlags;
    DispatchLevel.current().raise();
    try {
      int place = log.size();
      String shown = data;
      log.add("event " + shown);
      NtStatus answer = onReceive.receive(first, bytes, accepted);
      if (answer != NtStatus.SUCCESS) {
        log.set(place, "event " + shown + " " + answer.name());
      } else if (accepted.get() != bytes) {
        log.set(place, "event " + shown + " took " + accepted.get());
      }
      if (answer == NtStatus.PENDING) {
        retain(first);
      }
      return answer;
    } finally {
      DispatchLevel.current().lower();
      running--;
    }
  }

  @Override
  public void dead(int event, int callbackFlags) {
    assertThat(running).as("callbacks that run").isZero();
    assertThat(callbackFlags).isEqualTo(WskFlags.AT_DISPATCH_LEVEL);
    assertThat(event).isEqualTo(gate.receiveEvent());
    log.add("dead");
  }

  private void retain(DataIndication first) {
    for (DataIndication each = first; each != null; each = each.following()) {
      if (!releasedInside.remove(each)) {
        retained.add(each);
      }
    }
  }

  /** Releases an element inside the callback, which has to answer PENDING. */
  void releaseInside(DataIndication element) {
    assertThat(element.claim(account)).isTrue();
    element.freeClaimed();
    releasedInside.add(element);
  }

  private static String data(DataIndication first) {
    StringBuilder all = new StringBuilder();
    for (WskDataIndication each = first; each != null; each = each.next()) {
      all.append(new String(each.buffer().toByteArray(), US_ASCII));
    }
    return all.toString();
  }

  @Override
  public void disconnect(int callbackFlags) {
    assertThat(running).as("callbacks that run").isZero();
    assertThat(callbackFlags & ~WskFlags.ABORTIVE).isEqualTo(WskFlags.AT_DISPATCH_LEVEL);
    running++;
    flags = callbackFlags;
    DispatchLevel.current().raise();
    try {
      log.add((callbackFlags & WskFlags.ABORTIVE) != 0 ? "disconnect abortive" : "disconnect");
      onDisconnect.run();
    } finally {
      DispatchLevel.current().lower();
      running--;
    }
  }

  // ---- The network

  /** Bytes that arrive, each text in a buffer of its own. */
  void arrive(String... texts) {
    for (String text : texts) {
      queue.received(element(text));
    }
    queue.pump();
  }

  void endOfStream() {
    queue.endOfStream();
    queue.pump();
  }

  void die() {
    queue.die();
    queue.pump();
  }

  void fail(NtStatus status, boolean byPeer) {
    queue.fail(status, byPeer);
    queue.pump();
  }

  DataIndication element(String text) {
    return element(text.getBytes(US_ASCII));
  }

  private DataIndication element(byte[] bytes) {
    ByteBuf data = Unpooled.buffer(Math.max(1, bytes.length)).writeBytes(bytes);
    buffers.add(data);
    return new DataIndication(account, data);
  }

  private DataIndication restore(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return element(copy);
  }

  // ---- The loop

  private void pumpLater() {
    later.add(queue::pump);
  }

  void later(Runnable work) {
    later.add(work);
  }

  boolean hasWorkForLater() {
    return !later.isEmpty();
  }

  void runLater() {
    assertThat(DispatchLevel.current().depth()).isZero();
    for (Runnable work = later.poll(); work != null; work = later.poll()) {
      work.run();
    }
  }

  // ---- The end

  void release(DataIndication element) {
    assertThat(element.claim(account)).isTrue();
    element.freeClaimed();
    retained.remove(element);
  }

  /** Closes, releases what is retained, and looks for memory that is left. */
  void close() {
    gate.shut();
    queue.close();
    runLater();
    List.copyOf(retained).forEach(this::release);
    assertThat(account.bytes()).isZero();
    assertThat(queue.backlog()).isZero();
    assertThat(buffers).allSatisfy(each -> assertThat(each.refCnt()).isZero());
  }

  /** {@return what happened since this was last asked} */
  List<String> happened() {
    List<String> all = List.copyOf(log);
    log.clear();
    return all;
  }
}
