package org.wsk4j.benchmarks.run;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.wsk4j.benchmarks.server.ServerWork;

/**
 * A server that can be measured.
 *
 * @param name how it is called on the command line and in the reports
 * @param family what it is built with
 * @param transport how it asks the system; empty where there is no choice
 */
record ServerKind(String name, String family, String transport) {
  static final String WSK = "wsk4j";
  static final String NETTY = "netty";
  static final String C = "c";

  private static final Set<ServerWork> TURNS =
      EnumSet.of(ServerWork.PING, ServerWork.PING_POSTED, ServerWork.ECHO);

  /**
   * {@return all there are}
   *
   * @param transports those of wsk4j and of Netty
   */
  static List<ServerKind> all(List<String> transports) {
    List<ServerKind> all = new ArrayList<>();
    for (String transport : transports) {
      all.add(new ServerKind(WSK + "-" + transport, WSK, transport));
      all.add(new ServerKind(NETTY + "-" + transport, NETTY, transport));
    }
    for (String other : List.of(C, "vertx", "aio", "virtual-threads")) {
      all.add(new ServerKind(other, other, ""));
    }
    return List.copyOf(all);
  }

  /** {@return whether it can do that} */
  boolean does(Work work) {
    ServerWork wanted = work.serverWork();
    return switch (family) {
      case WSK, NETTY -> true;
      case C -> work.loops() == 1 && wanted != ServerWork.PING_CROSS;
      case "vertx" -> TURNS.contains(wanted) || wanted == ServerWork.PING_EACH;
      case "aio" -> TURNS.contains(wanted);
      default -> work.loops() == 1 && TURNS.contains(wanted);
    };
  }

  /** {@return whether a name of the command line means it: its own, or that of its family} */
  boolean isMeantBy(String wanted) {
    return name.equals(wanted) || family.equals(wanted);
  }

  boolean isJava() {
    return !family.equals(C);
  }

  /** {@return the name of the Netty server with the same transport} */
  String plainNetty() {
    return NETTY + "-" + transport;
  }
}
