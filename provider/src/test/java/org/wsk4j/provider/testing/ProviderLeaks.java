package org.wsk4j.provider.testing;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.wsk4j.testing.LeakCheck;

/** What tests of the provider must not leave behind: buffers of Netty. Event loops stay. */
public final class ProviderLeaks implements LeakCheck {
  /** Made as a service. */
  public ProviderLeaks() {}

  @Override
  public Probe open() {
    Set<Object> before = BufferWatch.open();
    return () -> {
      Set<Object> after = new HashSet<>(BufferWatch.open());
      after.removeAll(before);
      return after.stream().map(one -> "the buffer " + one).toList();
    };
  }

  @Override
  public List<String> lastingThreads() {
    return List.of("wsk4j-");
  }
}
