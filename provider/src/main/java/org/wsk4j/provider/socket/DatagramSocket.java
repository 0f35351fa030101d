package org.wsk4j.provider.socket;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.wsk4j.buffer.WskBuf;
import org.wsk4j.buffer.WskBufList;
import org.wsk4j.datagram.WskClientDatagramDispatch;
import org.wsk4j.datagram.WskDatagramIndication;
import org.wsk4j.datagram.WskDatagramSocket;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.ControlInfo;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.channel.DatagramEnd;
import org.wsk4j.provider.channel.Operation;
import org.wsk4j.provider.completion.Completions;
import org.wsk4j.provider.control.MessageLengths;
import org.wsk4j.provider.core.ReceiveFrom;
import org.wsk4j.provider.core.SocketPhase;
import org.wsk4j.provider.transport.GroupChange;
import org.wsk4j.provider.transport.GroupMembership;
import org.wsk4j.provider.transport.TransportFeature;
import org.wsk4j.socket.WskSocketCategory;

/**
 * A datagram socket: judges calls on the caller's thread and hands them to the network end. What
 * comes back goes through {@link DatagramCallbacks}.
 *
 * <p>It may be a raw socket: then ports mean nothing. They are ignored where addresses are given,
 * and 0 where they are told.
 */
final class DatagramSocket extends AddressedSocket implements WskDatagramSocket {
  private final SocketKind kind;
  private final DatagramCallbacks callbacks;
  private final DatagramEnd channel;

  DatagramSocket(
      ClientObject client,
      SocketServices services,
      SocketKind kind,
      @Nullable Object context,
      @Nullable WskClientDatagramDispatch dispatch) {
    super(client, services, WskSocketCategory.DATAGRAM, kind.addressFamily(), SocketPhase.CREATED);
    this.kind = kind;
    callbacks = new DatagramCallbacks(this, context, dispatch);
    gate().enableStatically(client.staticEvents().seal() & callbacks.implemented());
    channel = services.channels().datagrams(parts(), callbacks);
    services.statistics().socketOpened(WskSocketCategory.DATAGRAM);
  }

  @Override
  DatagramEnd channel() {
    return channel;
  }

  @Override
  public boolean isTcp() {
    return false;
  }

  @Override
  public int rawProtocol() {
    return kind.rawProtocol();
  }

  /** Segments are of UDP. */
  @Override
  public boolean can(TransportFeature feature) {
    boolean ofUdp =
        feature == TransportFeature.SEND_SEGMENTATION
            || feature == TransportFeature.RECEIVE_COALESCING;
    return !(isRaw() && ofUdp) && super.can(feature);
  }

  @Override
  NtStatus checkAddress(@Nullable SocketAddress address) {
    NtStatus status = super.checkAddress(address);
    return status != NtStatus.SUCCESS || address == null
        ? status
        : DatagramArguments.local(address, addressFamily(), options().ipv6Only());
  }

  // ---- Send

  @Override
  public NtStatus sendTo(
      @Nullable WskBuf buffer,
      int flags,
      @Nullable SocketAddress remoteAddress,
      @Nullable ControlInfo controlInfo,
      @Nullable Irp irp) {
    NtStatus begun = begin(irp, channel);
    if (begun != NtStatus.SUCCESS || irp == null) {
      return begun;
    }
    NtStatus status = DatagramArguments.send(buffer, flags, controlInfo);
    if (status == NtStatus.SUCCESS) {
      irp.context().setRegion(buffer);
      status = direct(irp, remoteAddress, controlInfo);
    }
    if (status == NtStatus.SUCCESS) {
      status = checkLength(irp.context().length, irp.context().target);
    }
    return status == NtStatus.SUCCESS
        ? hand(irp, Operation.SEND_TO)
        : Completions.finish(irp, status);
  }

  @Override
  public NtStatus sendMessages(
      @Nullable WskBufList bufferList,
      int flags,
      @Nullable SocketAddress remoteAddress,
      @Nullable ControlInfo controlInfo,
      @Nullable Irp irp) {
    NtStatus begun = begin(irp, channel);
    if (begun != NtStatus.SUCCESS || irp == null) {
      return begun;
    }
    NtStatus status = DatagramArguments.send(bufferList, flags, controlInfo);
    if (status == NtStatus.SUCCESS) {
      status = direct(irp, remoteAddress, controlInfo);
    }
    for (WskBufList each = bufferList; status == NtStatus.SUCCESS && each != null; ) {
      status = checkLength(each.buffer().length(), irp.context().target);
      irp.context().length += each.buffer().length();
      each = each.next();
    }
    irp.context().argument = bufferList;
    irp.context().remaining = bufferList != null ? bufferList.buffer().length() : 0;
    return status == NtStatus.SUCCESS
        ? hand(irp, Operation.SEND_TO)
        : Completions.finish(irp, status);
  }

