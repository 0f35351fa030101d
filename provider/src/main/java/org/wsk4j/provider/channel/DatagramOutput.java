package org.wsk4j.provider.channel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.Mdl;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.net.ControlMessage;
import org.wsk4j.net.ControlType;
import org.wsk4j.net.IntControlMessage;
import org.wsk4j.net.Protocol;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.provider.control.SocketOptions;
import org.wsk4j.provider.core.DatagramSink;
import org.wsk4j.provider.transport.DatagramPort;
import org.wsk4j.provider.transport.OutgoingDatagrams;

/**
 * Gathers datagrams and sends them through the UDP socket of a datagram socket.
 *
 * <p>Threads: on the event loop of the socket.
 */
final class DatagramOutput implements DatagramSink {
  /** So many datagrams the system makes of one buffer at most, and so many bytes they have. */
  private static final int MOST_SEGMENTS = 64;

  private static final int MOST_SEGMENTED = 65_000;

  private final DatagramHold hold;
  private final SocketOptions options;
  private final LoopMeters meters;
  private final Supplier<OutgoingDatagrams> memory;
  private final DatagramFaults faults;

  private @Nullable OutgoingDatagrams batch;
  private NtStatus failure = NtStatus.SUCCESS;

  DatagramOutput(
      DatagramHold hold,
      SocketOptions options,
      LoopMeters meters,
      Supplier<OutgoingDatagrams> memory,
      DatagramFaults faults) {
    this.hold = hold;
    this.options = options;
    this.meters = meters;
    this.memory = memory;
    this.faults = faults;
  }

  @Override
  public void begin() {
    batch = memory.get();
    batch.clear();
  }

  private OutgoingDatagrams batch() {
    return Objects.requireNonNull(batch, "no batch was begun");
  }

  @Override
  public long gather(
      @Nullable Mdl first,
      long offset,
      long length,
      InetSocketAddress remote,
      @Nullable ControlInfo control) {
    int segment = segment(control);
    int count = (int) (segment > 0 ? Math.min(length, atOnce(segment)) : length);
    OutgoingDatagrams gathered = batch();
    if (!gathered.add(first, offset, count, remote)) {
      return BATCH_IS_FULL;
    }
    gathered.describe(control, count > segment ? segment : 0);
    return count;
  }

  /** Into how large datagrams a buffer is cut, or 0 if it is not. */
  private int segment(@Nullable ControlInfo control) {
    if (control != null) {
      List<ControlMessage> messages = control.messages();
      for (int each = 0; each < messages.size(); each++) {
        if (messages.get(each) instanceof IntControlMessage number
            && number.level() == Protocol.UDP
            && number.type() == ControlType.UDP_SEND_MSG_SIZE) {
          return number.value();
        }
      }
    }
    return options.sendMessageSize();
  }

  /** How much goes out at once: several datagrams if the system cuts them, or one. */
  private int atOnce(int segment) {
    DatagramPort port = hold.port();
    return port == null || !port.isSegmenting()
        ? segment
        : segment * Math.max(1, Math.min(MOST_SEGMENTS, MOST_SEGMENTED / segment));
  }

  @Override
  public int send(int from) {
    DatagramPort port = hold.port();
    if (port == null) {
      failure = faults.whyGone();
      return FAILED;
    }
    OutgoingDatagrams gathered = batch();
    int sent;
    try {
      sent = port.send(gathered, from);
    } catch (IOException | RuntimeException cause) {
      failure = faults.sendFailed(cause);
      return FAILED;
    }
    for (int each = from; each < from + sent; each++) {
      meters.counters().sent(gathered.length(each));
    }
    return sent == DatagramPort.FILL_AGAIN ? GATHER_AGAIN : sent;
  }

  @Override
  public NtStatus failure() {
    return failure;
  }

  @Override
  public void awaitRoom() {
    DatagramPort port = hold.port();
    if (port != null) {
      port.awaitRoom();
    }
  }

  /** Judges what goes wrong. */
  interface DatagramFaults {
    /** {@return the status of what there is no UDP socket for} */
    NtStatus whyGone();

    /** {@return the status of a datagram that could not be sent} */
    NtStatus sendFailed(Exception cause);
  }
}
