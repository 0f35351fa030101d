package org.wsk4j.nmr;

import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/**
 * A client or a provider that decides at random: whether it attaches, at once or at the second try,
 * fails after all, leaves in the middle of it, and how it lets go.
 */
final class StressModule {
  final Stress stress;
  private final boolean isClient;
  private final Random random;
  private final NpiRegistrationInstance instance;
  private final Out<NmrClientHandle> clientHandle = new Out<>();
  private final Out<NmrProviderHandle> providerHandle = new Out<>();
  private final Set<StressModule> met = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean leaving = new AtomicBoolean();
  private final CountDownLatch hasLeft = new CountDownLatch(1);
  private long registering;
  private long registered;
  private volatile long left;

  StressModule(Stress stress, boolean isClient, long seed) {
    this.stress = stress;
    this.isClient = isClient;
    this.random = new Random(seed);
    NpiId npi = Stress.NPIS.get(random.nextInt(Stress.NPIS.size()));
    this.instance = NpiRegistrationInstance.of(npi, NpiModuleId.random(), this);
  }

  boolean isClient() {
    return isClient;
  }

  void register() {
    registering = stress.clock.incrementAndGet();
    NtStatus status =
        isClient
            ? stress.nmr.registerClient(
                NpiClientCharacteristics.of(this::offered, this::detach, this::cleanup, instance),
                null,
                clientHandle)
            : stress.nmr.registerProvider(
                NpiProviderCharacteristics.of(this::asked, this::detach, this::cleanup, instance),
                null,
                providerHandle);
    registered = stress.clock.incrementAndGet();
    if (status != NtStatus.SUCCESS) {
      stress.fault("not registered", status);
    }
  }

  /** Deregisters, once. */
  void leave() {
    if (!leaving.compareAndSet(false, true)) {
      return;
    }
    left = stress.clock.incrementAndGet();
    NtStatus status =
        isClient
            ? stress.nmr.deregisterClient(clientHandle.get())
            : stress.nmr.deregisterProvider(providerHandle.get());
    hasLeft.countDown();
    if (status != NtStatus.PENDING) {
      stress.fault("not deregistered", status);
    }
  }

  /** Another thread may be about to deregister it: a wait may only follow that. */
  NtStatus awaitGone() {
    try {
      hasLeft.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return isClient
        ? stress.nmr.waitForClientDeregisterComplete(clientHandle.get())
        : stress.nmr.waitForProviderDeregisterComplete(providerHandle.get());
  }

  /** Faults if this client was there for all of the provider's registration and not offered it. */
  void requireMet(StressModule provider) {
    boolean sameInterface = instance.npiId().equals(provider.instance.npiId());
    boolean mustMeet =
        registered < provider.registering && provider.registered < left && wasThere(provider)
            || provider.registered < registering && registered < provider.left && wasThere(this);
    if (sameInterface ? mustMeet && !met.contains(provider) : met.contains(provider)) {
      stress.fault("met or not by mistake", this, provider);
    }
  }

  private static boolean wasThere(StressModule module) {
    return module.registered < module.left;
  }

  private NtStatus offered(
      NmrBindingHandle binding, Object context, NpiRegistrationInstance provider) {
    StressModule peer = (StressModule) provider.npiSpecificCharacteristics();
    StressPair pair = new StressPair(binding, this, peer);
    stress.pairs.add(pair);
    if (!met.add(peer)) {
      stress.fault("offered twice", this, peer);
    }
    int mood = random(16);
    if (mood == 0) {
      leave();
    }
    NtStatus status = mood == 1 ? NtStatus.NOINTERFACE : attach(pair);
    if (status != NtStatus.SUCCESS && mood > 8) {
      status = attach(pair);
    }
    if (mood == 2) {
      status = NtStatus.INSUFFICIENT_RESOURCES;
    }
    pair.attached = status == NtStatus.SUCCESS;
    pair.decided = true;
    return status;
  }

  private NtStatus attach(StressPair pair) {
    Out<Object> context = new Out<>();
    NtStatus status =
        stress.nmr.clientAttachProvider(pair.binding, pair, this, context, new Out<>());
    if ((status == NtStatus.SUCCESS) != (context.get() == pair)) {
      stress.fault("got a wrong context", status, pair);
    }
    return status;
  }

  private NtStatus asked(
      NmrBindingHandle binding,
      Object context,
      NpiRegistrationInstance client,
      Object clientBindingContext,
      Object clientDispatch,
      Out<Object> bindingContext,
      Out<Object> dispatch) {
    StressPair pair = (StressPair) clientBindingContext;
    if (pair.binding != binding || pair.provider != this || clientDispatch != pair.client) {
      stress.fault("asked for another", pair);
    }
    int mood = random(16);
    if (mood == 0) {
      leave();
    }
    if (mood < 4) {
      return NtStatus.NOINTERFACE;
    }
    bindingContext.set(pair);
    pair.accepted = true;
    return NtStatus.SUCCESS;
  }

  private NtStatus detach(Object bindingContext) {
    StressPair pair = (StressPair) bindingContext;
    pair.noteDetach(this);
    switch (random(4)) {
      case 0 -> {
        pair.noteDone(this);
        return NtStatus.SUCCESS;
      }
      case 1 -> complete(pair);
      default -> stress.later(() -> complete(pair));
    }
    return NtStatus.PENDING;
  }

  private void complete(StressPair pair) {
    pair.noteDone(this);
    if (isClient) {
      stress.nmr.clientDetachProviderComplete(pair.binding);
    } else {
      stress.nmr.providerDetachClientComplete(pair.binding);
    }
  }

  private void cleanup(Object bindingContext) {
    ((StressPair) bindingContext).noteCleanup(this);
  }

  private int random(int bound) {
    synchronized (random) {
      return random.nextInt(bound);
    }
  }
}
