package org.wsk4j.contract.nmr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The callbacks of all modules of a test, in the order in which they began. */
final class Journal {
  /**
   * One callback.
   *
   * @param what module and callback, such as {@code c.detach}
   * @param arguments what it was called with
   * @param thread where it ran
   */
  record Call(String what, List<Object> arguments, Thread thread) {
    Object argument(int index) {
      return arguments.get(index);
    }
  }

  private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());

  void add(String what, Object... arguments) {
    List<Object> copy = Collections.unmodifiableList(Arrays.asList(arguments.clone()));
    calls.add(new Call(what, copy, Thread.currentThread()));
  }

  /** All callbacks so far by name. */
  List<String> names() {
    return calls().stream().map(Call::what).toList();
  }

  List<Call> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  /** Those of one callback. */
  List<Call> calls(String what) {
    return calls().stream().filter(call -> call.what().equals(what)).toList();
  }

  /** The only one of one callback. */
  Call only(String what) {
    List<Call> found = calls(what);
    if (found.size() != 1) {
      throw new AssertionError(what + " was called " + found.size() + " times: " + names());
    }
    return found.get(0);
  }

  int count(String what) {
    return calls(what).size();
  }

  void clear() {
    calls.clear();
  }
}
