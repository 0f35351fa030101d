package org.wsk4j.provider.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import org.wsk4j.provider.core.ReceiveQueue;

/**
 * Reading by demand: one read is asked for at a time, while the receive queue wants data, and it
 * goes no further than the queue has room. What it does not read stays with the system, and the
 * peer's window closes.
 *
 * <p>Threads: owned by the event loop of the connection.
 */
final class ReadDemand {
  private final Endpoint endpoint;
  private final ReceiveQueue receives;

  private boolean reading;

  ReadDemand(Endpoint endpoint, ReceiveQueue receives) {
    this.endpoint = endpoint;
    this.receives = receives;
  }

  /** Asks for a read, if data is wanted and none is under way. */
  void readOn() {
    if (!reading && receives.wantsData() && endpoint.isOpen()) {
      reading = true;
      endpoint.channel().read();
    }
  }

  /** Whether a read was asked for before. */
  void begun(boolean underWay) {
    reading = underWay;
  }

  /** The read that was asked for is over. */
  void ended() {
    reading = false;
  }

  /** Bounds what one read of a channel brings; before the first one. */
  void bound(Channel channel) {
    ChannelConfig config = channel.config();
    RecvByteBufAllocator sizes = config.getRecvByteBufAllocator();
    config.setRecvByteBufAllocator(
        new RecvByteBufAllocator() {
          @Override
          public ExtendedHandle newHandle() {
            return new Bounded((ExtendedHandle) sizes.newHandle());
          }
        });
  }

  /** Netty's own choice of sizes, which stops when the queue is full. */
  private final class Bounded implements RecvByteBufAllocator.ExtendedHandle {
    private final RecvByteBufAllocator.ExtendedHandle sizes;

    Bounded(RecvByteBufAllocator.ExtendedHandle sizes) {
      this.sizes = sizes;
    }

    @Override
    public boolean continueReading() {
      return receives.hasRoom() && sizes.continueReading();
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
      return receives.hasRoom() && sizes.continueReading(maybeMoreData);
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      return sizes.allocate(allocator);
    }

    @Override
    public int guess() {
      return sizes.guess();
    }

    @Override
    public void reset(ChannelConfig config) {
      sizes.reset(config);
    }

    @Override
    public void incMessagesRead(int count) {
      sizes.incMessagesRead(count);
    }

    @Override
    public void lastBytesRead(int bytes) {
      sizes.lastBytesRead(bytes);
    }

    @Override
    public int lastBytesRead() {
      return sizes.lastBytesRead();
    }

    @Override
    public void attemptedBytesRead(int bytes) {
      sizes.attemptedBytesRead(bytes);
    }

    @Override
    public int attemptedBytesRead() {
      return sizes.attemptedBytesRead();
    }

    @Override
    public void readComplete() {
      sizes.readComplete();
    }
  }
}
