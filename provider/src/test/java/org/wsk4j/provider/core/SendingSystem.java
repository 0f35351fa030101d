package org.wsk4j.provider.core;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.irp.IrpContext;
import org.wsk4j.nt.NtStatus;

/**
 * A send queue between a client and a system that tests play. What the system has taken stands on
 * the wire, {@code |} for the end of the stream; what happens to the client is written down.
 */
final class SendingSystem implements SendSink {
  final SendQueue queue = new SendQueue(this, Send.DISCONNECT);
  final List<String> log = new ArrayList<>();
  final StringBuilder wire = new StringBuilder();
  final StringBuilder batch = new StringBuilder();
  final List<String> batches = new ArrayList<>();

  /** Whether what is handed over ends inside the call. */
  boolean inline = true;

  /** What was handed over and has not ended. */
  private @Nullable Runnable underWay;

  /** Whose memory the last data is read from, while it goes out. */
  private @Nullable Irp last;

  private boolean batchOpen;
  private boolean endingOutput;

  // ---- The client

  Send post(Send request) {
    request.whenDone(() -> log.add(request.result()));
    queue.add(request.irp);
    return request;
  }

  Send send(String name, String text) {
    Send request = post(Send.of(name, text));
    queue.flush();
    return request;
  }

  Send disconnect(String name, String lastText) {
    Send request = post(Send.disconnect(name, lastText));
    queue.flush();
    return request;
  }

  /** Makes a request as on the loop; {@return what the call answers, which fits the request} */
  NtStatus call(Send request) {
    request.whenDone(
        () -> {
          log.add(request.result());
          request.pended = request.irp.pendingReturned();
        });
    NtStatus answer = queue.perform(request.irp);
    if (answer != NtStatus.PENDING) {
      assertThat(request.completions).isOne();
      assertThat(request.irp.status()).isSameAs(answer);
      assertThat(request.pended).isFalse();
    }
    return answer;
  }

  boolean isSendingLast(Send request) {
    return last == request.irp;
  }

  List<String> happened() {
    List<String> all = List.copyOf(log);
    log.clear();
    return all;
  }

  // ---- The system

  @Override
  public void write(Irp irp) {
    assertThat(underWay).as("what is under way").isNull();
    batchOpen = true;
    take(irp);
  }

  private void take(Irp irp) {
    IrpContext context = irp.context();
    while (context.remaining > 0) {
      assertThat(context.mdl).isNotNull();
      int count = (int) Math.min(context.mdl.byteCount() - context.offset, context.remaining);
      byte[] part = new byte[count];
      context.mdl.buffer().position((int) context.offset).get(part);
      batch.append(new String(part, US_ASCII));
      context.advance(count);
    }
  }

  @Override
  public void writeLast(Irp irp) {
    assertThat(underWay).as("what is under way").isNull();
    last = irp;
    endingOutput = false;
    handOver(
        () -> {
          if (last != null) {
            take(last);
          }
          last = null;
          batches.add(batch.toString());
          wire.append(batch);
          batch.setLength(0);
          queue.batchEnded(NtStatus.SUCCESS);
        });
  }

  @Override
  public void keepRest(Irp irp) {
    assertThat(irp).isSameAs(last);
    last = null;
    take(irp);
  }

  @Override
  public void endBatch() {
    assertThat(batchOpen).isTrue();
    batchOpen = false;
    batches.add(batch.toString());
    endingOutput = false;
    handOver(
        () -> {
          wire.append(batch);
          batch.setLength(0);
          queue.batchEnded(NtStatus.SUCCESS);
        });
  }

  @Override
  public void endOutput() {
    assertThat(batchOpen).isFalse();
    endingOutput = true;
    handOver(
        () -> {
          wire.append('|');
          queue.outputEnded(NtStatus.SUCCESS);
        });
  }

  private void handOver(Runnable end) {
    assertThat(underWay).as("what is under way").isNull();
    assertThat(queue.isBusy()).isTrue();
    if (inline) {
      end.run();
    } else {
      underWay = end;
    }
  }

  boolean isBusy() {
    return underWay != null;
  }

  boolean isEndingOutput() {
    return underWay != null && endingOutput;
  }

  /** What is under way has come to its end. */
  void proceed() {
    Runnable end = underWay;
    assertThat(end).as("what is under way").isNotNull();
    underWay = null;
    end.run();
  }

  /** The connection breaks, and with it what is under way. */
  void breakOff(NtStatus status) {
    boolean busy = underWay != null;
    underWay = null;
    batch.setLength(0);
    last = null;
    queue.fail(status);
    if (busy && endingOutput) {
      queue.outputEnded(status);
    } else if (busy) {
      queue.batchEnded(status);
    }
  }
}
