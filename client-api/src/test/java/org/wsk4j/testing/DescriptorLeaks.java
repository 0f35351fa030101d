package org.wsk4j.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Descriptors that a test opened and that are still open, as far as the system lists them. Each
 * socket counts. Of the others, class loading and event loops open some for good at their first
 * use, so only many of them count.
 */
final class DescriptorLeaks implements LeakCheck {
  private static final Path LISTED = Path.of("/proc/self/fd");
  private static final int TOLERANCE = 64;

  DescriptorLeaks() {
    openWhatTheJdkKeeps();
  }

  @Override
  public Probe open() {
    if (!Files.isDirectory(LISTED)) {
      return List::of;
    }
    Map<String, String> before = descriptors();
    return () -> compare(before, descriptors());
  }

  private static List<String> compare(Map<String, String> before, Map<String, String> after) {
    List<String> left = new ArrayList<>();
    after.forEach(
        (what, number) -> {
          if (what.startsWith("socket:") && !before.containsKey(what)) {
            left.add("the " + what + ", descriptor " + number);
          }
        });
    if (left.isEmpty() && after.size() > before.size() + TOLERANCE) {
      left.add((after.size() - before.size()) + " descriptors, in all " + after);
    }
    return left;
  }

  /** What is open, with its number: {@code socket:[12345]} and the like, or the path of a file. */
  private static Map<String, String> descriptors() {
    Map<String, String> open = new TreeMap<>();
    try (DirectoryStream<Path> numbers = Files.newDirectoryStream(LISTED)) {
      for (Path number : numbers) {
        String what = target(number);
        // Those without an identity of their own are told apart by their number.
        String key = what.startsWith("socket:") ? what : what + "#" + number.getFileName();
        open.put(key, number.getFileName().toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return open;
  }

  private static String target(Path number) {
    try {
      return Files.readSymbolicLink(number).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }

  /** The JDK keeps a socket of its own from the first use of channels on. */
  private static void openWhatTheJdkKeeps() {
    try {
      SocketChannel.open().close();
      DatagramChannel.open().close();
      Selector.open().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
