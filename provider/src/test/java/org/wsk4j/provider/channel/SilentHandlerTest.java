package org.wsk4j.provider.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wsk4j.contract.Rule;

class SilentHandlerTest {
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger gone = new AtomicInteger();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new ChannelOutboundHandlerAdapter() {
            @Override
            public void read(ChannelHandlerContext context) {
              reads.incrementAndGet();
            }
          },
          new SilentHandler(gone::incrementAndGet));

  @BeforeEach
  void readOnDemand() {
    channel.config().setAutoRead(false);
    reads();
  }

  @AfterEach
  void close() {
    channel.close();
  }

  /** The reads that were asked for since the last look. */
  private int reads() {
    return reads.getAndSet(0);
  }

  @Test
  @Rule("DSC-51")
  void shouldThrowAwayWhatArrivesAndReadOn() {
    for (int i = 0; i < 3; i++) {
      ByteBuf data = Unpooled.buffer().writeByte(i);
      channel.pipeline().fireChannelRead(data);
      assertThat(data.refCnt()).isZero();
      assertThat(reads()).isZero();
      channel.pipeline().fireChannelReadComplete();
      assertThat(reads()).isOne();
    }
    assertThat(channel.inboundMessages()).isEmpty();
  }

  @Test
  void shouldReadNoMoreWhenThePeerHasEndedItsSide() {
    channel.pipeline().fireUserEventTriggered("something else");
    channel.pipeline().fireChannelReadComplete();
    assertThat(reads()).isOne();
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    channel.pipeline().fireChannelReadComplete();
    assertThat(reads()).isZero();
    assertThat(channel.isOpen()).isTrue();
    assertThat(gone).hasValue(0);
  }

  @Test
  void shouldLetTheChannelGoWhenTheConnectionIsLost() {
    channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
    assertThat(channel.isOpen()).isFalse();
    assertThat(gone).hasValue(1);
    channel.pipeline().fireChannelReadComplete();
    assertThat(reads()).isZero();
  }
}
