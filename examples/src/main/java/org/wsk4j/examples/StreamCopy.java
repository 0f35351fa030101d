package org.wsk4j.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.irp.IoStatusBlock;
import org.wsk4j.nt.NtStatus;

/**
 * How do I use a socket the simple way, one request after the other? One thread sends what it reads
 * and waits for each send; another receives, waits, and writes. At the end of the input our side
 * ends, and what the peer still has to say is read to its end.
 */
final class StreamCopy {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final WskProgram program;
  private final WskConnectionSocket socket;
  private final InputStream input;
  private final OutputStream output;

  /** Written by the thread that sends: all of the input is on its way, or will never be. */
  private volatile boolean inputEnded;

  private volatile String failure = "";

  /** The peer has ended, so the socket is about to be closed: nothing more is to be sent. */
  private volatile boolean over;

  StreamCopy(
      WskProgram program, WskConnectionSocket socket, InputStream input, OutputStream output) {
    this.program = program;
    this.socket = socket;
    this.input = input;
    this.output = output;
  }

  /**
   * Copies both ways until the peer has ended.
   *
   * @throws ToolException if the connection broke, or the peer ended before the input did
   */
  void run() throws ToolException, InterruptedException, IOException {
    // A daemon, because reading a terminal cannot be interrupted.
    Thread sender = new Thread(this::sendAll, "standard-input");
    sender.setDaemon(true);
    sender.start();
    try {
      receiveAll();
    } finally {
      over = true;
    }
    if (!inputEnded) {
      throw new ToolException("The peer ended the connection before the input had ended.");
    }
    sender.join();
    if (!failure.isEmpty()) {
      throw new ToolException(failure);
    }
  }

  private void sendAll() {
    try {
      byte[] buffer = new byte[BUFFER_BYTES];
      WskBuf region = new WskBuf();
      Mdl memory = Mdl.of(buffer);
      NtStatus status = NtStatus.SUCCESS;
      for (int n = input.read(buffer); n >= 0 && status.isSuccess(); n = input.read(buffer)) {
        if (over) {
          return;
        }
        region.set(memory, 0, n);
        status = program.await(irp -> socket.send(region, 0, irp)).status();
      }
      inputEnded = true;
      if (status.isSuccess() && !over) {
        status = program.await(irp -> socket.disconnect(null, 0, irp)).status();
      }
      failure = status.isSuccess() ? "" : "Sending failed: " + Advice.say(status);
    } catch (IOException unreadable) {
      failure = "The input cannot be read: " + unreadable.getMessage();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void receiveAll() throws ToolException, InterruptedException, IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    WskBuf region = WskBuf.of(buffer);
    while (true) {
      IoStatusBlock result = program.await(irp -> socket.receive(region, 0, irp));
      if (!result.isSuccess()) {
        throw new ToolException("The connection broke: " + Advice.say(result.status()));
      }
      if (result.information() == 0) {
        return;
      }
      output.write(buffer, 0, (int) result.information());
      output.flush();
    }
  }
}
