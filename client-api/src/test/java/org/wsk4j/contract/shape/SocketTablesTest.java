package org.wsk4j.contract.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wsk4j.client.WskClient;
import org.wsk4j.client.WskProviderDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.contract.Rule;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.listen.WskListeningSocket;
import org.wsk4j.socket.WskSocket;
import org.wsk4j.stream.WskStreamSocket;

/** Which functions each table offers: an operation that a category lacks cannot even be written. */
class SocketTablesTest {
  private static final Set<String> BASIC = Set.of("controlSocket", "closeSocket");

  private static Set<String> functions(Class<?> table) {
    return Arrays.stream(table.getMethods())
        .filter(method -> Modifier.isAbstract(method.getModifiers()))
        .map(Method::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> basicAnd(String... more) {
    return Stream.concat(BASIC.stream(), Arrays.stream(more)).collect(Collectors.toSet());
  }

  @Test
  @Rule({"SOC-17", "SOC-24", "BAS-02", "BAS-06"})
  void shouldOfferOnlyControlAndCloseOnABasicSocket() {
    assertThat(functions(WskSocket.class)).isEqualTo(BASIC);
  }

  @Test
  @Rule({"SOC-18", "LSN-02"})
  void shouldOfferAcceptAndInspectOnAListeningSocket() {
    assertThat(functions(WskListeningSocket.class))
        .isEqualTo(basicAnd("bind", "accept", "inspectComplete", "getLocalAddress"));
  }

  @Test
  @Rule({"SOC-19", "DGB-01"})
  void shouldOfferDatagramsOnADatagramSocket() {
    assertThat(functions(WskDatagramSocket.class))
        .isEqualTo(
            basicAnd(
                "bind", "sendTo", "receiveFrom", "release", "getLocalAddress", "sendMessages"));
  }

  @Test
  @Rule({"SOC-20", "CON-02"})
  void shouldOfferAConnectionOnAConnectionOrientedSocket() {
    assertThat(functions(WskConnectionSocket.class))
        .containsAll(
            basicAnd(
                "bind",
                "connect",
                "getLocalAddress",
                "getRemoteAddress",
                "send",
                "receive",
                "disconnect",
                "release",
                "connectEx"))
        .doesNotContain("accept", "listen", "inspectComplete");
  }

  @Test
  @Rule({"SOC-21", "STM-02"})
  void shouldOfferBothRolesOnAStreamSocket() {
    assertThat(functions(WskStreamSocket.class))
        .isEqualTo(
            Stream.concat(
                    functions(WskConnectionSocket.class).stream(), Stream.of("accept", "listen"))
                .collect(Collectors.toSet()))
        .contains("accept", "listen", "connect", "send", "receive", "connectEx")
        .doesNotContain("inspectComplete");
  }

  @Test
  @Rule("SOC-22")
  void shouldOfferTheBasicFunctionsOnEveryCategory() {
    List<Class<?>> categories =
        List.of(
            WskListeningSocket.class,
            WskDatagramSocket.class,
            WskConnectionSocket.class,
            WskStreamSocket.class);

    assertThat(categories).allMatch(WskSocket.class::isAssignableFrom);
    for (Method basic : WskSocket.class.getMethods()) {
      assertThat(categories)
          .allSatisfy(
              category ->
                  assertThat(category.getMethod(basic.getName(), basic.getParameterTypes()))
                      .isEqualTo(basic));
    }
  }

  @Test
  @Rule({"CLI-01", "CLI-04"})
  void shouldOfferTheFunctionsOfTheProviderEachWithTheClientFirst() {
    assertThat(functions(WskProviderDispatch.class))
        .containsExactlyInAnyOrder(
            "version",
            "socket",
            "socketConnect",
            "controlClient",
            "getAddressInfo",
            "freeAddressInfo",
            "getNameInfo");
    assertThat(WskProviderDispatch.class.getMethods())
        .filteredOn(method -> !method.getName().equals("version"))
        .allMatch(method -> method.getParameterTypes()[0] == WskClient.class);
  }

  @Test
  @Rule("CLI-03")
  void shouldHaveNothingToReadOrChangeInAClient() {
    assertThat(WskClient.class.getMethods()).isEmpty();
    assertThat(WskClient.class.getFields()).isEmpty();
  }
}
