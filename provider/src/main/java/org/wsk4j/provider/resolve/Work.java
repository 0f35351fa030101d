package org.wsk4j.provider.resolve;

import io.netty.util.concurrent.Future;
import java.util.HashSet;
import java.util.Set;

/**
 * What is under way for one request, so that it can be given up.
 *
 * <p>Threads: that of names.
 */
final class Work {
  private final Set<Future<?>> exchanges = new HashSet<>();
  private boolean cancelled;
  private boolean ended;

  boolean isCancelled() {
    return cancelled;
  }

  /** Notes an exchange with a server until it has ended. */
  void track(Future<?> exchange) {
    exchanges.add(exchange);
    exchange.addListener(over -> exchanges.remove(exchange));
  }

  /** Notes that nothing is under way any more; {@return whether that was not so before} */
  boolean end() {
    boolean first = !ended;
    ended = true;
    cancel();
    return first;
  }

  /** Gives up what is under way; whoever waits for it is told. */
  void cancel() {
    cancelled = true;
    Set.copyOf(exchanges).forEach(exchange -> exchange.cancel(false));
  }
}
