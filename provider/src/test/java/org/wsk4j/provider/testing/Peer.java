package org.wsk4j.provider.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import org.wsk4j.testing.TestScope;

/** The other end of a connection: a plain blocking socket of the JDK. */
public final class Peer implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;

  /** The other end was so quick to reset that the connect itself says so. */
  private final boolean resetAtOnce;

  private Peer(Socket socket, TestScope scope) throws IOException {
    this.socket = socket;
    resetAtOnce = socket.isClosed();
    if (!resetAtOnce) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
    }
    scope.closing(this);
  }

  /** {@return an end that is connected to a listener} */
  public static Peer connect(InetSocketAddress to, TestScope scope) throws IOException {
    return connect(to, 0, scope);
  }

  /** {@return an end that is connected to a listener, with a small receive buffer} */
  public static Peer connect(InetSocketAddress to, int receiveBuffer, TestScope scope)
      throws IOException {
    Socket socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    try {
      socket.connect(to, PATIENCE_MILLIS);
    } catch (IOException e) {
      socket.close();
      if (!saysReset(e)) {
        throw e;
      }
    }
    return new Peer(socket, scope);
  }

  /** {@return the next connection of a listener} */
  public static Peer accept(ServerSocket listener, TestScope scope) throws IOException {
    listener.setSoTimeout(PATIENCE_MILLIS);
    return new Peer(listener.accept(), scope);
  }

  /** Listens for sockets that connect. */
  public static ServerSocket listen(InetSocketAddress at, TestScope scope) throws IOException {
    return listen(at, 0, scope);
  }

  /** Listens for sockets that connect, with a small receive buffer for each. */
  public static ServerSocket listen(InetSocketAddress at, int receiveBuffer, TestScope scope)
      throws IOException {
    ServerSocket listener = new ServerSocket();
    scope.closing(listener);
    if (receiveBuffer > 0) {
      listener.setReceiveBufferSize(receiveBuffer);
    }
    listener.bind(at);
    return listener;
  }

  /** {@return an address where connects wait: nobody takes the connections of a full listener} */
  public static InetSocketAddress busy(InetSocketAddress at, TestScope scope) throws IOException {
    ServerSocket listener = new ServerSocket();
    scope.closing(listener);
    listener.bind(at, 1);
    InetSocketAddress address = (InetSocketAddress) listener.getLocalSocketAddress();
    for (int i = 0; i < 2; i++) {
      connect(address, scope);
    }
    return address;
  }

  /** {@return its address} */
  public InetSocketAddress localAddress() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /** {@return the address of the other end} */
  public InetSocketAddress remoteAddress() {
    return (InetSocketAddress) socket.getRemoteSocketAddress();
  }

  /** {@return the socket} */
  Socket socket() {
    return socket;
  }

  /** Sends bytes. */
  public void send(byte... bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** {@return so many bytes, or fewer if the stream ends} */
  public byte[] read(int count) throws IOException {
    return socket.getInputStream().readNBytes(count);
  }

  /** {@return all bytes up to the end of the stream} */
  public byte[] readAll() throws IOException {
    return socket.getInputStream().readAllBytes();
  }

  /** {@return whether the next thing to be read is a reset} */
  public boolean isReset() throws IOException {
    if (resetAtOnce) {
      return true;
    }
    try {
      socket.getInputStream().readAllBytes();
      return false;
    } catch (SocketException e) {
      return saysReset(e);
    }
  }

  private static boolean saysReset(IOException e) {
    return String.valueOf(e.getMessage()).contains("reset");
  }

  /** {@return how many bytes can be read at once} */
  public int available() {
    try {
      return socket.getInputStream().available();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the sending side. */
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Resets the connection. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
