package org.wsk4j.contract.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.wsk4j.registration.WskRegistration.NO_WAIT;

import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.client.WskVersion;
import org.wsk4j.connection.WskClientConnectionDispatch;
import org.wsk4j.contract.Rule;
import org.wsk4j.irp.Irp;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.testing.FakeSocket;

/** What may be called where waiting is forbidden, and what is refused there. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DispatchLevelTest {
  private final World world = new World();

  @AfterEach
  void nothingIsLeft() {
    world.close();
  }

  /** The three kinds of places. */
  enum Place {
    EVENT_LOOP {
      @Override
      void run(WskProviderNpi npi, Runnable action) {
        EventLoop loop = new EventLoop(action);
        loop.start();
        try {
          loop.join();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        if (loop.fault != null) {
          throw loop.fault;
        }
      }
    },
    COMPLETION_ROUTINE {
      @Override
      void run(WskProviderNpi npi, Runnable action) {
        AssertionError[] fault = new AssertionError[1];
        Irp irp = Irp.allocate();
        irp.setCompletionRoutine(
            (completed, context) -> {
              fault[0] = faultOf(action);
              return NtStatus.MORE_PROCESSING_REQUIRED;
            },
            null);
        World.socket(npi, irp);
        World.close(irp.object(FakeSocket.class));
        rethrow(fault[0]);
      }
    },
    EVENT_CALLBACK {
      @Override
      void run(WskProviderNpi npi, Runnable action) {
        AssertionError[] fault = new AssertionError[1];
        WskClientConnectionDispatch table =
            WskClientConnectionDispatch.builder()
                .onReceive(
                    (context, flags, data, indicated, accepted) -> {
                      fault[0] = faultOf(action);
                      return NtStatus.SUCCESS;
                    })
                .build();
        FakeSocket socket = World.socket(npi, null, table);
        socket.indicate();
        World.close(socket);
        rethrow(fault[0]);
      }
    };

    abstract void run(WskProviderNpi npi, Runnable action);
  }

  private static final class EventLoop extends Thread implements DispatchLevel.Bound {
    private final DispatchLevel level = new DispatchLevel(true);
    private final Runnable action;
    AssertionError fault;

    EventLoop(Runnable action) {
      super("event loop");
      this.action = action;
    }

    @Override
    public DispatchLevel dispatchLevel() {
      return level;
    }

    @Override
    public void run() {
      fault = faultOf(action);
    }
  }

  private static AssertionError faultOf(Runnable action) {
    try {
      action.run();
      return null;
    } catch (AssertionError e) {
      return e;
    } catch (RuntimeException e) {
      return new AssertionError(e);
    }
  }

  private static void rethrow(AssertionError fault) {
    if (fault != null) {
      throw fault;
    }
  }

  @ParameterizedTest
  @EnumSource
  @Rule("REG-44")
  void shouldRefuseCapturesThatMayWait(Place place) {
    inPlace(
        place,
        block -> {
          assertThatIllegalStateException().isThrownBy(() -> World.capture(block, 1));
          assertThatIllegalStateException().isThrownBy(() -> World.capture(block, World.FOREVER));
        });
  }

  @ParameterizedTest
  @EnumSource
  @Rule({"REG-45", "REG-52", "REG-80"})
  void shouldAllowWhatNeverWaits(Place place) {
    inPlace(
        place,
        block -> {
          assertThat(World.capture(block, NO_WAIT)).isSameAs(NtStatus.SUCCESS);
          block.releaseProviderNpi();
          World.queried(block);
        });
    assertThat(world.clock.waits()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  @Rule("REG-74")
  void shouldRefuseToDeregister(Place place) {
    inPlace(
        place,
        block ->
            assertThatIllegalStateException()
                .isThrownBy(block::deregister)
                .withMessageContaining("WskDeregister"));
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseToRegister(Place place) {
    WskRegistration other = world.block();
    inPlace(
        place,
        block ->
            assertThatIllegalStateException()
                .isThrownBy(() -> other.register(World.npi(WskVersion.V1_0)))
                .withMessageContaining("WskRegister"));
    assertThat(other.register(World.npi(WskVersion.V1_0))).isSameAs(NtStatus.SUCCESS);
    other.deregister();
  }

  /** Does something with a registration whose provider is ready, then ends it. */
  private void inPlace(Place place, Consumer<WskRegistration> action) {
    world.provider();
    WskRegistration block = world.registered();
    WskProviderNpi npi = World.captured(block);

    place.run(npi, () -> action.accept(block));

    block.releaseProviderNpi();
    block.deregister();
  }
}
