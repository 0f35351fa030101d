package org.wsk4j.benchmarks.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What {@link NettyServer} does with what it receives. */
final class NettyHandlers {
  private NettyHandlers() {}

  /** {@return a handler for a new connection} */
  static ChannelHandler of(ServerWork work, @Nullable Executor elsewhere) {
    if (elsewhere != null) {
      return new CrossPings(elsewhere);
    }
    return switch (work) {
      case PING, PING_POSTED -> new Pings();
      case PING_EACH -> new SinglePings();
      default -> new Echo();
    };
  }

  /** What breaks off is closed. */
  private abstract static class Handler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  /** Sends back what it receives, where it lies. */
  private static final class Echo extends Handler {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.write(message, context.voidPromise());
    }
  }

  /** Sends back each datagram. */
  static final class Datagrams extends Handler {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      DatagramPacket packet = (DatagramPacket) message;
      context.write(new DatagramPacket(packet.content(), packet.sender()), context.voidPromise());
    }
  }

  /** Counts the requests, and knows the answers. */
  private abstract static class Counting extends Handler {
    private final PingCounter counter = new PingCounter();

    final int count(Object message) {
      ByteBuf data = (ByteBuf) message;
      int requests =
          counter.count(data.internalNioBuffer(data.readerIndex(), data.readableBytes()));
      data.release();
      return requests;
    }

    static ByteBuf answers(Channel channel, int requests) {
      int bytes = requests * PingCounter.ANSWER_BYTES;
      ByteBuf answers = channel.alloc().directBuffer(bytes);
      Answers.write(answers, requests);
      return answers;
    }
  }

  /** One answer to all requests that came together. */
  private static final class Pings extends Counting {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      int requests = count(message);
      if (requests > 0) {
        context.write(answers(context.channel(), requests), context.voidPromise());
      }
    }
  }

  /** An answer to each request, gathered in one buffer until the end of what was read. */
  private static final class SinglePings extends Counting {
    private @Nullable ByteBuf gathered;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      int requests = count(message);
      for (int i = 0; i < requests; i++) {
        answer(context);
      }
    }

    private void answer(ChannelHandlerContext context) {
      ByteBuf room = gathered;
      if (room != null && room.writableBytes() < PingCounter.ANSWER_BYTES) {
        context.write(room, context.voidPromise());
        room = null;
      }
      if (room == null) {
        room = context.alloc().directBuffer(1024, 1024);
        gathered = room;
      }
      Answers.write(room, 1);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      ByteBuf last = gathered;
      if (last != null) {
        gathered = null;
        context.write(last, context.voidPromise());
      }
      context.flush();
    }
  }

  /** Answers from another thread: one task and one flush for all that came together. */
  private static final class CrossPings extends Counting {
    private final Executor elsewhere;

    CrossPings(Executor elsewhere) {
      this.elsewhere = elsewhere;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      int requests = count(message);
      if (requests > 0) {
        elsewhere.execute(() -> answer(context.channel(), requests));
      }
    }

    private static void answer(Channel channel, int requests) {
      channel.writeAndFlush(answers(channel, requests), channel.voidPromise());
    }
  }

  /** Memory with the answers to many requests. */
  private static final class Answers {
    private static final int MANY = 512;
    private static final ByteBuf MEMORY =
        Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(PingCounter.answers(MANY)));

    private Answers() {}

    static void write(ByteBuf target, int requests) {
      for (int left = requests; left > 0; left -= MANY) {
        target.writeBytes(MEMORY, 0, Math.min(left, MANY) * PingCounter.ANSWER_BYTES);
      }
    }
  }
}
