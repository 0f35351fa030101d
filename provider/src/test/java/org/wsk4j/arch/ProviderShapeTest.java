package org.wsk4j.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the packages of the provider may know of each other and of Netty, and how long they are. */
class ProviderShapeTest {
  private static final Path SOURCES = Path.of("src", "main", "java");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.wsk4j.provider");

  private static final PackageRows ROWS =
      new PackageRows(
          "org.wsk4j.provider",
          List.of(
              List.of("stats", "natives"),
              List.of("completion", "memory", "transport"),
              List.of("core"),
              List.of("control", "resolve"),
              List.of("channel"),
              List.of("socket", "tls"),
              List.of("boot")));

  @Test
  void shouldLookDownOnly() {
    classes().should(ROWS.onlyLookDown()).check(CLASSES);
  }

  @Test
  void shouldHaveNoPackageOutsideTheOrder() {
    classes().should(ROWS.standInARow()).check(CLASSES);
  }

  @Test
  void shouldDecideWithoutNetty() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.wsk4j.provider.stats",
            "org.wsk4j.provider.completion",
            "org.wsk4j.provider.core",
            "org.wsk4j.provider.control",
            "org.wsk4j.provider.socket",
            "org.wsk4j.provider.tls",
            "org.wsk4j.provider.boot")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..")
        .check(CLASSES);
  }

  @Test
  void shouldSeeOnlyBuffersOfNettyWhereMemoryIsKept() {
    noClasses()
        .that()
        .resideInAPackage("org.wsk4j.provider.memory")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty.channel..", "io.netty.handler..")
        .check(CLASSES);
  }

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