  /** Decides where datagrams go and what goes along with them, and whether they can. */
  private NtStatus direct(
      Irp irp, @Nullable SocketAddress asked, @Nullable ControlInfo controlInfo) {
    NtStatus open = DatagramArguments.state(state());
    if (open != NtStatus.SUCCESS) {
      return open;
    }
    SocketAddress remote = asked != null ? asked : callbacks.fixed().destination();
    NtStatus usable = checkDestination(remote);
    if (usable == NtStatus.SUCCESS
        && controlInfo != null
        && remote instanceof InetSocketAddress internet) {
      usable = SendControl.check(controlInfo, internet, this::can);
    }
    irp.context().target = usable == NtStatus.SUCCESS ? meaning(remote) : null;
    irp.context().detail = controlInfo;
    return usable;
  }

  private NtStatus checkDestination(@Nullable SocketAddress address) {
    return isRaw()
        ? DatagramArguments.rawDestination(address, addressFamily())
        : DatagramArguments.destination(address, addressFamily(), options().ipv6Only());
  }

  /** What of an address means something to this socket. */
  private @Nullable SocketAddress meaning(@Nullable SocketAddress address) {
    return isRaw() && address instanceof InetSocketAddress inet
        ? Addresses.withoutPort(inet)
        : address;
  }

  private NtStatus checkLength(long length, @Nullable Object remote) {
    if (!isRaw()) {
      return DatagramArguments.length(length, remote);
    }
    boolean ipv6 = addressFamily() == AddressFamily.INET6;
    return length <= MessageLengths.raw(ipv6, options().headerIncluded())
        ? NtStatus.SUCCESS
        : NtStatus.INVALID_BUFFER_SIZE;
  }

  @Override
  public NtStatus fixRemoteAddress(@Nullable InetSocketAddress address) {
    NtStatus status = address != null ? checkDestination(address) : NtStatus.SUCCESS;
    if (status == NtStatus.SUCCESS) {
      callbacks.fixed().setRemote((InetSocketAddress) meaning(address));
    }
    return status;
  }

  @Override
  public NtStatus fixSendToAddress(@Nullable InetSocketAddress address) {
    NtStatus status = address != null ? checkDestination(address) : NtStatus.SUCCESS;
    if (status == NtStatus.SUCCESS) {
      callbacks.fixed().setSendTo((InetSocketAddress) meaning(address));
    }
    return status;
  }

  // ---- Receive

  @Override
  public NtStatus receiveFrom(
      @Nullable WskBuf buffer,
      int flags,
      @Nullable Out<SocketAddress> remoteAddress,
      @Nullable LongOut controlLength,
      @Nullable Out<ControlInfo> controlInfo,
      @Nullable LongOut controlFlags,
      @Nullable Irp irp) {
    NtStatus begun = begin(irp, channel);
    if (begun != NtStatus.SUCCESS || irp == null) {
      return begun;
    }
    NtStatus status = DatagramArguments.receive(buffer, flags);
    if (status == NtStatus.SUCCESS) {
      status = DatagramArguments.state(state());
    }
    if (status != NtStatus.SUCCESS) {
      return Completions.finish(irp, status);
    }
    irp.context().setRegion(buffer);
    irp.context().target = new ReceiveFrom(remoteAddress, controlLength, controlInfo, controlFlags);
    return hand(irp, Operation.RECEIVE_FROM);
  }

  @Override
  public NtStatus release(@Nullable WskDatagramIndication dataIndication) {
    return Releases.release(dataIndication, channel.retained());
  }

  // ---- Close

  @Override
  void closeChannel(@Nullable Irp request) {
    channel.close(request);
  }

  // ---- Controls

  @Override
  public void optionsChanged() {
    channel.optionsChanged();
  }

  @Override
  public NtStatus changeGroups(GroupChange change, GroupMembership membership) {
    return channel.groups().change(change, membership);
  }

  // ---- Events

  @Override
  public int validEvents() {
    return DatagramCallbacks.EVENTS;
  }

  @Override
  public int implementedEvents() {
    return callbacks.implemented();
  }

  @Override
  public NtStatus checkEventState() {
    return DatagramArguments.state(state());
  }

  @Override
  public void eventsChanged() {
    channel.eventsChanged();
  }
}
