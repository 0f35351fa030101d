package org.wsk4j.provider.testing;

import java.io.FileInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * All descriptors that the process may still open, taken until this is closed.
 *
 * <p>The virtual machine itself opens files now and then for a moment; so what is given back
 * shortly after is taken too.
 */
public final class AllDescriptors implements AutoCloseable {
  private static final int ROUNDS = 20;
  private static final Duration BETWEEN = Duration.ofMillis(2);

  private final List<FileInputStream> taken = new ArrayList<>(1000);

  private AllDescriptors() {}

  /** Takes them. */
  public static AllDescriptors take() {
    AllDescriptors all = new AllDescriptors();
    for (int i = 0; i < ROUNDS; i++) {
      all.takeRest();
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
    return all;
  }

  private void takeRest() {
    while (true) {
      try {
        taken.add(new FileInputStream("/dev/null"));
      } catch (IOException none) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (FileInputStream file : taken) {
      file.close();
    }
  }
}
