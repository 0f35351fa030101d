package org.wsk4j.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientApiTest {
  /** What is mostly constants: one row for each, with its documentation. */
  private static final Set<String> TABLES = Set.of();

  private static final PackageOrder PACKAGES =
      new PackageOrder(
          "org.wsk4j",
          List.of(
              "nt",
              "rundown",
              "buffer",
              "irp",
              "net",
              "nmr",
              "security",
              "control",
              "socket",
              "connection",
              "datagram",
              "tls",
              "listen",
              "stream",
              "client",
              "verify",
              "spi",
              "registration",
              "easy"));

  @Test
  void shouldKnowOnlyPackagesThatComeBefore() {
    assertThat(PACKAGES.unknown()).isEmpty();
    assertThat(PACKAGES.upward()).isEmpty();
  }

  @Test
  void shouldKnowNothingOfNettyOrOfAProvider() {
    assertThat(
            PACKAGES.dependencies(
                (from, to) ->
                    to.getPackageName().startsWith("io.netty")
                        || to.getPackageName().startsWith("org.wsk4j.provider")))
        .isEmpty();
  }

  @Test
  void shouldKeepClassesAndMethodsShort() throws IOException {
    assertThat(Sources.classes())
        .filteredOn(type -> !TABLES.contains(type.name()))
        .allMatch(type -> type.lines() <= 300);
    assertThat(Sources.methods()).isNotEmpty().allMatch(method -> method.lines() <= 60);
  }

  @Test
  void shouldDescribeEveryPackage() throws IOException {
    assertThat(Sources.undescribedPackages()).isEmpty();
  }
}
