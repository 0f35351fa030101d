package org.wsk4j.provider.model;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The foreign end of a connection: a channel of the JDK that never waits.
 *
 * <p>Threads: the driving one.
 */
final class PlainEnd extends End {
  private static final int MOST_READ = Dice.MOST_BYTES;

  private @Nullable SocketChannel channel;
  private boolean outputEnded;
  private boolean inputEnded;
  private boolean broken;

  PlainEnd(String name, long seed, Journal journal) {
    super(name, seed, journal);
  }

  /** Has got its connection. */
  void attach(SocketChannel connected) throws IOException {
    connected.configureBlocking(false);
    connected.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel = connected;
  }

  @Override
  void operate(Dice dice) {
    int kind = dice.below(100);
    if (kind < 48) {
      write(dice.bytes(Dice.MOST_BYTES));
    } else if (kind < 97) {
      read(dice.bytes(MOST_READ) + 1);
    } else if (kind < 99) {
      endOutput();
    } else if (dice.oneIn(3)) {
      reset();
    }
  }

  private void write(int count) {
    if (outputEnded || broken) {
      return;
    }
    journal().operation(name() + " writes " + count);
    ByteStream out = out();
    synchronized (out) {
      ByteStream.Piece piece = out.append(count);
      out.shorten(piece, Math.max(0, io(open -> open.write(ByteBuffer.wrap(piece.bytes())))));
    }
  }

  private int read(int count) {
    if (inputEnded || broken) {
      return -1;
    }
    ByteBuffer memory = ByteBuffer.allocate(count);
    int got = io(open -> open.read(memory));
    if (got != 0) {
      journal().operation(name() + " reads " + count + ": " + got);
    }
    if (got > 0) {
      in().take(memory.array(), got);
    } else if (got < 0 && !broken) {
      inputEnded = true;
      journal().note(name() + " has read to the end");
      journal().require(model().mayFarHaveEnded(), name() + ": the end, though nobody ended");
      in().end();
    }
    return got;
  }

  private void endOutput() {
    if (outputEnded || broken) {
      return;
    }
    journal().operation(name() + " ends its output");
    outputEnded = true;
    far().model().farEnds();
    io(
        open -> {
          open.shutdownOutput();
          return 0;
        });
  }

  private void reset() {
    if (broken) {
      return;
    }
    journal().operation(name() + " resets");
    far().model().farBreaks();
    io(
        open -> {
          open.setOption(StandardSocketOptions.SO_LINGER, 0);
          return 0;
        });
    close();
  }

  private void close() {
    broken = true;
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      journal().violation(e);
    }
  }

  private interface Io {
    int on(SocketChannel open) throws IOException;
  }

  private int io(Io action) {
    if (channel == null || broken) {
      return -1;
    }
    try {
      return action.on(channel);
    } catch (IOException e) {
      journal().note(name() + ": " + e.getMessage());
      boolean expected = model().mayFarHaveBroken() || model().mayBeBroken();
      journal().require(expected, name() + " is broken, though nobody broke it: " + e);
      broken = true;
      return -1;
    }
  }

  @Override
  boolean endInOrder() {
    if (!broken) {
      endOutput();
      while (read(MOST_READ) > 0) {
        Thread.onSpinWait();
      }
    }
    return broken || inputEnded;
  }

  @Override
  void drop(Dice dice) {
    if (channel != null && channel.isOpen()) {
      journal().operation(name() + " closes");
      if (!outputEnded || !inputEnded) { // the system says one or the other
        far().model().farEnds();
        far().model().farBreaks();
      }
      close();
    }
  }

  @Override
  @Nullable String unfinished() {
    return null;
  }
}
