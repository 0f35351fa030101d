package org.wsk4j.contract.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wsk4j.registration.WskRegistration.NO_WAIT;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskProviderDispatch;
import org.wsk4j.client.WskProviderNpi;
import org.wsk4j.client.WskVersion;
import org.wsk4j.contract.Rule;
import org.wsk4j.control.WskClientControls;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.registration.WskRegistration;
import org.wsk4j.testing.FakeWskProvider;
import org.wsk4j.testing.LogCapture;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VersionTest {
  private final World world = new World();
  private final LogCapture log = LogCapture.of(WskRegistration.class);
  private final LogCapture registrarLog = LogCapture.of(NetworkModuleRegistrar.class);

  @AfterEach
  void nothingIsLeft() {
    log.close();
    registrarLog.close();
    world.close();
  }

  @Test
  @Rule({"REG-19", "REG-20", "REG-21"})
  void shouldPackAndUnpackVersions() {
    assertThat(WskVersion.make(1, 0)).isEqualTo(0x0100);
    assertThat(WskVersion.make(1, 0x1FF)).isEqualTo(0x01FF);
    for (int major = 0; major < 256; major++) {
      for (int minor = 0; minor < 256; minor++) {
        int version = WskVersion.make(major, minor);
        assertThat(version).isBetween(0, 0xFFFF).isEqualTo(major << 8 | minor);
        assertThat(WskVersion.major(version)).isEqualTo(major);
        assertThat(WskVersion.minor(version)).isEqualTo(minor);
      }
    }
  }

  @Test
  @Rule("REG-22")
  void shouldNameTheWaits() {
    assertThat(WskRegistration.NO_WAIT).isZero();
    assertThat(WskRegistration.INFINITE_WAIT).isEqualTo(0xFFFFFFFF);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0100, 0x0101, 0x0103})
  @Rule("REG-83")
  void shouldSupportAllVersionsOfTheRangeWithBothEnds(int wanted) {
    world.provider(0x0100, 0x0103);
    WskRegistration block = world.registered(wanted);

    assertThat(World.capture(block, NO_WAIT)).isSameAs(NtStatus.SUCCESS);

    block.releaseProviderNpi();
    block.deregister();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0105, 0x0100, 0x0200, 0x0000, 0x0002})
  @Rule("REG-84")
  void shouldNotSupportVersionsOutsideTheRange(int wanted) {
    world.provider(0x0101, 0x0104);
    WskRegistration block = world.registered(wanted);

    assertThat(World.capture(block, NO_WAIT)).isSameAs(NtStatus.NOINTERFACE);

    block.deregister();
  }

  @Test
  @Rule("REG-85")
  void shouldAskForExactlyOneVersion() {
    FakeWskProvider next = world.provider(0x0200, 0x0203);
    FakeWskProvider suitable = world.provider(0x0100, 0x0103);
    WskRegistration block = world.registered(0x0101);

    assertThat(next.clients()).isEmpty();
    assertThat(suitable.client().dispatch().version()).isEqualTo(0x0101);
    assertThat(World.captured(block).client()).isSameAs(suitable.client());
    block.releaseProviderNpi();
    world.stop(suitable);

    assertThat(World.capture(block, NO_WAIT)).isSameAs(NtStatus.NOINTERFACE);
    assertThat(next.clients()).isEmpty();
    block.deregister();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0100, 0x0102, 0x0103})
  @Rule({"REG-86", "REG-87", "REG-88"})
  void shouldGetTablesOfTheMajorNumberAskedForAndNoLowerMinor(int wanted) {
    world.provider(0x0100, 0x0103);
    WskRegistration block = world.registered(wanted);

    int given = World.captured(block).dispatch().version();

    assertThat(WskVersion.major(given)).isEqualTo(WskVersion.major(wanted));
    assertThat(WskVersion.minor(given)).isGreaterThanOrEqualTo(WskVersion.minor(wanted));
    assertThat(World.queried(block).offers(given)).isTrue();
    block.releaseProviderNpi();
    block.deregister();
  }

  @ParameterizedTest
  @CsvSource({"0x0203, 0x0101, 0x0200", "0x0103, 0x0101, 0x0100", "0x0103, 0x0101, 0x0104"})
  @Rule({"REG-86", "REG-87", "REG-88"})
  void shouldRefuseProvidersWhoseTablesAreNotWhatTheyOffered(int highest, int wanted, int given) {
    FakeWskProvider faulty =
        world.start(
            new FakeWskProvider(world.registrar).offering(0x0100, highest).withTablesOf(given));
    WskRegistration block = world.registered(wanted);

    assertThat(World.capture(block, NO_WAIT)).isSameAs(NtStatus.NOINTERFACE);

    assertThat(faulty.clients()).isEmpty();
    assertThat(log.problems()).singleElement().asString().contains("1.0 to ", "refused");
    block.deregister();
  }

  @Test
  @Rule("REG-89")
  void shouldHaveAllFunctionsInTheCapturedTable() throws ReflectiveOperationException {
    FakeWskProvider provider = world.provider(0x0100, 0x0101);
    WskRegistration block = world.registered();
    WskProviderNpi npi = World.captured(block);
    Method[] functions =
        Arrays.stream(WskProviderDispatch.class.getMethods())
            .filter(method -> !method.getName().equals("version"))
            .toArray(Method[]::new);

    for (Method function : functions) {
      call(function, npi);
    }

    assertThat(functions).hasSize(6);
    assertThat(provider.calls()).isEqualTo(6);
    block.releaseProviderNpi();
    block.deregister();
  }

  /** Calls a function with the client, an unused key, and nothing else. */
  private static void call(Method function, WskProviderNpi npi)
      throws IllegalAccessException, InvocationTargetException {
    Object[] arguments =
        Arrays.stream(function.getParameterTypes()).map(VersionTest::argument).toArray();
    arguments[0] = npi.client();
    function.invoke(npi.dispatch(), arguments);
  }

  private static Object argument(Class<?> type) {
    if (type == int.class) {
      return 0;
    }
    if (type == long.class) {
      return 0L;
    }
    boolean key = type == WskClientControls.CACHE_SD.getClass();
    return key ? WskClientControls.CACHE_SD : null;
  }

  @Test
  @Rule("REG-90")
  void shouldServeProgramsOfALowerMinorVersionWithHigherTables() {
    world.provider(0x0100, 0x0103);
    WskRegistration block = world.registered(WskVersion.V1_0);
    WskProviderNpi npi = World.captured(block);

    assertThat(npi.dispatch().version()).isEqualTo(0x0103);
    World.close(World.socket(npi));

    block.releaseProviderNpi();
    block.deregister();
  }

  @Test
  @Rule("REG-82")
  void shouldNeverTellOfARangeThatIsUpsideDown() {
    world.start(
        new FakeWskProvider(world.registrar)
            .withCharacteristics(new WskProviderCharacteristics(0x0100, 0x0103)));
    WskRegistration block = world.registered(0x0102);

    assertThat(World.query(block)).isSameAs(NtStatus.DEVICE_NOT_READY);
    assertThat(log.problems()).singleElement().asString().contains("ignored");

    world.provider(0x0100, 0x0103);
    WskProviderCharacteristics range = World.queried(block);
    assertThat(range.lowestVersion()).isLessThanOrEqualTo(range.highestVersion());
    block.deregister();
  }
}
