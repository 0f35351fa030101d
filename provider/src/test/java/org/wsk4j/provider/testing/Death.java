package org.wsk4j.provider.testing;

import io.netty.channel.Channel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.wsk4j.provider.channel.LoopBound;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.socket.WskSocket;

/** The ways in which the transport can fail under a socket. */
public enum Death {
  /** The socket is declared dead. */
  DECLARED {
    @Override
    public void of(WskSocket socket, RunningProvider provider) throws Exception {
      ((LoopBound) RunningProvider.read(socket, "channel")).die();
    }
  },
  /** Its event loop ends. */
  LOOPS_END {
    @Override
    public void of(WskSocket socket, RunningProvider provider) throws Exception {
      provider.endLoops();
    }
  },
  /** Its channel is closed by somebody else. */
  CLOSED {
    @Override
    public void of(WskSocket socket, RunningProvider provider) throws Exception {
      Insides.listening(socket).close();
    }
  },
  /** The system says that it is no socket any more. */
  ACCEPT_FAILS {
    @Override
    public void of(WskSocket socket, RunningProvider provider) throws Exception {
      Insides.listening(socket)
          .pipeline()
          .fireExceptionCaught(Errors.newIOException("accept", -EBADF));
    }
  },
  /**
   * The system shuts its descriptor down, so that calls on it fail. Epoll only reports that the
   * descriptor hangs up, for which Netty has no ear.
   */
  SHUT_DOWN {
    @Override
    public boolean isNoticed(Transport transport) {
      return Epoll.isAvailable() && !transport.name().equals("epoll");
    }

    @Override
    public void of(WskSocket socket, RunningProvider provider) throws Exception {
      new io.netty.channel.unix.Socket(descriptor(Insides.listening(socket))).shutdown(true, true);
    }
  };

  private static final int EBADF = 9;

  /** {@return whether a listener of a transport notices it} */
  public boolean isNoticed(Transport transport) {
    return true;
  }

  /**
   * Lets a socket die.
   *
   * @param socket the socket; a listener, if it is not the loops that end
   * @param provider its provider
   */
  public abstract void of(WskSocket socket, RunningProvider provider) throws Exception;

  private static int descriptor(Channel channel) throws IOException {
    return channel instanceof UnixChannel unix
        ? unix.fd().intValue()
        : listening(((InetSocketAddress) channel.localAddress()).getPort());
  }

  /** The descriptor of this process that listens at a port. */
  private static int listening(int port) throws IOException {
    String inode = inode(port);
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path each : all) {
        if (target(each).equals("socket:[" + inode + "]")) {
          return Integer.parseInt(each.getFileName().toString());
        }
      }
    }
    throw new IOException("no descriptor listens at port " + port);
  }

  private static String target(Path descriptor) throws IOException {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException closed) {
      return "";
    }
  }

  private static String inode(int port) throws IOException {
    String ending = String.format(Locale.ROOT, ":%04X", port);
    try (Stream<String> v4 = Files.lines(Path.of("/proc/self/net/tcp"));
        Stream<String> v6 = Files.lines(Path.of("/proc/self/net/tcp6"))) {
      return Stream.concat(v4, v6)
          .map(line -> line.strip().split("\\s+"))
          .filter(columns -> columns[1].endsWith(ending) && columns[3].equals("0A"))
          .map(columns -> columns[9])
          .findAny()
          .orElseThrow(() -> new IOException("nobody listens at port " + port));
    }
  }
}
