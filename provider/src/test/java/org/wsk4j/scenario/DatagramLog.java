package org.wsk4j.scenario;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.wsk4j.datagram.WskClientDatagramDispatch;
import org.wsk4j.datagram.WskDatagramIndication;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.net.ControlMessage;
import org.wsk4j.nt.NtStatus;

/** The receive callback of a program: it walks the list, copies what it needs, and answers. */
final class DatagramLog {
  private static final long PATIENCE_SECONDS = 10;

  /** One datagram that was indicated; the element is the provider's once it has been taken. */
  record Datagram(
      @Nullable Object context,
      byte[] data,
      InetSocketAddress from,
      List<ControlMessage> control,
      WskDatagramIndication element) {
    /** {@return a control message, or {@code null} if it does not have one of the kind} */
    <T extends ControlMessage> @Nullable T find(Class<T> type) {
      return control.stream().filter(type::isInstance).map(type::cast).findFirst().orElse(null);
    }
  }

  private final Scenario scenario;
  private final BlockingQueue<Datagram> seen = new LinkedBlockingQueue<>();
  private volatile NtStatus next = NtStatus.SUCCESS;
  private volatile NtStatus later = NtStatus.SUCCESS;

  DatagramLog(Scenario scenario) {
    this.scenario = scenario;
  }

  /** Answers something once. */
  void answerOnce(NtStatus answer) {
    next = answer;
  }

  /** Answers something from now on. */
  void answer(NtStatus answer) {
    next = answer;
    later = answer;
  }

  WskClientDatagramDispatch dispatch() {
    return new WskClientDatagramDispatch(
        (context, flags, list) -> scenario.inside(() -> received(context, list)));
  }

  private NtStatus received(@Nullable Object context, @Nullable WskDatagramIndication list) {
    NtStatus answer = next;
    next = later;
    for (WskDatagramIndication each = list; each != null; each = each.next()) {
      ControlInfo control = each.controlInfo();
      seen.add(
          new Datagram(
              context,
              each.buffer().toByteArray(),
              (InetSocketAddress) each.remoteAddress(),
              control != null ? control.messages() : List.of(),
              each));
    }
    return answer;
  }

  /** {@return the next datagram} */
  Datagram next() throws InterruptedException {
    Datagram datagram = seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (datagram == null) {
      throw new AssertionError("no datagram is indicated");
    }
    return datagram;
  }

  /** {@return whether all that was indicated has been looked at} */
  boolean isEmpty() {
    return seen.isEmpty();
  }
}
