package org.wsk4j.provider.tls;

import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.channel.SecureStream;
import org.wsk4j.provider.channel.TlsOwner;
import org.wsk4j.socket.WskFlags;
import org.wsk4j.spi.WskExtension;
import org.wsk4j.spi.WskExtensionSocket;
import org.wsk4j.tls.WskTls;
import org.wsk4j.tls.WskTlsClientDispatch;
import org.wsk4j.tls.WskTlsEstablishedEvent;
import org.wsk4j.tls.WskTlsParameters;
import org.wsk4j.tls.WskTlsSession;

/**
 * TLS on one socket.
 *
 * <p>Threads: any, unless stated.
 */
final class TlsRegistration implements WskExtension {
  private final WskExtensionSocket socket;
  private final SecureStream stream;
  private final @Nullable Object clientContext;
  private final @Nullable WskTlsEstablishedEvent establishedEvent;

  private volatile @Nullable WskTlsSession session;
  private volatile @Nullable Throwable failure;

  /** The session was not told of yet. Owned by the event loop. */
  private boolean due;

  TlsRegistration(
      WskExtensionSocket socket,
      SecureStream stream,
      @Nullable Object clientContext,
      @Nullable WskTlsClientDispatch callbacks) {
    this.socket = socket;
    this.stream = stream;
    this.clientContext = clientContext;
    establishedEvent = callbacks != null ? callbacks.establishedEvent() : null;
  }

  @Nullable WskTlsSession session() {
    return session;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  NtStatus call(Supplier<NtStatus> function) {
    return socket.call(function);
  }

  NtStatus start(@Nullable WskTlsParameters parameters, @Nullable Irp irp) {
    Start start = prepare(parameters);
    boolean[] ran = new boolean[1];
    NtStatus status =
        socket.call(
            () -> {
              ran[0] = true;
              return stream.secure(start, irp);
            });
    return ran[0] ? status : TlsFunctions.refuse(irp, status);
  }

  /** {@return a handshake to be begun, or {@code null} if the parameters make no sense} */
  private @Nullable Start prepare(@Nullable WskTlsParameters parameters) {
    if (parameters == null) {
      return null;
    }
    try {
      return new Start(Engines.of(parameters), parameters.handshakeTimeout().toMillis());
    } catch (IllegalArgumentException | IllegalStateException | ArithmeticException senseless) {
      return null;
    }
  }

  /** One attempt. */
  private final class Start implements TlsOwner {
    private final SSLEngine engine;
    private final long timeoutMillis;

    Start(SSLEngine engine, long timeoutMillis) {
      this.engine = engine;
      this.timeoutMillis = timeoutMillis;
    }

    @Override
    public SSLEngine engine() {
      return engine;
    }

    @Override
    public long timeoutMillis() {
      return timeoutMillis;
    }

    @Override
    public Object established() {
      WskTlsSession made = Sessions.of(engine);
      session = made;
      return made;
    }

    @Override
    public void told() {
      due = true;
      tell();
    }

    @Override
    public void failed(Throwable cause) {
      failure = cause;
    }
  }

  // ---- The registration

  @Override
  public Object providerContext() {
    return this;
  }

  @Override
  public Object providerDispatch() {
    return TlsFunctions.TABLE;
  }

  @Override
  public int implementedEvents() {
    return establishedEvent != null ? WskTls.ESTABLISHED : 0;
  }

  @Override
  public void eventsChanged() {
    socket.execute(this::tell);
  }

  /** Tells of the session, once, if that is due and wanted; on the loop. */
  private void tell() {
    WskTlsSession made = session;
    WskTlsEstablishedEvent callback = establishedEvent;
    if (due && made != null && callback != null) {
      due =
          !socket.raise(
              WskTls.ESTABLISHED,
              () -> callback.onEstablished(clientContext, WskFlags.AT_DISPATCH_LEVEL, made));
    }
  }
}
