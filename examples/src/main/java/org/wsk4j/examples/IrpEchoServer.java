package org.wsk4j.examples;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.listen.WskClientListenDispatch;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.nt.NtStatus;

/**
 * How do I serve with requests alone? A few accept requests are always posted; each is posted again
 * when it has brought a connection. Closing the listening socket completes them with CANCELLED.
 * {@link IrpEchoConnection} does the rest.
 */
final class IrpEchoServer extends EchoServer {
  private static final Logger LOG = LoggerFactory.getLogger(IrpEchoServer.class);
  private static final int ACCEPTS = 4;

  IrpEchoServer(WskProgram program, @Nullable TlsSettings tls) {
    super(program, tls);
  }

  @Override
  @Nullable WskClientListenDispatch callbacks() {
    return null;
  }

  @Override
  void beginAccepting(WskListeningSocket listening) {
    for (int i = 0; i < ACCEPTS; i++) {
      new Accept(listening).post();
    }
  }

  /** One accept request. */
  private final class Accept {
    private final WskListeningSocket listening;
    private final Request request = program().request(this::completed);

    Accept(WskListeningSocket listening) {
      this.listening = listening;
    }

    void post() {
      listening.accept(0, null, null, null, null, request.submit());
    }

    private void completed(Irp irp) {
      if (irp.status() == NtStatus.SUCCESS) {
        serve(irp.object(WskConnectionSocket.class));
        post();
      } else if (!isClosing(irp.status())) {
        LOG.error("An accept request failed and is not posted again: {}", irp.status());
      }
    }

    /** A request that waited is cancelled; one that comes a moment later is refused. */
    private static boolean isClosing(NtStatus status) {
      return status == NtStatus.CANCELLED
          || status == NtStatus.FILE_FORCED_CLOSED
          || status == NtStatus.INVALID_HANDLE;
    }

    private void serve(WskConnectionSocket socket) {
      IrpEchoConnection connection = new IrpEchoConnection(IrpEchoServer.this, socket);
      accepted(connection);
      connection.secure();
      connection.start();
    }
  }
}
