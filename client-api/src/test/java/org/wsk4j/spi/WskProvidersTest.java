package org.wsk4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nt.DispatchLevel;
import org.wsk4j.testing.Background;
import org.wsk4j.testing.LogCapture;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WskProvidersTest {
  private final NetworkModuleRegistrar registrar = new NetworkModuleRegistrar();
  private final List<String> journal = Collections.synchronizedList(new ArrayList<>());

  private final LogCapture log = LogCapture.of(WskProviders.class);

  @AfterEach
  void cleanUp() {
    log.close();
    System.clearProperty(WskProviders.AUTOSTART_PROPERTY);
  }

  /** A provider that does nothing but write down what happens to it. */
  private final class Module implements WskProviderModule {
    private final String name;
    private final Callable<?> onStart;
    private final Callable<?> onStop;

    Module(String name, Callable<?> onStart, Callable<?> onStop) {
      this.name = name;
      this.onStart = onStart;
      this.onStop = onStop;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void start(NetworkModuleRegistrar where) throws Exception {
      assertThat(where).isSameAs(registrar);
      journal.add("start " + name);
      onStart.call();
    }

    @Override
    public void stop() throws Exception {
      journal.add("stop " + name);
      onStop.call();
    }
  }

  private Module module(String name) {
    return module(name, () -> null);
  }

  private Module module(String name, Callable<?> onStart) {
    return new Module(name, onStart, () -> null);
  }

  private WskProviders providers(WskProviderModule... modules) {
    return new WskProviders(registrar, () -> List.of(modules));
  }

  @Test
  void shouldStartAllInOrderAndStopThemBackwards() {
    Module first = module("first");
    Module second = module("second");
    WskProviders providers = providers(first, second);

    providers.startAll();
    assertThat(providers.running()).containsExactly(first, second);
    providers.startAll();
    providers.stopAll();
    assertThat(providers.running()).isEmpty();
    providers.stopAll();

    assertThat(journal).containsExactly("start first", "start second", "stop second", "stop first");
  }

  @Test
  void shouldAutostartOnceThoughTheyWereStoppedSince() {
    WskProviders providers = providers(module("only"));

    providers.autostart();
    providers.autostart();
    providers.stopAll();
    providers.autostart();
    assertThat(journal).containsExactly("start only", "stop only");

    providers.startAll();
    assertThat(providers.running()).hasSize(1);
  }

  @Test
  void shouldNotAutostartIfThePropertySaysNo() {
    System.setProperty(WskProviders.AUTOSTART_PROPERTY, "false");
    WskProviders providers = providers(module("only"));

    providers.autostart();
    assertThat(journal).isEmpty();

    providers.startAll();
    assertThat(providers.running()).hasSize(1);
  }

  @Test
  void shouldStartTheOthersIfOneFails() {
    WskProviders providers =
        providers(
            module(
                "throwing",
                () -> {
                  throw new IOException("no device");
                }),
            module(
                "unlinked",
                () -> {
                  throw new UnsatisfiedLinkError("no library");
                }),
            module("good"));

    providers.autostart();

    assertThat(providers.running()).extracting(WskProviderModule::name).containsExactly("good");
    assertThat(log.problems())
        .containsExactly(
            "The WSK provider throwing failed to start",
            "The WSK provider unlinked failed to start");
    providers.stopAll();
    assertThat(journal)
        .containsExactly("start throwing", "start unlinked", "start good", "stop good");
  }

  @Test
  void shouldStopTheOthersIfOneFails() {
    Module failing =
        new Module(
            "failing",
            () -> null,
            () -> {
              throw new InterruptedException("impatient");
            });
    WskProviders providers = providers(module("first"), failing);
    providers.startAll();

    providers.stopAll();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(providers.running()).isEmpty();
    assertThat(journal).endsWith("stop failing", "stop first");
    assertThat(log.problems()).containsExactly("The WSK provider failing failed to stop");
  }

  @Test
  void shouldLetASecondThreadWaitUntilTheProvidersAreStarted() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    WskProviders providers =
        providers(
            module(
                "slow",
                () -> {
                  inside.countDown();
                  goOn.await();
                  return null;
                }));
    Background<Void> first = Background.run("first", providers::autostart);
    await(inside);
    Background<List<WskProviderModule>> second =
        Background.call(
            "second",
            () -> {
              providers.autostart();
              return providers.running();
            });
    second.awaitBlockedIn("autostart");

    assertThat(providers.running()).isEmpty();
    goOn.countDown();

    first.result();
    assertThat(second.result()).hasSize(1);
    assertThat(journal).containsExactly("start slow");
  }

  @Test
  void shouldNotTryAgainForASecondThreadThatWaited() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    WskProviders providers =
        providers(
            module(
                "failing",
                () -> {
                  inside.countDown();
                  goOn.await();
                  throw new IOException("no device");
                }));
    Background<Void> first = Background.run("first", providers::autostart);
    await(inside);
    Background<Void> second =
        Background.run("second", providers::autostart).awaitBlockedIn("autostart");

    goOn.countDown();

    first.result();
    second.result();
    assertThat(journal).containsExactly("start failing");
  }

  @Test
  void shouldLetAModuleStartWhatIsStartingAlready() {
    WskProviders[] self = new WskProviders[1];
    Module curious =
        module(
            "curious",
            () -> {
              self[0].autostart();
              return null;
            });
    self[0] = providers(curious);

    self[0].autostart();

    assertThat(journal).containsExactly("start curious");
    assertThat(self[0].running()).containsExactly(curious);
  }

  @Test
  void shouldNotMakeRegistrationsWaitForProvidersThatStop() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Module slow =
        new Module(
            "slow",
            () -> null,
            () -> {
              inside.countDown();
              goOn.await();
              return null;
            });
    WskProviders providers = providers(slow);
    providers.autostart();
    Background<Void> stopping = Background.run("stop", providers::stopAll);
    await(inside);

    providers.autostart();

    goOn.countDown();
    stopping.result();
  }

  @Test
  void shouldRefuseAtDispatchLevel() {
    WskProviders providers = providers(module("only"));
    DispatchLevel level = DispatchLevel.current();
    level.raise();
    try {
      assertThatIllegalStateException().isThrownBy(providers::startAll);
      assertThatIllegalStateException().isThrownBy(providers::autostart);
      assertThatIllegalStateException().isThrownBy(providers::stopAll);
    } finally {
      level.lower();
    }
    assertThat(journal).isEmpty();
  }

  @Test
  void shouldLeaveOutWhatCannotBeLoaded(@TempDir Path folder) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(WskProviderModule.class.getName()),
        "no.such.Module\n"
            + WskProvidersTest.class.getName()
            + "\n"
            + Loadable.class.getName()
            + "\n");
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      WskProviders providers =
          new WskProviders(registrar, () -> ServiceLoader.load(WskProviderModule.class, loader));

      providers.startAll();

      assertThat(providers.running()).extracting(WskProviderModule::name).contains("loadable");
      assertThat(log.problems()).hasSize(2).containsOnly("A WSK provider could not be loaded");
    }
  }

  @Test
  void shouldDoWithoutProvidersIfTheyCannotBeLookedFor() {
    WskProviders providers =
        new WskProviders(
            registrar,
            () -> {
              throw new ServiceConfigurationError("no use of the service is declared");
            });

    providers.autostart();

    assertThat(providers.running()).isEmpty();
    assertThat(log.problems()).containsExactly("WSK providers could not be looked for");
  }

  @Test
  void shouldGiveUpOnServiceFilesThatCannotBeReadForEver() {
    WskProviders providers =
        new WskProviders(
            registrar,
            () ->
                () ->
                    new Iterator<WskProviderModule>() {
                      @Override
                      public boolean hasNext() {
                        throw new ServiceConfigurationError("unreadable");
                      }

                      @Override
                      public WskProviderModule next() {
                        throw new AssertionError("nothing was announced");
                      }
                    });

    providers.startAll();

    assertThat(providers.running()).isEmpty();
  }

  /** Found by name. */
  public static final class Loadable implements WskProviderModule {
    /** Made by the service loader. */
    public Loadable() {}

    @Override
    public String name() {
      return "loadable";
    }

    @Override
    public void start(NetworkModuleRegistrar registrar) {}

    @Override
    public void stop() {}
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
