package org.wsk4j.provider.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.socket.WskSocketCategory;

@Timeout(60)
class FlightRecorderEventsTest {
  private static final InetSocketAddress HERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
  private static final InetSocketAddress THERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 2);

  @TempDir private Path folder;

  @Test
  void shouldRecordWhatHappens() throws Exception {
    List<RecordedEvent> events =
        record(
            Duration.ZERO,
            () -> {
              ConnectEvent connect = ConnectEvent.start();
              assertThat(connect).isNotNull();
              connect.finish(HERE, THERE, NtStatus.CONNECTION_REFUSED);
              AcceptEvent.emit(HERE, THERE);
              DropEvent.emit("the receive buffer is full", HERE, null, 42);
              SlowCallbackEvent.start().finish("WskReceiveEvent", "a socket");
              CloseEvent.emit(WskSocketCategory.LISTEN, HERE, null);
            });

    assertThat(events)
        .extracting(event -> event.getEventType().getName())
        .containsExactlyInAnyOrder(
            "org.wsk4j.Connect",
            "org.wsk4j.Accept",
            "org.wsk4j.Drop",
            "org.wsk4j.SlowCallback",
            "org.wsk4j.Close");
    assertThat(events).allMatch(event -> event.getStackTrace() == null);
    assertThat(events).allMatch(event -> event.getEventType().getCategoryNames().contains("wsk4j"));
    assertFields(find(events, "org.wsk4j.Connect"), HERE, THERE);
    assertThat(find(events, "org.wsk4j.Connect").getString("status"))
        .isEqualTo("CONNECTION_REFUSED");
    assertFields(find(events, "org.wsk4j.Accept"), HERE, THERE);
    assertFields(find(events, "org.wsk4j.Drop"), HERE, null);
    assertThat(find(events, "org.wsk4j.Drop").getLong("bytes")).isEqualTo(42);
    assertThat(find(events, "org.wsk4j.Drop").getString("reason"))
        .isEqualTo("the receive buffer is full");
    assertFields(find(events, "org.wsk4j.Close"), HERE, null);
    assertThat(find(events, "org.wsk4j.Close").getString("socketCategory")).isEqualTo("LISTEN");
    assertThat(find(events, "org.wsk4j.SlowCallback").getString("callback"))
        .isEqualTo("WskReceiveEvent");
    assertThat(find(events, "org.wsk4j.SlowCallback").getString("socket")).isEqualTo("a socket");
  }

  @Test
  void shouldLeaveOutCallbacksThatAreQuickEnough() throws Exception {
    List<RecordedEvent> events =
        record(
            Duration.ofHours(1),
            () -> SlowCallbackEvent.start().finish("WskReceiveEvent", new NeverAsked()));

    assertThat(events).isEmpty();
  }

  @Test
  void shouldCostNothingWhenNobodyRecords() {
    SlowCallbackEvent.start().finish("WskReceiveEvent", new NeverAsked());

    assertThat(ConnectEvent.start()).isNull();
  }

  private static final class NeverAsked {
    @Override
    public String toString() {
      throw new AssertionError("nobody records this");
    }
  }

  private List<RecordedEvent> record(Duration slow, Runnable actions) throws Exception {
    Path file = folder.resolve("events.jfr");
    try (Recording recording = new Recording()) {
      recording.enable(ConnectEvent.class);
      recording.enable(AcceptEvent.class);
      recording.enable(CloseEvent.class);
      recording.enable(DropEvent.class);
      recording.enable(SlowCallbackEvent.class).withThreshold(slow);
      recording.start();
      actions.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().startsWith("org.wsk4j."))
        .toList();
  }

  private static RecordedEvent find(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void assertFields(RecordedEvent event, Object local, @Nullable Object remote) {
    assertThat(event.getString("local")).isEqualTo(Texts.of(local));
    assertThat(event.getString("remote")).isEqualTo(Texts.of(remote));
  }
}
