package org.wsk4j.provider.stats;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/**
 * A callback or completion routine of a client that held its event loop for long. How long is too
 * long is the threshold of the recording, 10 ms unless it says otherwise.
 *
 * <p>{@link #start} and {@link #finish} stand around every callback; while nobody records they cost
 * nothing, the object included. Used by one thread.
 */
@Name("org.wsk4j.SlowCallback")
@Label("Slow Callback")
@Category("wsk4j")
@Description("A callback or completion routine that held its event loop for long")
@StackTrace(false)
@Threshold("10 ms")
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
public final class SlowCallbackEvent extends Event {
  @Label("Callback")
  private @Nullable String callback;

  @Label("Socket")
  private @Nullable String socket;

  private SlowCallbackEvent() {}

  /** {@return a callback that begins now} */
  public static SlowCallbackEvent start() {
    SlowCallbackEvent event = new SlowCallbackEvent();
    event.begin();
    return event;
  }

  /**
   * Ends the callback; it is recorded if it took too long.
   *
   * @param what the name of the callback
   * @param on the socket it was about, or {@code null}; asked for its text only if recorded
   */
  public void finish(String what, @Nullable Object on) {
    end();
    if (shouldCommit()) {
      callback = what;
      socket = Texts.of(on);
      commit();
    }
  }
}
