package org.wsk4j.provider.resolve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content of a text file, read again when its time or size has changed.
 *
 * <p>Threads: that of names; reading may take time.
 */
final class WatchedFile<T> {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedFile.class);

  /** How the file looked when it was read. */
  private record Stamp(FileTime changed, long size, @Nullable Object file) {}

  private static final Stamp MISSING = new Stamp(FileTime.fromMillis(0), -1, null);

  private final Path path;
  private final Function<List<String>, T> parser;
  private @Nullable Stamp stamp;
  private @Nullable T content;

  WatchedFile(Path path, Function<List<String>, T> parser) {
    this.path = path;
    this.parser = parser;
  }

  /** {@return what the file says now; what an empty one would say if it cannot be read} */
  T get() {
    Stamp now = stamp();
    T known = content;
    if (known != null && now.equals(stamp)) {
      return known;
    }
    T read = parser.apply(now == MISSING ? List.of() : lines());
    content = read;
    stamp = now;
    return read;
  }

  private Stamp stamp() {
    try {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(file.lastModifiedTime(), file.size(), file.fileKey());
    } catch (IOException missing) {
      return MISSING;
    }
  }

  private List<String> lines() {
    try {
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8).lines().toList();
    } catch (NoSuchFileException gone) {
      return List.of();
    } catch (IOException e) {
      LOG.warn("{} cannot be read; it counts as empty: {}", path, e.toString());
      return List.of();
    }
  }

  /** {@return the words of a line, without its comment} */
  static List<String> words(String line) {
    int comment = line.indexOf('#');
    String text = (comment < 0 ? line : line.substring(0, comment)).strip();
    return text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
  }
}
