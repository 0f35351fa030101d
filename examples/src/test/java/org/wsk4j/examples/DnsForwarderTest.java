package org.wsk4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.provider.testing.DatagramPeer;
import org.wsk4j.provider.testing.NameServer;
import org.wsk4j.testing.TestScope;

/** The forwarder between clients made of plain sockets, or of the JDK, and a server. */
@Timeout(60)
class DnsForwarderTest {
  private static final int A = 1;
  private static final int SERVFAIL = 2;
  private static final int NXDOMAIN = 3;
  private static final int LAST = 3;
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(20);

  /** A forwarder in a program of its own. */
  private record Running(WskProgram program, DnsForwarder forwarder, InetSocketAddress address) {
    /** Stops it; {@return what it says, which is that nothing is left} */
    DatagramServer.Report stop(Duration drain) throws InterruptedException {
      DatagramServer.Report report = forwarder.stop(drain);
      assertThat(report.isClean()).isTrue();
      Programs.end(program);
      return report;
    }
  }

  private static Running forward(InetSocketAddress server, Duration timeout, int most)
      throws Exception {
    return forward("127.0.0.1", server, timeout, most);
  }

  private static Running forward(String at, InetSocketAddress server, Duration timeout, int most)
      throws Exception {
    WskProgram program = WskProgram.start();
    Random random = new Random(1);
    DnsQueries queries = new DnsQueries(most, timeout, System::nanoTime, random::nextInt);
    DnsForwarder forwarder = new DnsForwarder(program, server, queries);
    return new Running(program, forwarder, forwarder.start(new InetSocketAddress(at, 0)));
  }

