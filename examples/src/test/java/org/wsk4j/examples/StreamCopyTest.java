package org.wsk4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.examples.EchoServer.Mode;

@Timeout(30)
class StreamCopyTest {
  private WskProgram program;

  @BeforeEach
  void register() throws Exception {
    program = WskProgram.start();
  }

  @AfterEach
  void deregister() {
    Programs.end(program);
  }

  @Test
  void shouldPrintWhatComesBackToTheLastByte() throws Exception {
    byte[] data = new byte[1_000_003];
    new Random(1).nextBytes(data);
    EchoServer server = EchoServer.of(Mode.EVENTS, program);
    WskConnectionSocket socket =
        program.connect(server.start(new InetSocketAddress("127.0.0.1", 0)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    new StreamCopy(program, socket, new ByteArrayInputStream(data), out).run();

    assertThat(out.toByteArray()).isEqualTo(data);
    program.close(socket);
    assertThat(server.stop(Duration.ofSeconds(10)).isClean()).isTrue();
  }

  @Test
  void shouldSayThatThePeerEndedBeforeTheInput() throws Exception {
    try (PlainServer server = new PlainServer(peer -> peer.getOutputStream().write('x'));
        Silence input = new Silence()) {
      WskConnectionSocket socket = program.connect(server.address());
      ByteArrayOutputStream out = new ByteArrayOutputStream();

      assertThatThrownBy(() -> new StreamCopy(program, socket, input, out).run())
          .isInstanceOf(ToolException.class)
          .hasMessage("The peer ended the connection before the input had ended.");
      assertThat(out.toByteArray()).containsExactly('x');
      program.close(socket);
    }
  }

  /** An input that gives nothing, as a terminal at which nobody sits. */
  private static final class Silence extends InputStream {
    private final CountDownLatch end = new CountDownLatch(1);

    @Override
    public int read() throws IOException {
      try {
        end.await();
        return -1;
      } catch (InterruptedException interrupted) {
        throw new InterruptedIOException();
      }
    }

    @Override
    public void close() {
      end.countDown();
    }
  }
}
