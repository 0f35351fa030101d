package org.wsk4j.provider.transport;

import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who lives on an event loop, and is told when the loop ends.
 *
 * <p>Threads: {@link #enter} and {@link #leave} from any thread.
 */
public final class LoopResidents {
  private static final Logger LOG = LoggerFactory.getLogger(LoopResidents.class);

  /** Each with whether it was told that the loop is about to end. */
  private final Map<LoopResident, Boolean> told = new ConcurrentHashMap<>();

  LoopResidents() {}

  /**
   * Takes somebody in.
   *
   * @param loop the loop
   * @param resident who will live there
   * @return whether the loop runs; if not, it may have ended unseen
   */
  public static boolean enter(EventLoop loop, LoopResident resident) {
    if (loop instanceof WskEventLoop ours) {
      ours.residents().told.put(resident, false);
    }
    return !loop.isShuttingDown();
  }

  /**
   * Lets somebody go, who will not be told of anything any more.
   *
   * @param loop the loop
   * @param resident who has lived there
   */
  public static void leave(EventLoop loop, LoopResident resident) {
    if (loop instanceof WskEventLoop ours) {
      ours.residents().told.remove(resident);
    }
  }

  /** On the loop, as often as somebody may have entered. */
  void loopEnding() {
    for (LoopResident resident : told.keySet()) {
      if (told.replace(resident, false, true)) {
        tell(resident::loopEnding);
      }
    }
  }

  /** What goes wrong with one of them does not keep the others from ending. */
  private static void tell(Runnable end) {
    try {
      end.run();
    } catch (RuntimeException | Error fault) {
      LOG.error("The end of an event loop could not be told", fault);
    }
  }

  /** When the loop has ended. */
  void loopEnded() {
    for (LoopResident resident : told.keySet()) {
      if (told.remove(resident) != null) {
        tell(resident::loopEnded);
      }
    }
  }
}
