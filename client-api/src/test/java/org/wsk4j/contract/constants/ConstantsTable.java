package org.wsk4j.contract.constants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The table of names and values from the Windows headers. */
final class ConstantsTable {
  private static final String TABLE = "docs/contract/constants.csv";

  private ConstantsTable() {}

  /**
   * One line of the table.
   *
   * @param name the name in C
   * @param value a number, or a GUID in braces
   * @param group which names are looked for in which place
   */
  record Row(String name, String value, String group) {
    /** {@return the value: a number without sign in 32 bits, or the text of a GUID} */
    Object parsed() {
      return value.startsWith("{") ? value.toLowerCase(Locale.ROOT) : Long.decode(value).intValue();
    }

    @Override
    public String toString() {
      return group + " " + name + " = " + value;
    }
  }

  static List<Row> rows() {
    try {
      return Files.readAllLines(find()).stream()
          .skip(1)
          .map(line -> line.split(",", -1))
          .map(cells -> new Row(cells[0], cells[1], cells[2]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The table is a page of the contract, which tests find upwards from where they run. */
  private static Path find() {
    return Stream.iterate(Path.of("").toAbsolutePath(), here -> here != null, Path::getParent)
        .map(here -> here.resolve(TABLE))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + TABLE + " here or above"));
  }
}
