package org.wsk4j.provider.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NetworkNamespaceTest {
  @Test
  void shouldHaveNothingButItself() throws Exception {
    try (NetworkNamespace alone = NetworkNamespace.create()) {
      assertThat(alone.ip("-br", "link")).hasSize(1).first().asString().startsWith("lo ");
      assertThat(alone.ip("route")).isEmpty();
    }
  }

  @Test
  void shouldBeJoinedWithAnother() throws Exception {
    try (NetworkNamespace one = NetworkNamespace.create();
        NetworkNamespace other = NetworkNamespace.create()) {
      NetworkNamespace.join(one, other);
      one.address("10.1.0.1/24");
      one.address("fd00:1::1/64");
      other.address("10.1.0.2/24");
      assertThat(one.ip("addr", "show", NetworkNamespace.LINK, "scope", "global"))
          .anyMatch(line -> line.contains("10.1.0.1/24"))
          .anyMatch(line -> line.contains("fd00:1::1/64"))
          .noneMatch(line -> line.contains("tentative"));
      assertThat(other.exec("cat", "/proc/net/dev")).anyMatch(line -> line.contains("wsk0:"));
    }
  }

  @Test
  void shouldBeGoneOnceItIsClosed() throws Exception {
    NetworkNamespace namespace = NetworkNamespace.create();
    assertThat(ChildJvm.run(List.of("ip", "netns"), java.time.Duration.ofSeconds(10)))
        .anyMatch(line -> line.startsWith(namespace.name()));
    namespace.close();
    namespace.close();
    assertThat(ChildJvm.run(List.of("ip", "netns"), java.time.Duration.ofSeconds(10)))
        .noneMatch(line -> line.startsWith(namespace.name()));
  }
}
