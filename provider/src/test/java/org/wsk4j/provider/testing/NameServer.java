package org.wsk4j.provider.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.wsk4j.testing.TestScope;

/**
 * A name server on the loopback address, by UDP and TCP, for the time of one test. What it was not
 * told about does not exist; a name that it knows has no records but those of the types it was told
 * about.
 */
public final class NameServer {
  private static final int SERVFAIL = 2;
  private static final int NXDOMAIN = 3;
  private static final int TRUNCATED = 0x0200;
  private static final int RESPONSE = 0x8180;
  private static final long PATIENCE_SECONDS = 10;
  private static final Map<String, Integer> TYPES =
      Map.of("A", 1, "CNAME", 5, "PTR", 12, "AAAA", 28);

  /** One record of an answer. */
  public record Entry(String owner, String type, String data) {}

  /** What a client has asked. */
  public record Asked(String type, String name, boolean tcp) {}

  /** Sends a message back the way the question came. */
  private interface Way {
    void send(byte[] message) throws IOException;
  }

  private record Reply(int flags, boolean silent, boolean held, boolean largeOnly, Entry... data) {}

  private record Held(byte[] message, Way way) {}

  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<Asked> arrivals = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<Held> held = new LinkedBlockingQueue<>();
  private final DatagramSocket udp;
  private final ServerSocket tcp;

  private NameServer(TestScope scope) throws IOException {
    InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    DatagramSocket datagrams;
    ServerSocket connections = new ServerSocket(0, 10, here);
    try {
      datagrams = new DatagramSocket(connections.getLocalPort(), here);
    } catch (IOException taken) {
      connections.close();
      connections = new ServerSocket(0, 10, here);
      datagrams = new DatagramSocket(connections.getLocalPort(), here);
    }
    udp = datagrams;
    tcp = connections;
    scope.closing(udp);
    scope.closing(tcp);
    scope.thread("names-udp").execute(this::serveDatagrams);
    scope.thread("names-tcp").execute(this::serveConnections);
  }

  /** {@return a new server that knows nothing} */
  public static NameServer in(TestScope scope) throws IOException {
    return new NameServer(scope);
  }

  /** {@return where it listens} */
  public InetSocketAddress address() {
    return (InetSocketAddress) tcp.getLocalSocketAddress();
  }

  // ---- What it says

  /** Answers with addresses or names. */
  public NameServer says(String type, String name, String... data) {
    return answers(type, name, entries(type, name, data));
  }

  /** Answers with the given records. */
  public NameServer answers(String type, String name, Entry... data) {
    return put(type, name, new Reply(0, false, false, false, data));
  }

  /** Answers a question by UDP that the answer is too long, and by TCP with these. */
  public NameServer saysByTcp(String type, String name, String... data) {
    return put(type, name, new Reply(0, false, false, true, entries(type, name, data)));
  }

  /** Answers only when it is told to {@link #letGo}. */
  public NameServer holds(String type, String name, String... data) {
    return put(type, name, new Reply(0, false, true, false, entries(type, name, data)));
  }

  /** Answers that it has failed. */
  public NameServer fails(String type, String name) {
    return put(type, name, new Reply(SERVFAIL, false, false, false));
  }

  /** Answers nothing. */
  public NameServer isSilent(String type, String name) {
    return put(type, name, new Reply(0, true, false, false));
  }

  private NameServer put(String type, String name, Reply reply) {
    replies.put(type + " " + name, reply);
    return this;
  }

  private static Entry[] entries(String type, String name, String... data) {
    return Arrays.stream(data).map(one -> new Entry(name, type, one)).toArray(Entry[]::new);
  }

  /** Sends an answer that it holds, the oldest one or the youngest. */
  public void letGo(boolean youngest) throws IOException {
    List<Held> all = new ArrayList<>(held);
    Held next = all.get(youngest ? all.size() - 1 : 0);
    held.remove(next);
    next.way().send(next.message());
  }

  /** {@return how many answers it holds} */
  public int held() {
    return held.size();
  }

