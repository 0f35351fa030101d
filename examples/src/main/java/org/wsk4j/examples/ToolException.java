package org.wsk4j.examples;

/** Ends a tool with a message for people: a sentence that says what failed and what to try. */
final class ToolException extends Exception {
  private static final long serialVersionUID = 1L;

  ToolException(String message) {
    super(message);
  }
}
