package org.wsk4j.provider.core;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.nt.NtStatus;

/**
 * Where datagrams go out.
 *
 * <p>Threads: called on the event loop of the socket.
 */
public interface DatagramSink {
  /**
   * Sends one datagram.
   *
   * @param first where its data begins, or {@code null} if it has none
   * @param offset where in that
   * @param length how many bytes
   * @param remote where it goes
   * @return SUCCESS if the system has taken it; PENDING if there is no room now; else why it cannot
   *     be sent
   */
  NtStatus send(@Nullable Mdl first, long offset, long length, InetSocketAddress remote);

  /** Has {@link DatagramSendQueue#room} called when there is room. */
  void awaitRoom();
}
