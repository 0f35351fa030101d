package org.wsk4j.examples;

import java.util.List;
import org.wsk4j.testing.LeakCheck;

/** The first program of the process starts the provider, whose event loops stay for all others. */
public final class ProviderLoops implements LeakCheck {
  /** Made by the service loader. */
  public ProviderLoops() {}

  @Override
  public Probe open() {
    return List::of;
  }

  @Override
  public List<String> lastingThreads() {
    return List.of("wsk4j-");
  }
}
