package org.wsk4j.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The process of one server: {@code ServerMain KIND WORK LOOPS}. Says {@code port N} when it
 * listens; to each line {@code memory} on its standard input it answers {@code memory HEAP DIRECT},
 * in bytes and after a garbage collection, and to {@code allocated} what its other threads have
 * allocated so far; at the end of its input it ends.
 */
public final class ServerMain {
  private ServerMain() {}

  /**
   * Serves until standard input ends.
   *
   * @param args the kind, the work and the count of event loops
   * @throws Exception if the server cannot be started
   */
  public static void main(String[] args) throws Exception {
    BenchmarkServer server = server(args[0], args.length > 3 ? args[3] : "");
    int port = server.start(ServerWork.of(args[1]), Integer.parseInt(args[2]));
    System.out.println("port " + port);
    answerCommands();
    Runtime.getRuntime().halt(0);
  }

  private static BenchmarkServer server(String kind, String transport) {
    return switch (kind) {
      case "wsk4j" -> new WskServer();
      case "netty" -> new NettyServer(transport);
      case "vertx" -> new VertxServer();
      case "aio" -> new AsynchronousServer();
      case "virtual-threads" -> new ThreadServer();
      default -> throw new IllegalArgumentException("no such server: " + kind);
    };
  }

  private static void answerCommands() throws IOException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      if (line.equals("allocated")) {
        System.out.println("allocated " + Allocations.ofOtherThreads());
      } else if (line.equals("memory")) {
        MemoryUse use = MemoryUse.afterCollection();
        System.out.println("memory " + use.heap() + " " + use.direct());
      }
    }
  }
}
