package org.wsk4j.contract.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.net.AddressFamily;
import org.wsk4j.net.AddressInfo;
import org.wsk4j.net.NameInfoFlags;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.resolve.NameLimits;
import org.wsk4j.provider.testing.TestClient;
import org.wsk4j.testing.TestScope;

/** Requests that wait for a name server: several, cancelled, late, too many, or left behind. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PendingLookUpTest {
  private static final AddressInfo V4 = AddressInfo.hints(0, AddressFamily.INET, 0, 0);

  @Test
  @Rule({"NAM-42", "NAM-02"})
  void shouldKeepSeveralApart(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    List<Out<AddressInfo>> places = new ArrayList<>();
    List<Irp> irps = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      asker.server.holds("A", "host" + i + ".example.test", "192.0.2." + i);
      Out<AddressInfo> place = new Out<>();
      places.add(place);
      int which = i;
      irps.add(
          asker.client.pend(
              irp -> asker.call("host" + which + ".example.test", null, V4, place, irp)));
      asker.server.awaitQuestion();
    }
    for (int i = 2; i >= 0; i--) {
      assertThat(irps.get(i).isCompleted()).isFalse();
      asker.server.letGo(true);
      assertThat(asker.client.result(NtStatus.PENDING, irps.get(i))).isEqualTo(NtStatus.SUCCESS);
      InetSocketAddress found = (InetSocketAddress) places.get(i).require().address();
      assertThat(found.getAddress().getHostAddress()).isEqualTo("192.0.2." + i);
    }
  }

  @Test
  @Rule({"NAM-41", "NAM-21", "NAM-07"})
  void shouldBeCancelledAtOnceAndForGood(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    asker.server.holds("A", "www.example.test", "192.0.2.1");
    Out<AddressInfo> place = new Out<>();
    AtomicInteger routines = new AtomicInteger();
    Irp irp = asker.client.irp();
    asker.client.onCompletion(irp, done -> routines.incrementAndGet());
    assertThat(asker.call("www.example.test", null, V4, place, irp)).isEqualTo(NtStatus.PENDING);
    asker.server.awaitQuestion();
    assertThat(irp.cancel()).isTrue();
    assertThat(irp.isCompleted()).isTrue();
    assertThat(asker.client.result(NtStatus.PENDING, irp)).isEqualTo(NtStatus.CANCELLED);
    assertThat(irp.information()).isZero();
    asker.server.letGo(false);
    asker.server.says("A", "other.example.test", "192.0.2.2");
    assertThat(asker.find("other.example.test", null, V4).status()).isEqualTo(NtStatus.SUCCESS);
    assertThat(place.get()).isNull();
    assertThat(routines).hasValue(1);
    assertThat(irp.cancel()).isFalse();
    // The same for names, and with an IRP that was cancelled before.
    Out<String> node = new Out<>();
    asker.server.isSilent("PTR", "7.2.0.192.in-addr.arpa");
    InetSocketAddress address = TestClient.address(new byte[] {(byte) 192, 0, 2, 7}, 1);
    Irp naming = asker.client.pend(one -> name(asker, address, node, 0, one));
    assertThat(naming.cancel()).isTrue();
    assertThat(naming.status()).isEqualTo(NtStatus.CANCELLED);
    assertThat(node.get()).isNull();
    Irp early = asker.client.irp();
    early.cancel();
    asker.call("www.example.test", null, V4, place, early);
    assertThat(early.await()).isEqualTo(NtStatus.CANCELLED);
  }

  private static NtStatus name(
      Asker asker, InetSocketAddress address, Out<String> node, int flags, Irp irp) {
    return asker
        .client
        .functions()
        .getNameInfo(asker.client.client(), address, node, null, flags, null, null, irp);
  }

  @Test
  @Rule({"NAM-41", "NAM-02"})
  void shouldEndOnceWhetherAnsweredOrCancelled(TestScope scope) throws Exception {
    // Room for all: a request that was cancelled keeps its place until its look-up is given up.
    Asker asker = Asker.in(scope, Asker.limits(new NameLimits(20_000, 8, 1_000)));
    asker.server.says("A", "www.example.test", "192.0.2.1");
    int cancelled = 0;
    for (int i = 0; i < 200; i++) {
      Out<AddressInfo> place = new Out<>();
      AtomicInteger routines = new AtomicInteger();
      Irp irp = asker.client.irp();
      asker.client.onCompletion(irp, done -> routines.incrementAndGet());
      NtStatus returned = asker.call("www.example.test", null, V4, place, irp);
      for (int spin = 0; spin < i * 500; spin++) {
        Thread.onSpinWait();
      }
      irp.cancel();
      NtStatus status = asker.client.result(returned, irp);
      boolean answered = status == NtStatus.SUCCESS;
      assertThat(status).isIn(NtStatus.SUCCESS, NtStatus.CANCELLED);
      assertThat(place.get() != null).isEqualTo(answered);
      assertThat(routines).hasValue(1);
      cancelled += answered ? 0 : 1;
    }
    assertThat(cancelled).isPositive();
  }

  @Test
  @Rule({"NAM-40", "REG-70"})
  void shouldHoldUpTheEndOfTheProgram(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    TestClient client = asker.client;
    asker.server.isSilent("A", "www.example.test");
    asker.server.isSilent("PTR", "7.2.0.192.in-addr.arpa");
    AtomicBoolean routineRan = new AtomicBoolean();
    Irp first = client.irp();
    client.onCompletion(first, done -> routineRan.set(true));
    asker.call("www.example.test", null, V4, new Out<>(), first);
    InetSocketAddress address = TestClient.address(new byte[] {(byte) 192, 0, 2, 7}, 1);
    Irp second = client.pend(irp -> name(asker, address, new Out<>(), 0, irp));
    client.registration().releaseProviderNpi();
    CompletableFuture<Boolean> left = new CompletableFuture<>();
    Thread leaving =
        new Thread(
            () -> {
              client.registration().deregister();
              left.complete(routineRan.get());
            },
            "leaving");
    leaving.start();
    client.left();
    while (leaving.getState() != Thread.State.WAITING
        && leaving.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertThat(left).isNotDone();
    assertThat(first.isCompleted() || second.isCompleted()).isFalse();
    second.cancel();
    client.drain();
    assertThat(left).isNotDone();
    first.cancel();
    assertThat(left.get(10, TimeUnit.SECONDS)).isTrue();
    leaving.join();
  }

  @Test
  @Rule("NAM-39")
  void shouldNotBlockAnEventLoop(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    asker.server.holds("A", "www.example.test", "192.0.2.1");
    asker.server.holds("PTR", "7.2.0.192.in-addr.arpa", "seven.example.test");
    InetSocketAddress address = TestClient.address(new byte[] {(byte) 192, 0, 2, 7}, 1);
    Out<AddressInfo> place = new Out<>();
    Out<String> node = new Out<>();
    Irp finding = asker.client.irp();
    Irp naming = asker.client.irp();
    asker
        .client
        .provider()
        .onSomeLoop(
            () -> {
              assertThat(asker.call("www.example.test", "http", V4, place, finding))
                  .isEqualTo(NtStatus.PENDING);
              assertThat(name(asker, address, node, 0, naming)).isEqualTo(NtStatus.PENDING);
              asker.client.functions().freeAddressInfo(asker.client.client(), null);
            });
    asker.server.awaitQuestion();
    asker.server.awaitQuestion();
    asker.client.drain();
    assertThat(finding.isCompleted()).isFalse();
    asker.server.letGo(false);
    asker.server.letGo(false);
    assertThat(asker.client.result(NtStatus.PENDING, finding)).isEqualTo(NtStatus.SUCCESS);
    assertThat(asker.client.result(NtStatus.PENDING, naming)).isEqualTo(NtStatus.SUCCESS);
    assertThat(node.get()).isEqualTo("seven.example.test");
  }

  @Test
  @Rule({"NAM-08", "NAM-62"})
  void shouldEndWhenItsTimeIsUp(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope, Asker.limits(new NameLimits(300, 1, 8)));
    asker.server.isSilent("A", "www.example.test").isSilent("PTR", "7.2.0.192.in-addr.arpa");
    Out<AddressInfo> place = new Out<>();
    Irp first = asker.client.pend(irp -> asker.call("www.example.test", null, V4, place, irp));
    // The others wait behind it, and are late all the same.
    InetSocketAddress address = TestClient.address(new byte[] {(byte) 192, 0, 2, 7}, 1);
    Out<String> node = new Out<>();
    Irp second = asker.client.pend(irp -> name(asker, address, node, 0, irp));
    Irp third =
        asker.client.pend(irp -> name(asker, address, new Out<>(), NameInfoFlags.NAMEREQD, irp));
    assertThat(asker.client.result(NtStatus.PENDING, first)).isEqualTo(NtStatus.IO_TIMEOUT);
    assertThat(place.get()).isNull();
    assertThat(asker.client.result(NtStatus.PENDING, second)).isEqualTo(NtStatus.SUCCESS);
    assertThat(node.get()).isEqualTo("192.0.2.7");
    assertThat(asker.client.result(NtStatus.PENDING, third)).isEqualTo(NtStatus.IO_TIMEOUT);
  }

  @Test
  @Rule({"NAM-04", "NAM-41", "NAM-42"})
  void shouldRefuseMoreThanItHasRoomFor(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope, Asker.limits(new NameLimits(20_000, 2, 1)));
    asker.server.isSilent("A", "mute.example.test");
    List<Irp> irps = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      irps.add(
          asker.client.pend(irp -> asker.call("mute.example.test", null, V4, new Out<>(), irp)));
    }
    asker.server.awaitQuestion();
    asker.server.awaitQuestion();
    Irp refused = asker.client.irp();
    assertThat(asker.call("mute.example.test", null, V4, new Out<>(), refused))
        .isEqualTo(NtStatus.INSUFFICIENT_RESOURCES);
    assertThat(refused.status()).isEqualTo(NtStatus.INSUFFICIENT_RESOURCES);
    // What needs no look-up needs no room.
    assertThat(asker.find("192.0.2.1", "1").status()).isEqualTo(NtStatus.SUCCESS);
    // The one that waits takes the place of one that is cancelled, and makes room for others.
    irps.get(0).cancel();
    asker.server.awaitQuestion();
    assertThat(asker.server.asked()).hasSize(3);
    asker.server.says("A", "www.example.test", "192.0.2.1");
    Irp next = asker.client.pend(irp -> asker.call("www.example.test", null, V4, new Out<>(), irp));
    irps.get(1).cancel();
    assertThat(asker.client.result(NtStatus.PENDING, next)).isEqualTo(NtStatus.SUCCESS);
    irps.get(2).cancel();
    // Nothing of all that has used up room for good.
    for (int i = 0; i < 10; i++) {
      assertThat(asker.find("www.example.test", null, V4).status()).isEqualTo(NtStatus.SUCCESS);
    }
  }

  @Test
  @Rule({"NAM-41", "NAM-39"})
  void shouldLetARoutineAskAgain(TestScope scope) throws Exception {
    Asker asker = Asker.in(scope);
    asker.server.says("A", "www.example.test", "192.0.2.1");
    CountDownLatch done = new CountDownLatch(200);
    Irp irp = asker.client.irp();
    Out<AddressInfo> place = new Out<>();
    // One time by a server, three times inside the call.
    irp.setCompletionRoutine(
        (completed, context) -> {
          assertThat(completed.status()).isEqualTo(NtStatus.SUCCESS);
          done.countDown();
          if (done.getCount() > 0) {
            String node = done.getCount() % 4 == 0 ? "www.example.test" : "192.0.2.1";
            asker.call(node, null, V4, place, completed);
          }
          return NtStatus.MORE_PROCESSING_REQUIRED;
        },
        null);
    asker.call("www.example.test", null, V4, place, irp);
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(place.require().family()).isEqualTo(AddressFamily.INET);
  }
}
