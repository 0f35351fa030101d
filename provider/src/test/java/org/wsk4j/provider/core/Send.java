package org.wsk4j.provider.core;

import static java.nio.charset.StandardCharsets.US_ASCII;

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

  /** Whether the routine has seen that the call answered PENDING. */
  boolean pended;

  private final byte[] bytes;

  private Send(String name, String text, boolean disconnect, boolean pending) {
    this.name = name;
    this.text = text;
    this.disconnect = disconnect;
    irp.setCompletionRoutine((done, context) -> completed(), null);
    irp.begin(null);
    if (pending) {
      irp.markPending();
    }
    irp.context().target = this;
    irp.context().operation = disconnect ? DISCONNECT : SEND;
    bytes = (">" + text + "<").getBytes(US_ASCII);
    irp.context().setRegion(text.isEmpty() ? null : region());
  }

  static Send of(String name, String text) {
    return new Send(name, text, false, true);
  }

  static Send disconnect(String name, String lastText) {
    return new Send(name, lastText, true, true);
  }

  /** A request whose call has not been answered yet. */
  static Send unmarked(String name, String text) {
    return new Send(name, text, false, false);
  }

  static Send unmarkedDisconnect(String name, String lastText) {
    return new Send(name, lastText, true, false);
  }

  /** The memory of the request. */
  byte[] bytes() {
    return bytes;
  }

  /** One byte in front of the region, and the region in two pieces. */
  private WskBuf region() {
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
