package org.wsk4j.provider.testing;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.Extension;

/**
 * Counts every buffer of Netty from its allocation to its last release, so that a leak shows at
 * once and not when the garbage collector finds it. JUnit makes it before any test, and so before
 * Netty asks for its leak detector.
 */
public final class BufferWatch implements Extension {
  private static final Set<Tracker<?>> OPEN = ConcurrentHashMap.newKeySet();
  private static final int FRAMES = 12;

  /** Made by JUnit. */
  public BufferWatch() {
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new Factory());
  }

  /** {@return the resources that are open now} */
  static Set<Object> open() {
    return Set.copyOf(OPEN);
  }

  private static final class Factory extends ResourceLeakDetectorFactory {
    @Override
    @Deprecated
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int samplingInterval, long maxActive) {
      return new Detector<>(resource, samplingInterval);
    }

    @Override
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int samplingInterval) {
      return new Detector<>(resource, samplingInterval);
    }
  }

  private static final class Detector<T> extends ResourceLeakDetector<T> {
    Detector(Class<?> resource, int samplingInterval) {
      super(resource, samplingInterval);
    }

    @Override
    public ResourceLeakTracker<T> track(T resource) {
      return trackForcibly(resource);
    }

    @Override
    public ResourceLeakTracker<T> trackForcibly(T resource) {
      Tracker<T> tracker = new Tracker<>(String.valueOf(resource));
      OPEN.add(tracker);
      return tracker;
    }
  }

  private static final class Tracker<T> implements ResourceLeakTracker<T> {
    private final String what;
    private final List<StackWalker.StackFrame> made =
        StackWalker.getInstance().walk(frames -> frames.skip(3).limit(FRAMES).toList());

    Tracker(String what) {
      this.what = what;
    }

    @Override
    public void record() {}

    @Override
    public void record(@Nullable Object hint) {}

    @Override
    public boolean close(T resource) {
      return OPEN.remove(this);
    }

    @Override
    public String toString() {
      List<String> at = new ArrayList<>();
      made.forEach(frame -> at.add(frame.toString()));
      return what + " allocated at " + at;
    }
  }
}
