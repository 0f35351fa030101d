package org.wsk4j.provider.core;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;

/** A request to send, or to send and end the stream, whose name stands for it. */
final class Send {
  static final int SEND = 3;
  static final int DISCONNECT = 5;

  final String name;
  final String text;
  final boolean disconnect;
  final Irp irp = Irp.allocate();
  private Runnable whenDone = () -> {};
  private Runnable then = () -> {};

  int completions;

  private Send(String name, String text, boolean disconnect) {
    this.name = name;
    this.text = text;
    this.disconnect = disconnect;
    irp.setCompletionRoutine((done, context) -> completed(), null);
    irp.begin(null);
    irp.markPending();
    irp.context().target = this;
    irp.context().operation = disconnect ? DISCONNECT : SEND;
    irp.context().setRegion(region(text));
  }

  static Send of(String name, String text) {
    return new Send(name, text, false);
  }

  static Send disconnect(String name, String lastText) {
    return new Send(name, lastText, true);
  }

  /** One byte in front of the region, and the region in two pieces. */
  private static @Nullable WskBuf region(String text) {
    if (text.isEmpty()) {
      return null;
    }
    byte[] bytes = (">" + text + "<").getBytes(US_ASCII);
    int cut = Math.min(2, bytes.length);
    Mdl second = Mdl.of(bytes, cut, bytes.length - cut);
    return new WskBuf(Mdl.of(bytes, 0, cut).setNext(second), 1, text.length());
  }

  Send then(Runnable work) {
    then = work;
    return this;
  }

  void whenDone(Runnable work) {
    whenDone = work;
  }

  private NtStatus completed() {
    completions++;
    whenDone.run();
    then.run();
    return NtStatus.MORE_PROCESSING_REQUIRED;
  }

  String result() {
    return name + " " + irp.status().name() + " " + irp.information();
  }
}
