package org.wsk4j.benchmarks.server;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;

/** Vert.x on its native transport. */
final class VertxServer implements BenchmarkServer {
  private static final Buffer ANSWERS = Buffer.buffer(bytes(4096));

  @Override
  public int start(ServerWork work, int loops) throws Exception {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops).setPreferNativeTransport(true));
    NetServer server =
        vertx.createNetServer(
            new NetServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                .setTcpNoDelay(true)
                .setAcceptBacklog(4096));
    server.connectHandler(socket -> serve(socket, work));
    return server.listen().await(10, TimeUnit.SECONDS).actualPort();
  }

  private static void serve(NetSocket socket, ServerWork work) {
    socket.exceptionHandler(gone -> {});
    if (work == ServerWork.ECHO) {
      socket.handler(socket::write);
      return;
    }
    PingCounter counter = new PingCounter();
    socket.handler(
        received -> answer(socket, count(counter, received), work == ServerWork.PING_EACH));
  }

  private static int count(PingCounter counter, Buffer received) {
    ByteBuf data = ((BufferInternal) received).getByteBuf();
    return counter.count(data.nioBuffer());
  }

  private static void answer(NetSocket socket, int requests, boolean each) {
    if (each) {
      for (int i = 0; i < requests; i++) {
        socket.write(ANSWERS.slice(0, PingCounter.ANSWER_BYTES));
      }
    } else if (requests > 0) {
      socket.write(ANSWERS.slice(0, requests * PingCounter.ANSWER_BYTES));
    }
  }

  private static byte[] bytes(int answers) {
    byte[] bytes = new byte[answers * PingCounter.ANSWER_BYTES];
    PingCounter.answers(answers).get(bytes);
    return bytes;
  }
}