  // ---- What it was asked

  /** {@return all that it was asked so far, in order} */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** Waits for the next question; {@return it} */
  public Asked awaitQuestion() throws InterruptedException {
    Asked next = arrivals.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no question arrives");
    }
    return next;
  }

  // ---- Serving

  private void serveDatagrams() {
    byte[] memory = new byte[4096];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(memory, memory.length);
        udp.receive(packet);
        byte[] question = Arrays.copyOf(memory, packet.getLength());
        InetSocketAddress from = (InetSocketAddress) packet.getSocketAddress();
        serve(
            question,
            false,
            message -> udp.send(new DatagramPacket(message, message.length, from)));
      } catch (IOException closed) {
        // The loop looks whether that is so.
      }
    }
  }

  private void serveConnections() {
    while (!tcp.isClosed()) {
      try (Socket socket = tcp.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        byte[] question = in.readNBytes(in.readUnsignedShort());
        serve(
            question,
            true,
            message -> {
              byte[] framed = new byte[message.length + 2];
              ByteBuffer.wrap(framed).putShort((short) message.length).put(message);
              out.write(framed);
            });
        in.read(); // until the client has closed
      } catch (IOException closed) {
        // The loop looks whether that is so.
      }
    }
  }

  private void serve(byte[] question, boolean byTcp, Way way) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(question, 12, question.length - 12);
    String name = readName(in);
    int number = in.getShort();
    in.getShort();
    String type =
        TYPES.entrySet().stream()
            .filter(one -> one.getValue() == number)
            .map(Map.Entry::getKey)
            .findAny()
            .orElse("TYPE" + number);
    Asked one = new Asked(type, name, byTcp);
    asked.add(one);
    byte[] asWritten = Arrays.copyOfRange(question, 12, in.position());
    Reply reply = reply(type, name.toLowerCase(Locale.ROOT));
    boolean tooLong = reply.largeOnly() && !byTcp;
    Entry[] data = tooLong ? new Entry[0] : reply.data();
    int flags = RESPONSE | reply.flags() | (tooLong ? TRUNCATED : 0);
    byte[] message = message(question, asWritten, flags, data);
    if (reply.held()) {
      held.add(new Held(message, way));
    } else if (!reply.silent()) {
      way.send(message);
    }
    arrivals.add(one);
  }

  private Reply reply(String type, String name) {
    Reply known = replies.get(type + " " + name);
    if (known != null) {
      return known;
    }
    boolean exists = replies.keySet().stream().anyMatch(key -> key.endsWith(" " + name));
    return new Reply(exists ? 0 : NXDOMAIN, false, false, false);
  }

  private static String readName(ByteBuffer in) {
    StringBuilder name = new StringBuilder();
    for (int length = in.get(); length > 0; length = in.get()) {
      byte[] label = new byte[length];
      in.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.UTF_8));
    }
    return name.toString();
  }

  private static byte[] message(byte[] question, byte[] asked, int flags, Entry... data)
      throws IOException {
    ByteBuffer out = ByteBuffer.allocate(4096);
    out.put(question, 0, 2).putShort((short) flags);
    out.putShort((short) 1).putShort((short) data.length).putInt(0).put(asked);
    for (Entry entry : data) {
      byte[] content = content(entry);
      out.put(name(entry.owner())).putShort(TYPES.get(entry.type()).shortValue());
      out.putShort((short) 1).putInt(60).putShort((short) content.length).put(content);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private static byte[] content(Entry entry) throws IOException {
    boolean address = entry.type().startsWith("A");
    return address ? InetAddress.getByName(entry.data()).getAddress() : name(entry.data());
  }

  private static byte[] name(@Nullable String name) {
    ByteBuffer out = ByteBuffer.allocate(256);
    for (String label : String.valueOf(name).split("\\.")) {
      byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
      out.put((byte) bytes.length).put(bytes);
    }
    out.put((byte) 0);
    return Arrays.copyOf(out.array(), out.position());
  }
}
