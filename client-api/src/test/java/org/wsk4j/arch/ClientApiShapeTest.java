package org.wsk4j.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the packages of the client API may know of each other. */
class ClientApiShapeTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("provider"))
          .importPackages("org.wsk4j");

  private static final PackageRows ROWS =
      new PackageRows(
          "org.wsk4j",
          List.of(
              List.of("nt"),
              List.of("rundown", "buffer"),
              List.of("irp", "net", "nmr"),
              List.of("security"),
              List.of("control"),
              List.of("socket"),
              List.of("connection", "datagram", "tls"),
              List.of("listen"),
              List.of("stream"),
              List.of("client"),
              List.of("spi"),
              List.of("registration")));

  @Test
  void shouldLookDownOnly() {
    classes().should(ROWS.onlyLookDown()).check(CLASSES);
  }

  @Test
  void shouldHaveNoPackageOutsideTheOrder() {
    classes().should(ROWS.standInARow()).check(CLASSES);
  }

  @Test
  void shouldKnowNoNetty() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..", "org.wsk4j.provider..")
        .check(CLASSES);
  }
}
