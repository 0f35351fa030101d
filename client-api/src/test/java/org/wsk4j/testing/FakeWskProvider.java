package org.wsk4j.testing;

import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wsk4j.client.WskClient;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskProviderDispatch;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.control.WskClientControlKey;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressInfo;
import org.wsk4j.net.NameSpaceProvider;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nmr.NmrBindingHandle;
import org.wsk4j.nmr.NmrProviderHandle;
import org.wsk4j.nmr.NpiModuleId;
import org.wsk4j.nmr.NpiProviderCharacteristics;
import org.wsk4j.nmr.NpiRegistrationInstance;
import org.wsk4j.nt.LongOut;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.security.OwningProcess;
import org.wsk4j.security.OwningThread;
import org.wsk4j.security.SecurityDescriptor;
import org.wsk4j.socket.WskClientSocketDispatch;

/**
 * A WSK provider without a network: a miniature of what a provider owes to the registrar and to the
 * registration service. It registers, offers a range of versions, makes sockets, can leave requests
 * pending, and holds up its half of a detachment until sockets, requests and callbacks are gone.
 *
 * <p>The settings (methods that return this) are made before {@link #start}.
 */
public final class FakeWskProvider implements WskProviderDispatch {
  private static final NpiModuleId MODULE_ID =
      NpiModuleId.of("{0f3c9a64-3f3e-4b55-9f0a-58d5b5a6f9d1}");

  private final NetworkModuleRegistrar registrar;
  private final List<FakeWskClient> clients = new CopyOnWriteArrayList<>();

  /** Requests that a test completes; guarded by itself. */
  private final Deque<Runnable> heldRequests = new ArrayDeque<>();

  private final AtomicInteger freed = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();

  private @Nullable Object characteristics = new WskProviderCharacteristics(0x0100, 0x0100);
  private int version = 0x0100;
  private NtStatus answer = NtStatus.SUCCESS;
  private Runnable whenAttaching = () -> {};
  private @Nullable NmrProviderHandle handle;

  /** Set by a test, read by all callers. */
  private volatile Runnable insideCall = () -> {};

  private volatile boolean holding;

  /**
   * Makes a provider of version 1.0.
   *
   * @param registrar where it will register
   */
  public FakeWskProvider(NetworkModuleRegistrar registrar) {
    this.registrar = registrar;
  }

  // ---- Settings

  /** Offers a range of versions, and tables of the highest; {@return this} */
  public FakeWskProvider offering(int lowest, int highest) {
    characteristics = new WskProviderCharacteristics(highest, lowest);
    version = highest;
    return this;
  }

  /** Registers other characteristics than a provider of WSK should; {@return this} */
  public FakeWskProvider withCharacteristics(@Nullable Object other) {
    characteristics = other;
    return this;
  }

  /** Gives tables of another version than it should; {@return this} */
  public FakeWskProvider withTablesOf(int other) {
    version = other;
    return this;
  }

  /** Answers clients that want to attach with a status; {@return this} */
  public FakeWskProvider answering(NtStatus status) {
    answer = status;
    return this;
  }

  /** Runs something whenever a client wants to attach; {@return this} */
  public FakeWskProvider whenAttaching(Runnable action) {
    whenAttaching = action;
    return this;
  }

  // ---- Life

  /** Registers; {@return this} */
  public FakeWskProvider start() {
    Out<NmrProviderHandle> out = new Out<>();
    NpiRegistrationInstance instance =
        NpiRegistrationInstance.of(
            WskProviderCharacteristics.NPI_WSK_INTERFACE_ID, MODULE_ID, characteristics);
    NtStatus status =
        registrar.registerProvider(
            NpiProviderCharacteristics.of(this::attach, this::detach, this::cleanUp, instance),
            null,
            out);
    if (!status.isSuccess()) {
      throw new IllegalStateException("not registered: " + status);
    }
    handle = out.require();
    return this;
  }

  /** Begins to deregister; detachments may be pending when this returns. */
  public void beginStop() {
    registrar.deregisterProvider(handle);
  }

  /** Waits until all clients have let go. */
  public void awaitStopped() {
    registrar.waitForProviderDeregisterComplete(handle);
  }

  /** Deregisters, and waits until all clients have let go. */
  public void stop() {
    beginStop();
    awaitStopped();
  }

  private NtStatus attach(
      NmrBindingHandle binding,
      @Nullable Object providerContext,
      NpiRegistrationInstance client,
      @Nullable Object clientBindingContext,
      @Nullable Object clientDispatch,
      Out<Object> providerBindingContext,
      Out<Object> providerDispatch) {
    whenAttaching.run();
    if (!answer.isSuccess()) {
      return answer;
    }
    FakeWskClient added =
        new FakeWskClient(
            this,
            binding,
            clientBindingContext,
            (WskClientDispatch) Objects.requireNonNull(clientDispatch));
    clients.add(added);
    providerBindingContext.set(added);
    providerDispatch.set(this);
    return NtStatus.SUCCESS;
  }

  private NtStatus detach(@Nullable Object bindingContext) {
    FakeWskClient client = (FakeWskClient) Objects.requireNonNull(bindingContext);
    client.inUse().beginRundown(() -> registrar.providerDetachClientComplete(client.binding()));
    return NtStatus.PENDING;
  }

  private void cleanUp(@Nullable Object bindingContext) {
    clients.remove((FakeWskClient) Objects.requireNonNull(bindingContext));
  }

  // ---- What a test sees and does

  /** {@return the clients that are attached, or not completely detached} */
  public List<FakeWskClient> clients() {
    return List.copyOf(clients);
  }

  /** {@return the only client} */
  public FakeWskClient client() {
    if (clients.size() != 1) {
      throw new IllegalStateException("not one client: " + clients);
    }
    return clients.get(0);
  }