  private static DatagramPeer peer(TestScope scope) throws Exception {
    return DatagramPeer.at(new InetSocketAddress("127.0.0.1", 0), scope);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void shouldGiveEachClientTheAnswerToItsOwnQuestion(String at, TestScope scope) throws Exception {
    NameServer server = NameServer.in(scope).says("A", "one.test", "192.0.2.1");
    server.says("A", "two.test", "192.0.2.2");
    Running running = forward(at, server.address(), LONG, 10);
    DatagramPeer first = DatagramPeer.at(new InetSocketAddress(at, 0), scope);
    DatagramPeer second = DatagramPeer.at(new InetSocketAddress(at, 0), scope);

    // The numbers of both are equal, so that the forwarder has to choose others.
    first.send(running.address(), DnsMessages.query(77, "one.test", A));
    second.send(running.address(), DnsMessages.query(77, "two.test", A));
    byte[] one = first.read();
    byte[] two = second.read();
    second.send(running.address(), DnsMessages.query(78, "three.test", A));
    byte[] none = second.read();

    assertThat(DnsMessage.id(one)).isEqualTo(77);
    assertThat(one[one.length - 1]).isEqualTo((byte) 1);
    assertThat(DnsMessage.id(two)).isEqualTo(77);
    assertThat(two[two.length - 1]).isEqualTo((byte) 2);
    assertThat(DnsMessage.id(none)).isEqualTo(78);
    assertThat(DnsMessages.code(none)).isEqualTo(NXDOMAIN);
    assertThat(running.stop(LONG)).isEqualTo(new DatagramServer.Report(3, 6, 0, 0, 0));
    assertThat(running.forwarder().summary())
        .isEqualTo("Queries answered by the server: 3, with SERVFAIL: 0.");
  }

  @Test
  void shouldPassOnNumbersThatCannotBeGuessed(TestScope scope) throws Exception {
    DatagramPeer server = peer(scope);
    Running running = forward(server.address(), LONG, 10);
    DatagramPeer client = peer(scope);
    client.send(running.address(), DnsMessages.query(77, "one.test", A));
    byte[] asked = server.read();
    assertThat(DnsMessage.id(asked)).isEqualTo(new Random(1).nextInt() & 0xFFFF).isNotEqualTo(77);
    assertThat(DnsMessage.withId(asked, 77)).isEqualTo(DnsMessages.query(77, "one.test", A));
    assertThat(running.stop(SHORT).sent()).isEqualTo(2);
    assertThat(DnsMessages.code(client.read())).isEqualTo(SERVFAIL);
  }

  @Test
  void shouldSayThatTheServerHasFailedWhenItIsSilent(TestScope scope) throws Exception {
    NameServer server = NameServer.in(scope).isSilent("A", "one.test");
    Running running = forward(server.address(), SHORT, 10);
    DatagramPeer client = peer(scope);
    byte[] query = DnsMessages.query(77, "one.test", A);
    client.send(running.address(), query);
    assertThat(client.read()).isEqualTo(DnsMessage.serverFailure(query));
    assertThat(server.asked()).hasSize(1);
    assertThat(running.stop(LONG)).isEqualTo(new DatagramServer.Report(1, 2, 0, 0, 0));
  }

  @Test
  void shouldDropWhatIsNoQueryAndGoOn(TestScope scope) throws Exception {
    NameServer server = NameServer.in(scope).says("A", "one.test", "192.0.2.1");
    Running running = forward(server.address(), LONG, 10);
    DatagramPeer client = peer(scope);
    byte[] query = DnsMessages.query(77, "one.test", A);
    client.send(running.address());
    client.send(running.address(), Arrays.copyOf(query, query.length - 1));
    client.send(running.address(), DnsMessages.response(query));
    client.send(running.address(), query);
    assertThat(DnsMessage.id(client.read())).isEqualTo(77);
    assertThat(running.stop(LONG)).isEqualTo(new DatagramServer.Report(4, 2, 3, 0, 0));
  }

  @Test
  void shouldTakeTheAnswerOfTheServerAlone(TestScope scope) throws Exception {
    DatagramPeer server = peer(scope);
    Running running = forward(server.address(), LONG, 10);
    DatagramPeer client = peer(scope);
    client.send(running.address(), DnsMessages.query(77, "one.test", A));
    DatagramPeer.Datagram asked = server.next();
    int number = DnsMessage.id(asked.bytes());
    byte[] answer = DnsMessages.response(asked.bytes());
    InetSocketAddress back = new InetSocketAddress("127.0.0.1", asked.from().getPort());

    byte[] forged = answer.clone();
    forged[LAST] = NXDOMAIN;
    peer(scope).send(back, forged);
    server.send(back, DnsMessages.query(number, "one.test", A));
    server.send(back, DnsMessages.response(DnsMessages.query(number, "two.test", A)));
    server.send(back, DnsMessage.withId(answer.clone(), number + 1));
    server.send(back, answer);
    server.send(back, answer); // once is enough

    assertThat(client.read()).isEqualTo(DnsMessage.withId(answer, 77));
    client.send(running.address(), DnsMessages.query(78, "one.test", A));
    byte[] last = DnsMessages.response(server.read());
    server.send(back, last);
    assertThat(client.read()).isEqualTo(DnsMessage.withId(last, 78));
    // Of the first six one was not let in, and four came to nothing.
    assertThat(running.stop(LONG)).isEqualTo(new DatagramServer.Report(2, 4, 4, 0, 0));
  }

  @Test
  void shouldDropQueriesThatItHasNoRoomFor(TestScope scope) throws Exception {
    DatagramPeer server = peer(scope);
    Running running = forward(server.address(), LONG, 2);
    DatagramPeer client = peer(scope);
    for (int id = 1; id <= 3; id++) {
      client.send(running.address(), DnsMessages.query(id, "one.test", A));
    }
    await().until(() -> running.forwarder().report().dropped() == 1);
    InetSocketAddress back = null;
    for (int i = 1; i <= 2; i++) {
      DatagramPeer.Datagram asked = server.next();
      back = new InetSocketAddress("127.0.0.1", asked.from().getPort());
      server.send(back, DnsMessages.response(asked.bytes()));
    }
    assertThat(DnsMessage.id(client.read())).isEqualTo(1);
    assertThat(DnsMessage.id(client.read())).isEqualTo(2);
    client.send(running.address(), DnsMessages.query(4, "one.test", A));
    server.send(back, DnsMessages.response(server.read()));
    assertThat(DnsMessage.id(client.read())).isEqualTo(4);
    assertThat(running.stop(LONG)).isEqualTo(new DatagramServer.Report(4, 6, 1, 0, 0));
  }

  @Test
  void shouldWaitForAnswersWhenItStopsAndTakeNothingNew(TestScope scope) throws Exception {
    NameServer server = NameServer.in(scope).holds("A", "one.test", "192.0.2.1");
    Running running = forward(server.address(), LONG, 10);
    DatagramPeer client = peer(scope);
    client.send(running.address(), DnsMessages.query(77, "one.test", A));
    server.awaitQuestion();
    ExecutorService ending = scope.thread("ending");
    Future<DatagramServer.Report> stopped = ending.submit(() -> running.stop(LONG));
    await().until(running.forwarder()::isStopping);
    client.send(running.address(), DnsMessages.query(78, "one.test", A));
    server.letGo(false);
    byte[] answer = client.read();
    assertThat(DnsMessage.id(answer)).isEqualTo(77);
    assertThat(DnsMessages.code(answer)).isZero();
    assertThat(stopped.get()).isEqualTo(new DatagramServer.Report(1, 2, 0, 0, 0));
  }

  @Test
  void shouldServeTheResolverOfTheJdk(TestScope scope) throws Exception {
    NameServer server = NameServer.in(scope).says("A", "one.test", "192.0.2.1", "192.0.2.2");
    server.says("AAAA", "one.test", "2001:db8::1");
    Running running = forward(server.address(), LONG, 10);

    assertThat(resolve(running.address(), "one.test", "A").size()).isEqualTo(2);
    assertThat(resolve(running.address(), "one.test", "AAAA").get()).isEqualTo("2001:db8::1");
    assertThatThrownBy(() -> resolve(running.address(), "two.test", "A"))
        .isInstanceOf(NamingException.class);
    running.stop(LONG);
  }

  /** The server that is asked is the one of this test. */
  @SuppressWarnings("BanJNDI")
  private static Attribute resolve(InetSocketAddress at, String name, String type)
      throws NamingException {
    Hashtable<String, String> environment = new Hashtable<>();
    environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
    environment.put("java.naming.provider.url", "dns://127.0.0.1:" + at.getPort());
    InitialDirContext context = new InitialDirContext(environment);
    try {
      return context.getAttributes(name, new String[] {type}).get(type);
    } finally {
      context.close();
    }
  }
}
