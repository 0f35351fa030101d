package org.wsk4j.provider.resolve;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The way to the answer of one question. */
interface Search<T> {
  /**
   * Answers if nothing has to be looked up. Any thread; takes no time.
   *
   * @return the answer, or {@code null} if there is something to look up
   */
  @Nullable Answer<T> atOnce();

  /** {@return the answer if there is no more time to find one; on the thread of names} */
  Answer<T> late(Sources sources);

  /**
   * Looks up what has to be. On the thread of names.
   *
   * @param sources where to look
   * @param work tells when nobody wants the answer any more
   * @param end takes the answer, once, sooner or later
   */
  void begin(Sources sources, Work work, Consumer<Answer<T>> end);
}
