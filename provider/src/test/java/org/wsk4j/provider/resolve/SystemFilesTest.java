package org.wsk4j.provider.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsk4j.net.Protocol;

/** What the files of the system say, and when they are read. */
class SystemFilesTest {
  private static InetAddress address(String text) throws IOException {
    return InetAddress.getByName(text);
  }

  @Test
  void shouldReadHosts() throws Exception {
    HostsTable table =
        new HostsTable(
            List.of(
                "# comment",
                "",
                "192.0.2.1\tone.example.test  one # alias",
                "192.0.2.2 one",
                "nonsense one",
                "192.0.2.3",
                "2001:db8::1 six SIX.example.test",
                "192.0.2.1 later"));
    Host one = table.host("ONE.");
    assertThat(one).isNotNull();
    assertThat(one.addresses()).containsExactly(address("192.0.2.1"), address("192.0.2.2"));
    assertThat(one.canonicalName()).isEqualTo("one.example.test");
    Host six = table.host("six");
    assertThat(six).isNotNull();
    assertThat(six.canonicalName()).isEqualTo("six");
    assertThat(six.fullName()).isEqualTo("SIX.example.test");
    assertThat(table.host("nonsense")).isNull();
    assertThat(table.host("192.0.2.3")).isNull();
    assertThat(table.name(address("192.0.2.1"))).isEqualTo("one.example.test");
    assertThat(table.name(address("192.0.2.2"))).isEqualTo("one");
    assertThat(table.name(address("2001:db8::1"))).isEqualTo("SIX.example.test");
    assertThat(table.name(address("192.0.2.3"))).isNull();
  }

  @Test
  void shouldReadServices() {
    ServiceTable table =
        new ServiceTable(
            List.of(
                "# comment",
                "web 80/tcp http alias # ours",
                "odd 81/TCP",
                "none",
                "none x/tcp",
                "none 70000/tcp",
                "none 80",
                "both 82/tcp",
                "both 83/udp"));
    assertThat(table.port("Alias", Protocol.TCP)).isEqualTo(80);
    assertThat(table.name(80, false)).isEqualTo("web");
    assertThat(table.port("odd", 0)).isEqualTo(81);
    assertThat(table.port("none", 0)).isEqualTo(-1);
    assertThat(table.port("both", 0)).isEqualTo(82);
    assertThat(table.port("both", Protocol.UDP)).isEqualTo(83);
    assertThat(table.port("alias", Protocol.UDP)).isEqualTo(-1);
    // What everybody knows is still there.
    assertThat(table.port("ntp", 0)).isEqualTo(123);
    assertThat(table.port("ntp", Protocol.TCP)).isEqualTo(-1);
    assertThat(table.name(512, false)).isEqualTo("exec");
    assertThat(table.name(512, true)).isEqualTo("biff");
    assertThat(table.name(82, true)).isNull();
  }

  @Test
  void shouldReadTheResolverFile() throws Exception {
    ResolverTable table =
        new ResolverTable(
            List.of(
                "; comment",
                "nameserver 192.0.2.53 # first",
                "nameserver 2001:db8::53",
                "nameserver nonsense",
                "domain old.test",
                "search a.test b.test",
                "sortlist 192.0.2.0",
                "options ndots:3 attempts:99 rotate timeout:1 attempts:0 ndots:x"));
    assertThat(table.servers())
        .containsExactly(
            new InetSocketAddress(address("192.0.2.53"), 53),
            new InetSocketAddress(address("2001:db8::53"), 53));
    assertThat(table.domains()).containsExactly("a.test", "b.test");
    assertThat(table.dots()).isEqualTo(3);
    assertThat(table.attempts()).isEqualTo(15);
    ResolverTable empty = new ResolverTable(List.of("domain only.test"));
    assertThat(empty.servers()).isEmpty();
    assertThat(empty.domains()).containsExactly("only.test");
    assertThat(empty.dots()).isEqualTo(1);
    assertThat(empty.attempts()).isEqualTo(2);
  }

  @Test
  void shouldReadAFileAgainOnlyWhenItHasChanged(@TempDir Path folder) throws Exception {
    Path path = folder.resolve("file");
    List<List<String>> read = new ArrayList<>();
    WatchedFile<Integer> file =
        new WatchedFile<>(
            path,
            lines -> {
              read.add(lines);
              return lines.size();
            });
    assertThat(file.get()).isZero();
    assertThat(file.get()).isZero();
    assertThat(read).hasSize(1);
    Files.write(path, List.of("a", "b"));
    assertThat(file.get()).isEqualTo(2);
    assertThat(file.get()).isEqualTo(2);
    assertThat(read).hasSize(2);
    Files.setLastModifiedTime(path, FileTime.fromMillis(1));
    assertThat(file.get()).isEqualTo(2);
    assertThat(read).hasSize(3);
    Files.delete(path);
    assertThat(file.get()).isZero();
    // Whatever cannot be read as a file is empty.
    Files.createDirectory(path);
    assertThat(file.get()).isZero();
  }

  @Test
  void shouldCompleteNames() {
    List<String> domains = List.of("a.test", "b.test.");
    assertThat(HostName.candidates("www", domains, 1))
        .containsExactly("www.a.test.", "www.b.test.", "www.");
    assertThat(HostName.candidates("www.x", domains, 1))
        .containsExactly("www.x.", "www.x.a.test.", "www.x.b.test.");
    assertThat(HostName.candidates("www.x", domains, 2))
        .containsExactly("www.x.a.test.", "www.x.b.test.", "www.x.");
    assertThat(HostName.candidates("www.x.", domains, 2)).containsExactly("www.x.");
    assertThat(HostName.candidates("www", List.of(), 1)).containsExactly("www.");
    String longest = ("x".repeat(49) + ".").repeat(5) + "yy";
    assertThat(HostName.candidates(longest, domains, 1)).containsExactly(longest + ".");
  }
}
