package org.wsk4j.provider.control;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.nmr.NpiId;
import org.wsk4j.spi.WskExtensionModule;

/**
 * The extensions that a provider offers, to all its clients and for as long as it lives (EXT-15,
 * EXT-24).
 *
 * <p>An extension that claims the identifier of WSK, or that of another one, or flags that are not
 * free to choose, is logged and left out.
 *
 * <p>Threads: immutable.
 */
public final class ExtensionTable {
  /** After so many faults the rest is left out: a loader may go on failing for ever. */
  private static final int MAX_LOAD_FAULTS = 16;

  private static final Logger LOG = LoggerFactory.getLogger(ExtensionTable.class);

  private final Map<NpiId, WskExtensionModule> modules = new HashMap<>();

  /**
   * Makes a table.
   *
   * @param offered the extensions
   */
  public ExtensionTable(Iterable<WskExtensionModule> offered) {
    load(offered.iterator());
  }

  /** {@return a table of the extensions that the process has as services} */
  public static ExtensionTable ofServices() {
    return new ExtensionTable(ServiceLoader.load(WskExtensionModule.class));
  }

  private void load(Iterator<WskExtensionModule> each) {
    int faults = 0;
    while (faults < MAX_LOAD_FAULTS) {
      try {
        if (!each.hasNext()) {
          return;
        }
        add(each.next());
      } catch (ServiceConfigurationError | LinkageError fault) {
        faults++;
        LOG.error("A WSK extension could not be loaded", fault);
      }
    }
  }

  private void add(WskExtensionModule module) {
    NpiId id = module.npiId();
    boolean standard = id.equals(WskProviderCharacteristics.NPI_WSK_INTERFACE_ID);
    boolean free = (module.events() & ~WskExtensionModule.EVENT_FLAGS) == 0;
    if (standard || !free || modules.putIfAbsent(id, module) != null) {
      LOG.error("The WSK extension {} is left out: {} or its event flags are taken", module, id);
    }
  }

  /**
   * Finds an extension.
   *
   * @param id its identifier
   * @return the extension, or {@code null} if there is none of that identifier
   */
  public @Nullable WskExtensionModule find(NpiId id) {
    return modules.get(id);
  }
}
