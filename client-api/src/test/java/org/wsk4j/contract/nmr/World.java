package org.wsk4j.contract.nmr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.nt.NtStatus;

/** A registrar with the modules of a test. Closing it shows that all of them can go. */
final class World implements AutoCloseable {
  static final NpiId NPI = NpiId.of("{6b1d64f4-7a5e-4d0c-9a3b-2f8a5c1e0d01}");
  static final NpiId OTHER_NPI = NpiId.of("{6b1d64f4-7a5e-4d0c-9a3b-2f8a5c1e0d02}");

  final NetworkModuleRegistrar nmr;
  final Journal journal = new Journal();
  private final List<TestModule> modules = new ArrayList<>();

  World() {
    this(new NetworkModuleRegistrar());
  }

  World(NetworkModuleRegistrar nmr) {
    this.nmr = nmr;
  }

  TestClient client(String name) {
    return client(name, NPI);
  }

  TestClient client(String name, NpiId npi) {
    TestClient client = new TestClient(this, name, npi);
    modules.add(client);
    return client;
  }

  TestProvider provider(String name) {
    return provider(name, NPI);
  }

  TestProvider provider(String name, NpiId npi) {
    TestProvider provider = new TestProvider(this, name, npi);
    modules.add(provider);
    return provider;
  }

  /** A module of either kind; tests that hold for both take it as a parameter. */
  TestModule module(Kind kind, String name) {
    return kind == Kind.CLIENT ? client(name) : provider(name);
  }

  static void register(TestModule... modules) {
    for (TestModule module : modules) {
      assertThat(module.register()).as("registering %s", module.name).isSameAs(NtStatus.SUCCESS);
    }
  }

  /**
   * Lets all modules go that are still there; detachments that a test left pending are an error.
   */
  @Override
  public void close() {
    for (TestModule module : modules) {
      if (module.isRegistered()) {
        module.deregister();
      }
    }
    assertThat(nmr.describe()).as("what is left in the registrar").isEmpty();
  }

  /** The two kinds of modules. */
  enum Kind {
    CLIENT,
    PROVIDER;

    Kind other() {
      return this == CLIENT ? PROVIDER : CLIENT;
    }
  }
}
