package org.wsk4j.provider.channel;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.completion.InlineCall;

/**
 * Who waits for the end of a connection: a request to abort it, a request to close the socket. Both
 * are told when the system has let go of everything that was given to it.
 *
 * <p>Threads: owned by the event loop of the connection; the request to close is set before the
 * close gets there.
 */
final class ConnectionEnd {
  private final ConnectionChannel connection;
  private final ConnectionOwner owner;

  private final InlineCall abortCall = new InlineCall();
  private @Nullable Irp abortRequest;
  private @Nullable Irp closeRequest;
  private boolean closing;
  private boolean closedTold;

  ConnectionEnd(ConnectionChannel connection, ConnectionOwner owner) {
    this.connection = connection;
    this.owner = owner;
  }

  /** Whether the socket closes. */
  boolean isClosing() {
    return closing;
  }

  /** Whether a request to abort waits. */
  boolean isAborting() {
    return abortRequest != null;
  }

  /** Performs a request to abort inside its call; {@return what the call has to return} */
  NtStatus abort(Irp request, Consumer<Irp> how) {
    return abortCall.run(request, how);
  }

  /** A request to abort has nothing to wait for. */
  void aborted(Irp request) {
    abortCall.complete(request, NtStatus.SUCCESS, 0, null);
  }

  void abortFor(Irp request) {
    abortRequest = request;
  }

  void closeFor(@Nullable Irp request) {
    closeRequest = request;
  }

  /** The close has begun. */
  void close() {
    closing = true;
  }

  /** Everything is over. */
  void reached() {
    Irp aborted = abortRequest;
    if (aborted != null) {
      abortRequest = null;
      aborted(aborted);
    }
    if (closing && !closedTold) {
      closedTold = true;
      connection.leaveLoop();
      owner.closed(closeRequest);
    }
  }
}
