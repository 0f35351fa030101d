package org.wsk4j.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProviderTest {
  private static final PackageOrder PACKAGES =
      new PackageOrder(
          "org.wsk4j.provider",
          List.of(
              "stats",
              "completion",
              "memory",
              "transport",
              "core",
              "control",
              "resolve",
              "channel",
              "socket",
              "verifier",
              "boot"));

  /** What each package may know of Netty; those that are not here, nothing. */
  private static final Map<String, List<String>> NETTY =
      Map.of(
          "memory", List.of("io.netty.buffer"),
          "transport", List.of("io.netty"),
          "control", List.of("io.netty.channel.ChannelOption"),
          "resolve", List.of("io.netty.resolver", "io.netty.util.concurrent"),
          "channel", List.of("io.netty"),
          "boot", List.of("io.netty"));

  @Test
  void shouldKnowOnlyPackagesThatComeBefore() {
    assertThat(PACKAGES.unknown()).isEmpty();
    assertThat(PACKAGES.upward()).isEmpty();
  }

  @Test
  void shouldKnowNettyOnlyAtItsEdge() {
    assertThat(PACKAGES.dependencies(ProviderTest::isNettyInTheWrongPlace)).isEmpty();
  }

  private static boolean isNettyInTheWrongPlace(JavaClass from, JavaClass to) {
    return to.getName().startsWith("io.netty")
        && NETTY.getOrDefault(PACKAGES.nameOf(from), List.of()).stream()
            .noneMatch(to.getName()::startsWith);
  }

  @Test
  void shouldKeepClassesAndMethodsShort() throws IOException {
    assertThat(Sources.classes()).isNotEmpty().allMatch(type -> type.lines() <= 300);
    assertThat(Sources.methods()).isNotEmpty().allMatch(method -> method.lines() <= 60);
  }

  @Test
  void shouldDescribeEveryPackage() throws IOException {
    assertThat(Sources.undescribedPackages()).isEmpty();
  }
}
