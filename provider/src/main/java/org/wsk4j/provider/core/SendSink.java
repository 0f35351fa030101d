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

  /**
   * Sends the last data of the stream as a batch of its own; {@link SendQueue#batchEnded} tells how
   * it went, also inline. What is with the system at any time is a copy, so that the request can be
   * cancelled at any time.
   *
   * @param irp the request; its memory stays lent until the batch has ended, or until {@link
   *     #keepRest}
   */
  void writeLast(Irp irp);

  /**
   * Takes over what has not gone out of the last data, because its request is about to complete:
   * its memory is not read any more after this call. What is too much to take over breaks the
   * connection off, later.
   *
   * @param irp the request given to {@link #writeLast}
   */
  void keepRest(Irp irp);

  /** Ends the sending side; {@link SendQueue#outputEnded} tells how it went, also inline. */
  void endOutput();
}
