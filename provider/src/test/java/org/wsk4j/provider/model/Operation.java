package org.wsk4j.provider.model;

import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.socket.WskFlags;

/** What can be done at a WSK end of a connection, and how often it is. */
enum Operation {
  SEND(24) {
    @Override
    void perform(WskEnd end, Dice dice) {
      int flags = dice.oneIn(4) ? WskFlags.NODELAY : 0;
      end.sends().send(dice, flags, dice.bytes(Dice.MOST_BYTES));
    }
  },
  RECEIVE(22) {
    @Override
    void perform(WskEnd end, Dice dice) {
      end.receives().post(dice, 0, 1 + dice.bytes(Dice.MOST_BYTES));
    }
  },
  RECEIVE_ALL(5) {
    @Override
    void perform(WskEnd end, Dice dice) {
      end.receives().post(dice, WskFlags.WAITALL, dice.bytes(1 << 14));
    }
  },
  RECEIVE_NOTHING(4) {
    @Override
    void perform(WskEnd end, Dice dice) {
      end.receives().post(dice, 0, 0);
    }
  },
  DRAIN(1) {
    @Override
    void perform(WskEnd end, Dice dice) {
      if (dice.oneIn(4)) {
        end.receives().post(dice, WskFlags.DRAIN, 0);
      }
    }
  },
  ENABLE(8) {
    @Override
    void perform(WskEnd end, Dice dice) {
      int events = Callbacks.RECEIVE;
      events |= dice.oneIn(2) ? Callbacks.DISCONNECT : 0;
      events |= dice.oneIn(3) ? Callbacks.BACKLOG : 0;
      end.controls().enable(events, dice.oneIn(3));
    }

    @Override
    boolean isFreeOfOrder() {
      return true;
    }
  },
  DISABLE(5) {
    @Override
    void perform(WskEnd end, Dice dice) {
      int event =
          switch (dice.below(4)) {
            case 0 -> Callbacks.DISCONNECT;
            case 1 -> Callbacks.BACKLOG;
            default -> Callbacks.RECEIVE;
          };
      end.controls().disable(event, dice.oneIn(2));
    }

    @Override
    boolean isFreeOfOrder() {
      return true;
    }
  },
  CANCEL(9) {
    @Override
    void perform(WskEnd end, Dice dice) {
      Request pending = end.requests().cancellable(dice);
      if (pending != null) {
        pending.cancel();
      }
    }

    @Override
    boolean isFreeOfOrder() {
      return true;
    }
  },
  RELEASE(9) {
    @Override
    void perform(WskEnd end, Dice dice) {
      end.retained().releaseOne(end.socket(), dice);
    }

    @Override
    boolean isFreeOfOrder() {
      return true;
    }
  },
  RELEASE_ELSEWHERE(1) {
    @Override
    void perform(WskEnd end, Dice dice) {
      if (end.far() instanceof WskEnd other) {
        WskConnectionSocket stranger = other.socketOrNull();
        if (stranger != null) {
          end.retained().offerTo(stranger);
        }
      }
    }
  },
  QUERY(4) {
    @Override
    void perform(WskEnd end, Dice dice) {
      end.controls().query(dice);
    }

    @Override
    boolean isFreeOfOrder() {
      return true;
    }
  },
  OPTION(3) {
    @Override
    void perform(WskEnd end, Dice dice) {
      end.controls().setOption(dice);
    }

    @Override
    boolean isFreeOfOrder() {
      return true;
    }
  },
  WRONG(2) {
    @Override
    void perform(WskEnd end, Dice dice) {
      end.controls().wrong(dice);
    }
  },
  DISCONNECT(2) {
    @Override
    void perform(WskEnd end, Dice dice) {
      if (dice.oneIn(3)) {
        end.sends().disconnect(dice.oneIn(2) ? dice : null);
      }
    }
  },
  BREAK(1) {
    @Override
    void perform(WskEnd end, Dice dice) {
      if (dice.oneIn(6)) {
        end.sends().abort();
      } else if (dice.oneIn(4)) {
        end.close();
      }
    }

    @Override
    boolean isFreeOfOrder() {
      return true;
    }
  };

  private static final int ALL = total();

  private final int weight;

  Operation(int weight) {
    this.weight = weight;
  }

  /** Does it. */
  abstract void perform(WskEnd end, Dice dice);

  /** {@return whether it may be done on any thread, at any time} */
  boolean isFreeOfOrder() {
    return false;
  }

  /** {@return one of them} */
  static Operation any(Dice dice) {
    int rest = dice.below(ALL);
    for (Operation each : values()) {
      rest -= each.weight;
      if (rest < 0) {
        return each;
      }
    }
    throw new AssertionError(rest);
  }

  private static int total() {
    int sum = 0;
    for (Operation each : values()) {
      sum += each.weight;
    }
    return sum;
  }
}
