package org.wsk4j.provider.testing;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for tests that bind several addresses of one port, or another program's port. They are none
 * of those that the system chooses by itself, so nobody comes in between, and each is given once.
 */
public final class ClaimedPorts {
  private static final int FIRST = 12_000;
  private static final int COUNT = 18_000;

  /** Processes that run at the same time start at different places. */
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 331 % COUNT));

  private ClaimedPorts() {}

  /** {@return a port that nobody uses at any address} */
  public static int next() {
    for (int tried = 0; tried < COUNT; tried++) {
      int port = FIRST + NEXT.getAndIncrement() % COUNT;
      if (isFree(port)) {
        return port;
      }
    }
    throw new AssertionError("no port is free");
  }

  private static boolean isFree(int port) {
    InetSocketAddress any = new InetSocketAddress(port);
    try (ServerSocket tcp = new ServerSocket();
        DatagramSocket udp = new DatagramSocket(null)) {
      tcp.setReuseAddress(false);
      tcp.bind(any);
      udp.bind(any);
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
