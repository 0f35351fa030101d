package org.wsk4j.provider.core;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.nt.NtStatus;

/**
 * Where datagrams go out: several are gathered, and then sent with one call.
 *
 * <p>Threads: called on the event loop of the socket.
 */
public interface DatagramSink {
  /** An answer of {@link #gather}: there is no room for more in this call. */
  long BATCH_IS_FULL = -1;

  /** An answer of {@link #send}: there is no room now. */
  int NO_ROOM = 0;

  /** An answer of {@link #send}: nothing was sent, and the batch has to be gathered anew. */
  int GATHER_AGAIN = -1;

  /** An answer of {@link #send}: {@link #failure} says why. */
  int FAILED = -2;

  /** Begins a batch: what was gathered before is forgotten. */
  void begin();

  /**
   * Puts data behind what was gathered: one datagram, or several if control information or the
   * socket says into how large ones it is cut.
   *
   * @param first where its data begins, or {@code null} if it has none
   * @param offset where in that memory and what is chained to it
   * @param length how many bytes
   * @param remote where it goes
   * @param control control information, or {@code null}
   * @return how many of the bytes are in the batch now: all, unless it is cut; or {@link
   *     #BATCH_IS_FULL}
   */
  long gather(
      @Nullable Mdl first,
      long offset,
      long length,
      InetSocketAddress remote,
      @Nullable ControlInfo control);

  /**
   * Sends what was gathered, until something cannot be sent.
   *
   * @param from how much was sent before, counted in calls of {@link #gather}
   * @return how much was sent now, at least 1; or {@link #NO_ROOM}, {@link #GATHER_AGAIN}, {@link
   *     #FAILED}
   */
  int send(int from);

  /** {@return why the first that was not sent could not be} */
  NtStatus failure();

  /** Has {@link DatagramSendQueue#room} called when there is room. */
  void awaitRoom();
}