  /** {@return how many of its functions were called} */
  public int calls() {
    return calls.get();
  }

  /** {@return how many lists of addresses were given back} */
  public int freed() {
    return freed.get();
  }

  /** Runs something inside every call from now on. */
  public void insideCalls(Runnable action) {
    insideCall = action;
  }

  /** Leaves requests pending from now on, until {@link #completeRequests}. */
  public void holdRequests() {
    holding = true;
  }

  /** {@return how many requests are pending} */
  public int heldRequests() {
    synchronized (heldRequests) {
      return heldRequests.size();
    }
  }

  /** Completes the requests that are pending, and no longer leaves any. */
  public void completeRequests() {
    holding = false;
    for (Runnable next = nextHeld(); next != null; next = nextHeld()) {
      next.run();
    }
  }

  private @Nullable Runnable nextHeld() {
    synchronized (heldRequests) {
      return heldRequests.poll();
    }
  }

  // ---- The functions

  @Override
  public int version() {
    return version;
  }

  @Override
  public NtStatus socket(
      @Nullable WskClient client,
      int addressFamily,
      int socketType,
      int protocol,
      int flags,
      @Nullable Object socketContext,
      @Nullable WskClientSocketDispatch dispatch,
      @Nullable OwningProcess owningProcess,
      @Nullable OwningThread owningThread,
      @Nullable SecurityDescriptor securityDescriptor,
      @Nullable Irp irp) {
    return request(client, irp, own -> makeSocket(own, socketContext, dispatch));
  }

  @Override
  public NtStatus socketConnect(
      @Nullable WskClient client,
      int socketType,
      int protocol,
      @Nullable SocketAddress localAddress,
      @Nullable SocketAddress remoteAddress,
      int flags,
      @Nullable Object socketContext,
      @Nullable WskClientConnectionDispatch dispatch,
      @Nullable OwningProcess owningProcess,
      @Nullable OwningThread owningThread,
      @Nullable SecurityDescriptor securityDescriptor,
      @Nullable Irp irp) {
    return request(client, irp, own -> makeSocket(own, socketContext, dispatch));
  }

  private static FakeSocket makeSocket(
      FakeWskClient client,
      @Nullable Object socketContext,
      @Nullable WskClientSocketDispatch dispatch) {
    client.inUse().acquireNested();
    return new FakeSocket(client, socketContext, dispatch);
  }

  @Override
  public <I, O> NtStatus controlClient(
      @Nullable WskClient client,
      WskClientControlKey<I, O> controlCode,
      @Nullable I input,
      long outputSize,
      @Nullable Out<O> output,
      @Nullable LongOut outputSizeReturned,
      @Nullable Irp irp) {
    if (controlCode.requiresIrp()) {
      return request(client, irp, own -> null);
    }
    calls.incrementAndGet();
    insideCall.run();
    return isOwn(client) ? NtStatus.SUCCESS : NtStatus.INVALID_HANDLE;
  }

  @Override
  public NtStatus getAddressInfo(
      @Nullable WskClient client,
      @Nullable String nodeName,
      @Nullable String serviceName,
      int nameSpace,
      @Nullable NameSpaceProvider provider,
      @Nullable AddressInfo hints,
      @Nullable Out<AddressInfo> result,
      @Nullable OwningProcess owningProcess,
      @Nullable OwningThread owningThread,
      @Nullable Irp irp) {
    return request(client, irp, own -> null);
  }

  @Override
  public void freeAddressInfo(@Nullable WskClient client, @Nullable AddressInfo addressInfo) {
    calls.incrementAndGet();
    insideCall.run();
    freed.incrementAndGet();
  }

  @Override
  public NtStatus getNameInfo(
      @Nullable WskClient client,
      @Nullable SocketAddress socketAddress,
      @Nullable Out<String> nodeName,
      @Nullable Out<String> serviceName,
      int flags,
      @Nullable OwningProcess owningProcess,
      @Nullable OwningThread owningThread,
      @Nullable Irp irp) {
    return request(client, irp, own -> null);
  }

  /** Completes a request with what the work makes, or keeps it until a test completes it. */
  private NtStatus request(
      @Nullable WskClient client,
      @Nullable Irp irp,
      Function<FakeWskClient, @Nullable Object> work) {
    calls.incrementAndGet();
    insideCall.run();
    if (irp == null) {
      return NtStatus.INVALID_PARAMETER;
    }
    if (!(client instanceof FakeWskClient own) || own.provider() != this) {
      return NtStatus.INVALID_HANDLE;
    }
    NtStatus taken = irp.begin(null);
    if (!taken.isSuccess()) {
      return fail(irp, taken);
    }
    if (!own.inUse().acquire()) {
      return fail(irp, NtStatus.FILE_FORCED_CLOSED);
    }
    Runnable finish =
        () -> {
          irp.complete(NtStatus.SUCCESS, 0, work.apply(own));
          own.inUse().release();
        };
    if (!holding) {
      finish.run();
      return NtStatus.SUCCESS;
    }
    irp.markPending();
    synchronized (heldRequests) {
      heldRequests.add(finish);
    }
    return NtStatus.PENDING;
  }

  private boolean isOwn(@Nullable WskClient client) {
    return client instanceof FakeWskClient own && own.provider() == this;
  }

  /** Completes a request that was taken, or leaves one alone that could not be. */
  static NtStatus fail(Irp irp, NtStatus status) {
    if (status != NtStatus.INVALID_PARAMETER) {
      irp.complete(status);
    }
    return status;
  }

  @Override
  public String toString() {
    return "FakeWskProvider[" + clients + "]";
  }
}
