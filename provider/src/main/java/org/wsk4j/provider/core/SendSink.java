package org.wsk4j.provider.core;

import org.wsk4j.irp.Irp;

/**
 * Where the send queue puts what may go out now.
 *
 * <p>Threads: called on the event loop of the socket.
 */
public interface SendSink {
  /**
   * Writes the data of a request as the next part of the batch.
   *
   * @param irp the request; its memory stays lent until the batch has ended
   */
  void write(Irp irp);

  /** Hands the batch to the system; {@link SendQueue#batchEnded} tells how it went, also inline. */
  void endBatch();

  /** Ends the sending side; {@link SendQueue#outputEnded} tells how it went, also inline. */
  void endOutput();
}
