package org.wsk4j.provider.transport;

import io.netty.util.concurrent.FastThreadLocalThread;
import org.wsk4j.nt.DispatchLevel;

/** The thread of an event loop: at dispatch level for its whole life. */
final class LoopThread extends FastThreadLocalThread implements DispatchLevel.Bound {
  private final DispatchLevel dispatchLevel = new DispatchLevel(true);

  LoopThread(Runnable loop, String name) {
    super(loop, name);
    setDaemon(true);
  }

  @Override
  public DispatchLevel dispatchLevel() {
    return dispatchLevel;
  }
}
