package org.wsk4j.provider.model;

import org.jspecify.annotations.Nullable;

/** One end of a connection: what it knows, what it sends, and what it gets. */
abstract class End {
  private final String name;
  private final Journal journal;
  private final SocketModel model = new SocketModel();
  private final ByteStream out;
  private @Nullable End far;

  End(String name, long seed, Journal journal) {
    this.name = name;
    this.journal = journal;
    out = new ByteStream("from " + name, seed, journal);
  }

  /** Makes two ends the ends of one connection. */
  static void join(End one, End other) {
    one.far = other;
    other.far = one;
  }

  final String name() {
    return name;
  }

  final Journal journal() {
    return journal;
  }

  final SocketModel model() {
    return model;
  }

  final End far() {
    if (far == null) {
      throw new IllegalStateException(name + " has no other end");
    }
    return far;
  }

  /** {@return what it sends} */
  final ByteStream out() {
    return out;
  }

  /** {@return what it gets} */
  final ByteStream in() {
    return far().out;
  }

  /** Does something at random. */
  abstract void operate(Dice dice);

  /** Goes on to end the connection in order; {@return whether both directions have ended here} */
  abstract boolean endInOrder();

  /** Ends without any order, and gives everything back. */
  abstract void drop(Dice dice);

  /** {@return what is not over at this end, or {@code null}} */
  abstract @Nullable String unfinished();

  @Override
  public final String toString() {
    return name;
  }
}
