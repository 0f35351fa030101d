package org.wsk4j.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The sources of the client API stay readable. */
class ClientApiBudgetTest {
  private static final Path SOURCES = Path.of("src", "main", "java");

  @Test
  void shouldKeepClassesShort() {
    assertThat(SourceBudget.exceeding(SOURCES, 300)).isEmpty();
  }

  @Test
  void shouldKeepMethodsShort() throws IOException {
    assertThat(MethodBudget.exceeding(SOURCES, 60)).isEmpty();
    assertThat(MethodBudget.exceeding(SOURCES, 1)).isNotEmpty();
  }

  @Test
  void shouldDescribeEveryPackage() {
    assertThat(SourceBudget.undescribed(SOURCES)).isEmpty();
  }
}
