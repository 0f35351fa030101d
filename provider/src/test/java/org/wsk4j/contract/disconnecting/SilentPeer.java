package org.wsk4j.contract.disconnecting;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientNpi;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.client.WskVersion;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.connection.WskConnectionSocket;
import org.wsk4j.control.TcpOptions;
import org.wsk4j.control.WskControlKey;
import org.wsk4j.control.WskControlSocketType;
import org.wsk4j.control.WskEventCallbackControl;
import org.wsk4j.control.WskOptions;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.Protocol;
import org.wsk4j.net.SocketType;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.testing.ChildJvm;
import org.wsk4j.provider.testing.RunningProvider;
import org.wsk4j.provider.testing.TransportMatrix;
import org.wsk4j.provider.transport.Transport;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.socket.WskFlags;

/**
 * Runs in a network namespace whose neighbour is another one. Connects to there on each transport,
 * has the neighbour's answers vanish, and writes a line for each: the transport, how a pending
 * receive ended, and the flags of the disconnect event.
 */
final class SilentPeer {
  /** The environment variable that names the other namespace. */
  static final String OTHER = "OTHER_NAMESPACE";

  static final String HERE = "10.77.0.1";
  static final String THERE = "10.77.0.2";

  private static final int PORT = 4711;

  /** Far more than the probes that are set take, less than they take if one value is not. */
  private static final Duration PATIENCE = Duration.ofSeconds(14);

  private SilentPeer() {}

  /** What runs in the other namespace: it takes connections and says nothing. */
  static final class Silence {
    private Silence() {}

    public static void main(String[] arguments) throws Exception {
      try (ServerSocket listener = new ServerSocket()) {
        listener.bind(new InetSocketAddress(THERE, PORT));
        System.out.println("listening");
        List<Socket> kept = new ArrayList<>();
        while (true) {
          kept.add(listener.accept());
          System.out.println("connection " + kept.size());
        }
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    Process silence = startSilence();
    try {
      for (Transport transport : TransportMatrix.transports()) {
        System.out.println(transport.name() + " " + ofTransport(transport));
      }
    } finally {
      silence.destroyForcibly().waitFor();
    }
    System.exit(0);
  }

  private static Process startSilence() throws Exception {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", System.getenv(OTHER)));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx32m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Silence.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    byte[] ready = "listening\n".getBytes(StandardCharsets.US_ASCII);
    process.getInputStream().readNBytes(ready.length);
    return process;
  }

  private static String ofTransport(Transport transport) throws Exception {
    WskRegistration registration = new WskRegistration(RunningProvider.on(transport).registrar());
    registration.register(new WskClientNpi(transport, new WskClientDispatch(WskVersion.V1_0)));
    Out<WskProviderNpi> npi = new Out<>();
    registration.captureProviderNpi(WskRegistration.NO_WAIT, npi);
    Out<Integer> flags = new Out<>();
    CountDownLatch ended = new CountDownLatch(1);
    WskConnectionSocket socket =
        connect(
            npi.require(),
            WskClientConnectionDispatch.builder()
                .onDisconnect(
                    (context, given) -> {
                      flags.set(given);
                      ended.countDown();
                      return NtStatus.SUCCESS;
                    })
                .build());
    Irp receive = Irp.allocate();
    socket.receive(WskBuf.of(new byte[1]), 0, receive);
    vanish("add");
    boolean complete =
        receive.await(PATIENCE) && ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    vanish("del");
    return complete ? receive.status().name() + " " + flags.require() : "nothing happens";
  }

  private static WskConnectionSocket connect(
      WskProviderNpi npi, WskClientConnectionDispatch dispatch) throws InterruptedException {
    Irp made = Irp.allocate();
    npi.dispatch()
        .socketConnect(
            npi.client(),
            SocketType.STREAM,
            Protocol.TCP,
            new InetSocketAddress(HERE, 0),
            new InetSocketAddress(THERE, PORT),
            0,
            null,
            dispatch,
            null,
            null,
            null,
            made);
    made.await(PATIENCE);
    WskConnectionSocket socket = made.object(WskConnectionSocket.class);
    set(socket, TcpOptions.KEEPIDLE, 1);
    set(socket, TcpOptions.KEEPINTVL, 2);
    set(socket, TcpOptions.KEEPCNT, 1);
    set(socket, WskOptions.KEEPALIVE, 1);
    set(
        socket,
        WskOptions.EVENT_CALLBACK,
        new WskEventCallbackControl(
            WskProviderCharacteristics.NPI_WSK_INTERFACE_ID, WskEventCallbackControl.DISCONNECT));
    return socket;
  }

  private static <I> void set(
      WskConnectionSocket socket, WskControlKey<I, ?> key, @Nullable I value)
      throws InterruptedException {
    Irp irp = Irp.allocate();
    socket.controlSocket(WskControlSocketType.SET_OPTION, key, value, 0, null, null, irp);
    irp.await(PATIENCE);
    if (irp.status() != NtStatus.SUCCESS) {
      throw new AssertionError(key + ": " + irp.status());
    }
  }

  /** What the neighbour sends here goes into a black hole, or no longer. */
  private static void vanish(String verb) throws Exception {
    ChildJvm.run(
        List.of("ip", "-n", System.getenv(OTHER), "route", verb, "blackhole", HERE + "/32"),
        PATIENCE);
  }

  /** One line of the output. */
  static String line(Transport transport, NtStatus status) {
    int flags = WskFlags.ABORTIVE | WskFlags.AT_DISPATCH_LEVEL;
    return transport.name() + " " + status.name() + " " + flags;
  }
}
