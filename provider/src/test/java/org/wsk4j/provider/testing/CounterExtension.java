package org.wsk4j.provider.testing;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.socket.WskSocketCategory;
import org.wsk4j.spi.WskExtension;
import org.wsk4j.spi.WskExtensionModule;
import org.wsk4j.spi.WskExtensionSocket;

/** An extension that counts, on sockets of any category, and tells when the count is even. */
public final class CounterExtension implements WskExtensionModule {
  /** Its identifier. */
  public static final NpiId NPI_ID = NpiId.of("{9A1E3F60-27C5-4B8E-8C36-6B2D0F4E5A71}");

  /** The count is even. */
  public static final int EVEN = 0x00020000;

  /** The count is odd; an event for which no program can give a callback. */
  public static final int ODD = 0x00200000;

  private static final AtomicInteger MADE = new AtomicInteger();

  /** Makes the service. */
  public CounterExtension() {
    MADE.incrementAndGet();
  }

  /** {@return how often the service was made} */
  public static int made() {
    return MADE.get();
  }

  /** What a program brings. */
  public interface EvenEvent {
    /** The count is even. */
    void onEven(@Nullable Object clientContext, int count);
  }

  /** What a program gets: one table for all sockets. */
  public static final class Functions {
    static final Functions TABLE = new Functions();

    private Functions() {}

    /** Adds one. */
    public NtStatus add(@Nullable Object providerContext) {
      return during(providerContext, () -> {});
    }

    /** Adds one, and does something else inside the call. */
    public NtStatus during(@Nullable Object providerContext, Runnable inside) {
      return providerContext instanceof Counter counter
          ? counter.add(inside)
          : NtStatus.INVALID_PARAMETER;
    }
  }

  /** The count of one socket. */
  public static final class Counter implements WskExtension {
    private final WskExtensionSocket socket;
    private final @Nullable Object clientContext;
    private final @Nullable EvenEvent event;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger untold = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();

    Counter(WskExtensionSocket socket, @Nullable Object clientContext, @Nullable EvenEvent event) {
      this.socket = socket;
      this.clientContext = clientContext;
      this.event = event;
    }

    private NtStatus add(Runnable inside) {
      return socket.call(
          () -> {
            inside.run();
            if (count.incrementAndGet() % 2 == 0) {
              socket.execute(this::tell);
            }
            return NtStatus.SUCCESS;
          });
    }

    private void tell() {
      EvenEvent callback = event;
      int now = count.get();
      if (callback == null || !socket.raise(EVEN, () -> callback.onEven(clientContext, now))) {
        untold.incrementAndGet();
      }
    }

    /** {@return the count} */
    public int count() {
      return count.get();
    }

    /** {@return how often nobody wanted to know} */
    public int untold() {
      return untold.get();
    }

    /** {@return how often it was told that its socket is closed} */
    public int ends() {
      return ends.get();
    }

    /** {@return what it may do with its socket} */
    public WskExtensionSocket socket() {
      return socket;
    }

    @Override
    public Object providerContext() {
      return this;
    }

    @Override
    public Object providerDispatch() {
      return Functions.TABLE;
    }

    @Override
    public int implementedEvents() {
      return event != null ? EVEN : 0;
    }

    @Override
    public void closed() {
      ends.incrementAndGet();
    }
  }

  @Override
  public String name() {
    return "counter";
  }

  @Override
  public NpiId npiId() {
    return NPI_ID;
  }

  @Override
  public boolean appliesTo(WskSocketCategory category) {
    return true;
  }

  @Override
  public int events() {
    return EVEN | ODD;
  }

  @Override
  public NtStatus register(
      WskExtensionSocket socket,
      @Nullable Object clientContext,
      @Nullable Object clientDispatch,
      Out<WskExtension> place) {
    if (clientDispatch instanceof RuntimeException fault) {
      throw fault;
    }
    if (clientDispatch != null && !(clientDispatch instanceof EvenEvent)) {
      return NtStatus.INVALID_PARAMETER;
    }
    place.set(new Counter(socket, clientContext, (EvenEvent) clientDispatch));
    return NtStatus.SUCCESS;
  }
}
