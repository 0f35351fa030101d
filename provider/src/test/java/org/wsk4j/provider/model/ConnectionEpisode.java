package org.wsk4j.provider.model;

import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The life of one connection: it comes to be, random things happen at both ends, and it ends, in
 * order or not. In the end every byte that had to come has come, every request has completed, every
 * socket is closed, and nothing is kept.
 */
final class ConnectionEpisode implements Episode {
  private static final int LEAST = 30;
  private static final int MORE = 130;

  /** On a connection that is broken there is not so much to see. */
  private static final int AFTER_BREAK = 12;

  private enum Phase {
    OPERATING,
    ENDING,
    DROPPING,
    OVER
  }

  private final long seed;
  private final Journal journal;
  private final Elsewhere elsewhere;
  private final End near;
  private final End far;
  private final Connecting connecting;
  private int left;
  private int done;
  private Phase phase = Phase.OPERATING;
  private Patience patience = new Patience();
  private long moved;

  /**
   * Makes one and connects.
   *
   * @param seed decides everything
   * @param most how many operations at most are done at the ends
   */
  ConnectionEpisode(Setting setting, long seed, int most) {
    this.seed = seed;
    journal = new Journal(setting.operations());
    elsewhere = new Elsewhere(setting.elsewhere());
    Dice dice = Dice.of(seed, 0);
    int plain = dice.below(3);
    near = plain == 0 ? plain("near", dice) : wsk("near", dice);
    far = plain == 1 ? plain("far", dice) : wsk("far", dice);
    End.join(near, far);
    left = Math.min(most, LEAST + dice.below(MORE));
    connecting = new Connecting(setting.client(), journal, dice, elsewhere, near, far);
    try {
      next(connecting.connect() ? Phase.OPERATING : Phase.DROPPING);
    } catch (IOException | RuntimeException | AssertionError e) {
      journal.violation(e);
    }
  }

  private End plain(String name, Dice dice) {
    return new PlainEnd(name, dice.seed(), journal);
  }

  private End wsk(String name, Dice dice) {
    return new WskEnd(name, dice.seed(), journal, elsewhere);
  }

  @Override
  public long seed() {
    return seed;
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public boolean isOver() {
    return phase == Phase.OVER;
  }

  @Override
  public boolean step() {
    switch (phase) {
      case OPERATING -> operate();
      case ENDING -> end();
      case DROPPING -> drop();
      default -> {}
    }
    return phase == Phase.OPERATING;
  }

  private void operate() {
    if (near.model().mayBeBroken() || far.model().mayBeBroken()) {
      left = Math.min(left, AFTER_BREAK);
    }
    if (left-- <= 0) {
      next(Dice.of(seed, 1).oneIn(3) ? Phase.DROPPING : Phase.ENDING);
      return;
    }
    Dice dice = Dice.of(seed, 2, done++);
    if (dice.oneIn(100)) {
      connecting.closeListeners();
    }
    journal.guarded(() -> (dice.oneIn(2) ? near : far).operate(dice));
  }

  private void next(Phase following) {
    phase = following;
    patience = new Patience();
    journal.note(following.toString());
  }

  private boolean endBothInOrder() {
    boolean nearEnded = near.endInOrder();
    return far.endInOrder() && nearEnded;
  }

  private void end() {
    boolean broken = near.model().mayBeBroken() || far.model().mayBeBroken();
    if (broken || (elsewhere.isIdle() && endBothInOrder())) {
      next(Phase.DROPPING);
    } else {
      hurry();
    }
  }

  private void drop() {
    near.drop(Dice.of(seed, 3));
    far.drop(Dice.of(seed, 4));
    connecting.closeListeners();
    if (elsewhere.isIdle() && unfinished() == null) {
      near.out().checkEnd();
      far.out().checkEnd();
      phase = Phase.OVER;
    } else {
      hurry();
    }
  }

  private @Nullable String unfinished() {
    return Stream.of(near.unfinished(), far.unfinished(), connecting.unfinished())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** As long as bytes arrive it goes on. */
  private void hurry() {
    long arrived = near.out().taken() + far.out().taken();
    if (arrived != moved) {
      moved = arrived;
      patience = new Patience();
    }
    if (patience.isExhausted()) {
      journal.violation(
          "%s does not end: %s; %d bytes came from near, %d from far"
              .formatted(phase, unfinished(), near.out().taken(), far.out().taken()));
    }
  }

  @Override
  public void abandon() {
    phase = Phase.DROPPING;
    Patience.await(
        () -> {
          step();
          return isOver() || patience.isExhausted();
        });
  }
}
