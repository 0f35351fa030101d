package org.wsk4j.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskClientNpi;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.spi.WskProviderModule;
import org.wsk4j.spi.WskProviders;
import org.wsk4j.testing.FakeWskProvider;

/** The providers of the process: in a process of its own, because they start once. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AutostartTest {
  @TempDir private Path folder;

  @Test
  void shouldStartTheProvidersFoundWithTheFirstRegistration() throws Exception {
    assertThat(program()).contains("capture STATUS_SUCCESS", "starts 1");
  }

  @Test
  void shouldNotStartThemIfThePropertySaysNo() throws Exception {
    assertThat(program("-D" + WskProviders.AUTOSTART_PROPERTY + "=false"))
        .contains("capture STATUS_DEVICE_NOT_READY", "starts 0");
  }

  @Test
  void shouldRegisterThoughAProviderFailsToStart() throws Exception {
    assertThat(program("-Dfail=true"))
        .contains("register STATUS_SUCCESS", "capture STATUS_DEVICE_NOT_READY", "starts 1");
  }

  /** A provider as a program would find it on its class path. */
  public static final class Module implements WskProviderModule {
    private static int starts;
    private FakeWskProvider provider;

    /** Made by the service loader. */
    public Module() {}

    @Override
    public String name() {
      return "fake";
    }

    @Override
    public void start(NetworkModuleRegistrar registrar) throws IOException {
      starts++;
      if (Boolean.getBoolean("fail")) {
        throw new IOException("no device");
      }
      provider = new FakeWskProvider(registrar).start();
    }

    @Override
    public void stop() {
      provider.stop();
    }
  }

  /** The program: two registrations, of which the first starts the providers. */
  public static void main(String[] arguments) {
    WskRegistration first = new WskRegistration();
    WskRegistration second = new WskRegistration();
    say("register", first.register(new WskClientNpi(null, new WskClientDispatch(0x0100))));
    second.register(new WskClientNpi(null, new WskClientDispatch(0x0100)));
    NtStatus status = first.captureProviderNpi(WskRegistration.NO_WAIT, new Out<>());
    say("capture", status);
    if (status.isSuccess()) {
      first.releaseProviderNpi();
    }
    first.deregister();
    second.deregister();
    WskProviders.getDefault().stopAll();
    System.out.println("starts " + Module.starts);
    System.out.println("left " + NetworkModuleRegistrar.getDefault().describe());
  }

  private static void say(String what, NtStatus status) {
    System.out.println(what + " STATUS_" + status.name());
  }

  private String program(String... options) throws IOException, InterruptedException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(WskProviderModule.class.getName()), Module.class.getName());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", folder + File.pathSeparator + System.getProperty("java.class.path")));
    command.add(AutostartTest.class.getName());
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(text).isZero();
    assertThat(text).endsWith("left " + System.lineSeparator());
    return text;
  }
}
