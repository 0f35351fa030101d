package org.wsk4j.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wsk4j.provider.testing.EachTransport;

/**
 * The table of what transports can do says what the code says. {@code -Dwsk4j.transports.write}
 * writes it anew.
 */
class TransportTableTest {
  private static final Path FILE =
      Path.of(System.getProperty("wsk4j.contract.dir", "../docs/contract"))
          .resolveSibling("transports.md");

  private static final String BEGIN = "<!-- begin of the table -->\n";
  private static final String END = "<!-- end of the table -->\n";

  /** In the order in which they stand side by side. */
  private static final List<String> NAMES = List.of("io_uring", "epoll", "kqueue", "nio");

  @Test
  void shouldBeTheTableInTheDocumentation() throws IOException {
    String text = Files.readString(FILE);
    int from = text.indexOf(BEGIN) + BEGIN.length();
    int to = text.indexOf(END);
    if (System.getProperty("wsk4j.transports.write") != null) {
      Files.writeString(FILE, text.substring(0, from) + table() + text.substring(to));
    }
    assertThat(Files.readString(FILE)).contains(BEGIN + table() + END);
  }

  private static String table() {
    Stream<String> head =
        Stream.of("| | " + String.join(" | ", NAMES) + " | needs |", "|---|:-:|:-:|:-:|:-:|---|");
    return Stream.concat(head, Stream.of(TransportFeature.values()).map(TransportTableTest::row))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String row(TransportFeature feature) {
    String cells =
        NAMES.stream()
            .map(name -> transport(name).possible().contains(feature) ? "yes" : "")
            .collect(Collectors.joining(" | "));
    return "| " + feature.title() + " | " + cells + " | " + feature.needs() + " |";
  }

  private static Transport transport(String name) {
    return Transports.all().stream().filter(it -> it.name().equals(name)).findAny().orElseThrow();
  }

  @Test
  void shouldHaveAColumnForEachTransport() {
    assertThat(Transports.all())
        .extracting(Transport::name)
        .containsExactlyInAnyOrderElementsOf(NAMES);
  }

  /** What a transport cannot do here, though it is possible, needs something of the system. */
  @EachTransport
  void shouldDoWhatIsPossibleUnlessTheSystemLacksSomething(Transport transport) {
    assertThat(transport.possible()).containsAll(transport.features());
    Set<TransportFeature> missing = EnumSet.noneOf(TransportFeature.class);
    missing.addAll(transport.possible());
    missing.removeAll(transport.features());
    assertThat(missing).allSatisfy(it -> assertThat(it.needs()).isNotEmpty());
  }
}
