package org.wsk4j.provider.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.wsk4j.testing.TestScope;

/** TLS of the JDK on the other end of a connection. */
public final class TlsPeer {
  private final Peer peer;
  private final SSLSocket socket;
  private final ExecutorService thread;

  private TlsPeer(Peer peer, SSLSocket socket, ExecutorService thread) {
    this.peer = peer;
    this.socket = socket;
    this.thread = thread;
  }

  /** {@return an end that has not begun its handshake} */
  public static TlsPeer on(
      Peer peer,
      SSLContext context,
      boolean server,
      Consumer<SSLParameters> settings,
      TestScope scope)
      throws IOException {
    Socket plain = peer.socket();
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", 1, false);
    socket.setUseClientMode(!server);
    SSLParameters parameters = socket.getSSLParameters();
    settings.accept(parameters);
    socket.setSSLParameters(parameters);
    return new TlsPeer(peer, socket, scope.thread("tls-peer"));
  }

  /** {@return an end that has not begun its handshake} */
  public static TlsPeer on(Peer peer, SSLContext context, boolean server, TestScope scope)
      throws IOException {
    return on(peer, context, server, settings -> {}, scope);
  }

  /** Begins the handshake, on a thread of its own. */
  public Future<SSLSession> handshake() {
    return thread.submit(
        () -> {
          socket.startHandshake();
          return socket.getSession();
        });
  }

  /** {@return the connection under it} */
  public Peer plain() {
    return peer;
  }

  /** {@return the application protocol agreed on} */
  public String applicationProtocol() {
    return socket.getApplicationProtocol();
  }

  /** Sends bytes. */
  public void send(byte... bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** {@return where bytes to be sent are written} */
  public OutputStream output() throws IOException {
    return socket.getOutputStream();
  }

  /** {@return where bytes that arrive are read} */
  public InputStream input() throws IOException {
    return socket.getInputStream();
  }

  /** {@return so many bytes, or fewer if the stream ends} */
  public byte[] read(int count) throws IOException {
    return socket.getInputStream().readNBytes(count);
  }

  /** {@return all bytes up to the end of the stream, which must be said with close_notify} */
  public byte[] readAll() throws IOException {
    return socket.getInputStream().readAllBytes();
  }

  /** Says that the stream ends, with close_notify; the connection stays as it is. */
  public void closeNotify() throws IOException {
    socket.shutdownOutput();
  }
}
