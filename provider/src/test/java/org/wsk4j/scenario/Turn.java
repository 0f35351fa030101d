package org.wsk4j.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;

/** One call with an IRP, and what came of it. */
final class Turn {
  private static final SocketAddress NOWHERE = InetSocketAddress.createUnresolved("nowhere", 1);

  /** Where a call puts an address; used for something else as soon as the request has completed. */
  private static final class Place {
    private final Out<SocketAddress> out = new Out<>();
    private @Nullable SocketAddress answer;
  }

  private final List<Memory> lent;
  private final List<Place> places = new CopyOnWriteArrayList<>();
  private final AtomicInteger completions = new AtomicInteger();
  private volatile @Nullable NtStatus returned;
  private volatile NtStatus status = NtStatus.PENDING;
  private volatile long information;
  private volatile @Nullable Object object;
  private volatile boolean pendingReturned;

  Turn(Memory... lent) {
    this.lent = List.of(lent);
  }

  // ---- What happens to it

  void returned(NtStatus answer) {
    returned = answer;
    lent.forEach(Memory::returned);
  }

  void completed(Irp irp) {
    completions.incrementAndGet();
    information = irp.information();
    object = irp.object();
    pendingReturned = irp.pendingReturned();
    status = irp.status();
    lent.forEach(Memory::completed);
    for (Place place : places) {
      place.answer = place.out.get();
      place.out.set(NOWHERE);
    }
  }

  /** {@return a place for an address that this call asks for} */
  Out<SocketAddress> place() {
    Place place = new Place();
    places.add(place);
    return place.out;
  }

  // ---- What came of it

  /** {@return what the call returned} */
  NtStatus returned() {
    NtStatus answer = returned;
    if (answer == null) {
      throw new AssertionError("the call has not returned");
    }
    return answer;
  }

  /** {@return the final status, PENDING before} */
  NtStatus status() {
    return status;
  }

  /** {@return what the IRP told the routine: whether the call answered PENDING} */
  boolean pendingReturned() {
    return pendingReturned;
  }

  /** {@return the number of the result} */
  long information() {
    return information;
  }

  /** {@return the bytes that the call has put into the memory lent to it} */
  byte[] data() {
    return lent.get(0).content(information);
  }

  /** {@return the object that the call made} */
  <T> T object(Class<T> type) {
    assertThat(object).as("made with %s", status).isInstanceOf(type);
    return type.cast(object);
  }

  /** {@return the addresses that were asked for} */
  List<SocketAddress> addresses() {
    return places.stream().map(place -> place.answer).toList();
  }

  Turn expect(NtStatus expected) {
    assertThat(status).isEqualTo(expected);
    return this;
  }

  // ---- What is true of every call

  /** Holds it against the rules, at the end. */
  void check() {
    assertThat(completions).as("completions").hasValue(1);
    assertThat(status).isNotEqualTo(NtStatus.PENDING);
    if (returned() != NtStatus.PENDING) {
      assertThat(status).as("the final status").isEqualTo(returned);
    }
    assertThat(pendingReturned).as("pendingReturned").isEqualTo(returned() == NtStatus.PENDING);
    if (!status.isSuccess() && status != NtStatus.BUFFER_OVERFLOW) {
      assertThat(information).isZero();
      assertThat(object).isNull();
    }
    lent.forEach(Memory::check);
    for (Place place : places) {
      assertThat(place.out.get()).as("a place that was given back").isSameAs(NOWHERE);
    }
  }

  /** The IRP still shows what it showed to the routine. */
  void checkIrp(Irp irp) {
    assertThat(irp.status()).as("the IRP after its completion").isEqualTo(status);
    assertThat(irp.information()).isEqualTo(information);
    assertThat(irp.object()).isSameAs(object);
    assertThat(irp.pendingReturned()).isEqualTo(pendingReturned);
  }
}
