package org.wsk4j.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wsk4j.provider.testing.EachTransport;

class TransportsTest {
  @Test
  void shouldKnowAllFourAndAlwaysHaveNio() {
    assertThat(Transports.all())
        .extracting(Transport::name)
        .containsExactlyInAnyOrder("io_uring", "epoll", "kqueue", "nio");
    assertThat(Transports.available()).extracting(Transport::name).contains("nio");
  }

  @Test
  void shouldChooseTheFirstAvailableOneByItself() {
    TransportChoice choice = Transports.choose(" Auto ");

    assertThat(choice.automatic()).isTrue();
    assertThat(choice.transport()).isSameAs(Transports.available().get(0));
  }

  @Test
  void shouldPreferWhatIsFasterAndFallBackToNio() {
    assertThat(Transports.all()).extracting(Transport::name).startsWith("epoll").endsWith("nio");
  }

  @EachTransport
  void shouldChooseTheOneThatIsAskedFor(Transport transport) {
    TransportChoice choice = Transports.choose(transport.name());

    assertThat(choice.automatic()).isFalse();
    assertThat(choice.transport()).isSameAs(transport);
    assertThat(transport.unavailabilityCause()).isNull();
  }

  @EachTransport
  void shouldDescribeTheChoiceInOneLine(Transport transport) {
    String line = new TransportChoice(transport, true).describe();

    assertThat(line.lines()).hasSize(1);
    assertThat(line).startsWith("transport " + transport.name());
    for (Transport other : Transports.all()) {
      if (other.isAvailable()) {
        assertThat(line).contains(other.name());
      } else {
        assertThat(line).contains(other.name() + " is not available: " + Transports.reason(other));
      }
    }
  }

  @Test
  void shouldSayWhatToDoAboutAnUnknownTransport() {
    assertThatThrownBy(() -> Transports.choose("token-ring"))
        .isInstanceOf(TransportUnavailableException.class)
        .hasMessage(
            "There is no transport called \"token-ring\". Choose one of epoll, io_uring, kqueue,"
                + " nio, or auto for the best that is available.");
  }

  @Test
  void shouldSayWhyATransportIsUnavailableAndWhatToDo() {
    List<Transport> missing =
        Transports.all().stream().filter(transport -> !transport.isAvailable()).toList();

    // No system has both epoll and kqueue.
    assertThat(missing).isNotEmpty();
    for (Transport transport : missing) {
      assertThatThrownBy(() -> Transports.choose(transport.name()))
          .isInstanceOf(TransportUnavailableException.class)
          .hasMessageContaining("Transport " + transport.name() + " was asked for")
          .hasMessageContaining("not available here: " + Transports.reason(transport))
          .hasMessageContaining("Choose one of ")
          .hasCause(transport.unavailabilityCause());
    }
  }
}
