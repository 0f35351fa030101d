package org.wsk4j.examples;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A peer made of the JDK's own sockets: serves one connection on a thread of its own. */
final class PlainServer implements Closeable {
  private final ServerSocket listener;

  /** What is done with the connection, which is closed afterwards. */
  interface Service {
    void serve(Socket connection) throws Exception;
  }

  PlainServer(Service service) throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    Thread thread = new Thread(() -> serve(service), "plain-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Service service) {
    try (Socket connection = listener.accept()) {
      service.serve(connection);
    } catch (Exception ended) {
      // A client that has seen enough closes, and what it says of the peer is what a test looks at.
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
