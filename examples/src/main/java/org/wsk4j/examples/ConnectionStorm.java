package org.wsk4j.examples;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How does a program run many connections from one thread? It starts them all, waits until each has
 * had its line back or has failed, ends them all, and waits again; {@link StormConnection} is one
 * of them.
 *
 * <p>With fewer in parallel than there are in all, this is done in waves.
 */
final class ConnectionStorm {
  private final WskProgram program;
  private final InetSocketAddress server;
  private final Duration timeout;

  private final List<StormConnection> done = new ArrayList<>();
  private int mostOpen;

  /**
   * Makes a storm that has not begun.
   *
   * @param program the program
   * @param server the echo server
   * @param timeout how long each step of a wave may take
   */
  ConnectionStorm(WskProgram program, InetSocketAddress server, Duration timeout) {
    this.program = program;
    this.server = server;
    this.timeout = timeout;
  }

  /**
   * How long a step took, in ascending order.
   *
   * @param nanos the times of all connections that did it, in nanoseconds
   */
  record Times(List<Long> nanos) {
    /** {@return the time within which a part of the connections did it, in milliseconds} */
    double atQuantile(double part) {
      int index = (int) Math.ceil(part * nanos.size()) - 1;
      return nanos.get(Math.max(0, index)) / 1e6;
    }
  }

  /**
   * What came of it.
   *
   * @param connections how many were tried
   * @param succeeded how many connected, got their line back and ended in order
   * @param mostOpen how many were connected at the same time
   * @param seconds how long all took
   * @param connect how long connecting took
   * @param echo how long the line took
   * @param failures how often each failure occurred
   */
  record Result(
      int connections,
      int succeeded,
      int mostOpen,
      double seconds,
      Times connect,
      Times echo,
      Map<String, Integer> failures) {}

  /**
   * Runs.
   *
   * @param connections how many connections in all
   * @param parallel how many at the same time
   */
  Result run(int connections, int parallel) throws InterruptedException {
    long start = System.nanoTime();
    for (int left = connections; left > 0; left -= Math.min(parallel, left)) {
      wave(Math.min(parallel, left));
    }
    return result((System.nanoTime() - start) / 1e9);
  }

  private void wave(int count) throws InterruptedException {
    CountDownLatch answered = new CountDownLatch(count);
    CountDownLatch closed = new CountDownLatch(count);
    List<StormConnection> wave = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      wave.add(new StormConnection(program, "line %d%n".formatted(i), answered, closed));
    }
    wave.forEach(connection -> connection.start(server));
    answered.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    mostOpen = Math.max(mostOpen, (int) program.outstanding().sockets());
    wave.forEach(StormConnection::end);
    if (!closed.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      wave.forEach(StormConnection::giveUp);
      closed.await();
    }
    done.addAll(wave);
  }

  private Result result(double seconds) {
    Map<String, Integer> failures = new TreeMap<>();
    int succeeded = 0;
    for (StormConnection connection : done) {
      String failure = connection.failure();
      if (failure == null) {
        succeeded++;
      } else {
        failures.merge(failure, 1, Integer::sum);
      }
    }
    return new Result(
        done.size(),
        succeeded,
        mostOpen,
        seconds,
        times(done.stream().mapToLong(StormConnection::connectNanos).toArray()),
        times(done.stream().mapToLong(StormConnection::echoNanos).toArray()),
        failures);
  }

  private static Times times(long[] nanos) {
    return new Times(Arrays.stream(nanos).filter(time -> time > 0).sorted().boxed().toList());
  }
}
