package org.wsk4j.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientNpi;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.irp.Irp;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.testing.Background;
import org.wsk4j.testing.FakeSocket;
import org.wsk4j.testing.FakeWskProvider;

/**
 * Threads register, capture, use, release and deregister several blocks while providers come and
 * go. Nothing may be used after its end, nobody may be stranded, and nothing may be left.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RegistrationStressTest {
  private static final Duration LENGTH = Duration.ofSeconds(3);
  private static final int BLOCKS = 4;
  private static final int USERS_PER_BLOCK = 2;

  private final NetworkModuleRegistrar registrar = new NetworkModuleRegistrar();
  private final List<FakeWskProvider> providers = new ArrayList<>();
  private final AtomicLong registered = new AtomicLong();
  private final AtomicLong started = new AtomicLong();
  private final AtomicLong captured = new AtomicLong();
  private final AtomicLong opened = new AtomicLong();
  private final AtomicLong closed = new AtomicLong();
  private final AtomicInteger violations = new AtomicInteger();
  private final AtomicLong seeds = new AtomicLong(System.nanoTime());
  private final long end = System.nanoTime() + LENGTH.toNanos();

  @Test
  void shouldLeaveNothingBehind() {
    System.out.println("RegistrationStressTest begins with the seed " + seeds.get());
    List<Background<Void>> threads = new ArrayList<>();
    for (int block = 0; block < BLOCKS; block++) {
      addBlock(threads);
    }
    addProvider(threads, 0x0100, 0x0100);
    addProvider(threads, 0x0100, 0x0103);
    addProvider(threads, 0x0200, 0x0200);

    threads.forEach(Background::result);

    assertThat(violations).hasValue(0);
    assertThat(captured.get()).isPositive();
    assertThat(opened.get()).isPositive().isEqualTo(closed.get());
    assertThat(registrar.describe()).isEmpty();
    assertThat(providers).allSatisfy(provider -> assertThat(provider.clients()).isEmpty());
    System.out.println(
        registered
            + " registrations, "
            + started
            + " starts of providers, "
            + captured
            + " captures, "
            + opened
            + " sockets");
  }

  /** A block with one thread that registers and deregisters it, and some that use it. */
  private void addBlock(List<Background<Void>> threads) {
    WskRegistration block = new WskRegistration(registrar);
    AtomicInteger holders = new AtomicInteger();
    threads.add(loop("owner", random -> live(block, holders, random)));
    IntStream.range(0, USERS_PER_BLOCK)
        .forEach(user -> threads.add(loop("user", random -> use(block, holders, random))));
  }

  private void live(WskRegistration block, AtomicInteger holders, Random random) {
    WskClientNpi npi = new WskClientNpi(block, new WskClientDispatch(0x0100));
    expect(block.register(npi) == NtStatus.SUCCESS);
    registered.incrementAndGet();
    letOthersCapture(random);
    block.deregister();
    expect(holders.get() == 0);
    expect(!block.toString().contains("captures"));
  }

  private void use(WskRegistration block, AtomicInteger holders, Random random) {
    block.queryProviderCharacteristics(new Out<WskProviderCharacteristics>());
    Out<WskProviderNpi> npi = new Out<>();
    int timeout = random.nextInt(3);
    NtStatus status = block.captureProviderNpi(timeout, npi);
    if (status == NtStatus.SUCCESS) {
      holders.incrementAndGet();
      countCapture();
      useSocket(npi.require(), random);
      holders.decrementAndGet();
      block.releaseProviderNpi();
    } else {
      expect(npi.get() == null);
    }
  }

  private void countCapture() {
    synchronized (captured) {
      captured.incrementAndGet();
      captured.notifyAll();
    }
  }

  /** The provider may be going, and then refuses; but the request always completes. */
  private void useSocket(WskProviderNpi npi, Random random) {
    Irp irp = Irp.allocate();
    NtStatus status =
        npi.dispatch().socket(npi.client(), 2, 1, 6, 8, null, null, null, null, null, irp);
    expect(irp.isCompleted() && irp.status() == status);
    if (status != NtStatus.SUCCESS) {
      return;
    }
    opened.incrementAndGet();
    FakeSocket socket = irp.object(FakeSocket.class);
    Irp receive = Irp.allocate();
    expect(socket.receive(null, 0, receive) == NtStatus.PENDING);
    pause(random);
    expect(random.nextBoolean() || socket.completeReceive());
    Irp close = Irp.allocate();
    close.setCompletionRoutine(
        (completed, context) -> {
          closed.incrementAndGet();
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);
    socket.closeSocket(close);
    expect(receive.isCompleted() && close.isCompleted());
  }

  /** A provider that comes and goes; no call may reach it while it is gone. */
  private void addProvider(List<Background<Void>> threads, int lowest, int highest) {
    FakeWskProvider provider = new FakeWskProvider(registrar).offering(lowest, highest);
    providers.add(provider);
    threads.add(loop("provider", random -> comeAndGo(provider, random)));
  }

  private void comeAndGo(FakeWskProvider provider, Random random) {
    provider.insideCalls(() -> {});
    provider.start();
    started.incrementAndGet();
    letOthersCapture(random);
    provider.stop();
    provider.insideCalls(violations::incrementAndGet);
    expect(provider.clients().isEmpty());
    pause(random);
  }

  /** Waits until some captures were made by anybody, but not for long. */
  private void letOthersCapture(Random random) {
    long enough = captured.get() + random.nextInt(20);
    long patience = System.nanoTime() + Duration.ofMillis(20).toNanos();
    synchronized (captured) {
      while (captured.get() < enough && System.nanoTime() < patience) {
        try {
          captured.wait(5);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  private static void pause(Random random) {
    for (int turn = random.nextInt(4); turn > 0; turn--) {
      Thread.yield();
    }
  }

  private void expect(boolean holds) {
    if (!holds) {
      throw new AssertionError("broken, in " + registrar.describe());
    }
  }

  /** Does something again and again until the time is over. */
  private Background<Void> loop(String name, Consumer<Random> action) {
    Random random = new Random(seeds.getAndIncrement());
    return Background.run(
        name,
        () -> {
          while (System.nanoTime() < end) {
            action.accept(random);
          }
        });
  }
}
