package org.wsk4j.provider.boot;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wsk4j.client.WskClientDispatch;
import org.wsk4j.client.WskProviderCharacteristics;
import org.wsk4j.client.WskVersion;
import org.wsk4j.nmr.NetworkModuleRegistrar;
import org.wsk4j.nmr.NmrBindingHandle;
import org.wsk4j.nmr.NmrProviderHandle;
import org.wsk4j.nmr.NpiModuleId;
import org.wsk4j.nmr.NpiProviderCharacteristics;
import org.wsk4j.nmr.NpiRegistrationInstance;
import org.wsk4j.nt.NtStatus;
import org.wsk4j.nt.Out;
import org.wsk4j.provider.channel.Channels;
import org.wsk4j.provider.control.ExtensionTable;
import org.wsk4j.provider.control.LocalInterfaces;
import org.wsk4j.provider.resolve.LocalFamilies;
import org.wsk4j.provider.resolve.Names;
import org.wsk4j.provider.socket.ClientObject;
import org.wsk4j.provider.socket.ProviderFunctions;
import org.wsk4j.provider.socket.SocketServices;
import org.wsk4j.provider.stats.ProviderStatistics;
import org.wsk4j.provider.stats.StatisticsSnapshot;
import org.wsk4j.provider.transport.ShutdownResult;
import org.wsk4j.provider.transport.TransportChoice;
import org.wsk4j.provider.transport.TransportUnavailableException;
import org.wsk4j.provider.transport.Transports;
import org.wsk4j.provider.transport.WskEventLoopGroup;
import org.wsk4j.spi.WskProviderModule;

/**
 * The WSK subsystem on Netty, as a network module: the one place that knows all parts.
 *
 * <p>Starting registers with a registrar; the event loops are made when the first client attaches.
 * Stopping deregisters, waits until every client has let go, and then ends the loops.
 *
 * <p>Threads: any; starting and stopping may block.
 */
public final class NettyWskProvider implements WskProviderModule {
  private static final Logger LOG = LoggerFactory.getLogger(NettyWskProvider.class);
  private static final int VERSION = WskVersion.V1_0;
  private static final NpiModuleId MODULE_ID =
      NpiModuleId.of("{5B6C9E0D-6A43-4D0B-9C55-0B5D0D7B7C11}");
  private static final Duration LOOPS_END_WITHIN = Duration.ofSeconds(10);

  private final ProviderConfiguration configuration;
  private final ProviderStatistics statistics = new ProviderStatistics();

  // All guarded by this.
  private @Nullable NetworkModuleRegistrar registrar;
  private @Nullable NmrProviderHandle handle;
  private @Nullable WskEventLoopGroup loops;
  private @Nullable Names names;
  private @Nullable ProviderFunctions functions;

  /** Makes a provider set up by system properties. */
  public NettyWskProvider() {
    this(ProviderConfiguration.fromSystemProperties());
  }

  /**
   * Makes a provider.
   *
   * @param configuration how it is set up
   */
  public NettyWskProvider(ProviderConfiguration configuration) {
    this.configuration = configuration;
  }

  @Override
  public String name() {
    return "wsk4j on Netty";
  }

  /** {@return what the provider has done so far, and what is open now} */
  public StatisticsSnapshot statistics() {
    return statistics.snapshot();
  }

  @Override
  public void start(NetworkModuleRegistrar where) {
    synchronized (this) {
      registrar = where;
    }
    Out<NmrProviderHandle> place = new Out<>();
    NtStatus status = where.registerProvider(characteristics(), null, place);
    if (!status.isSuccess()) {
      throw new IllegalStateException("the registrar refused the provider: " + status);
    }
    synchronized (this) {
      handle = place.get();
    }
  }

  @Override
  public void stop() {
    NetworkModuleRegistrar where;
    NmrProviderHandle registered;
    synchronized (this) {
      where = registrar;
      registered = handle;
      handle = null;
    }
    if (where != null && registered != null) {
      where.deregisterProvider(registered);
      where.waitForProviderDeregisterComplete(registered);
      endLoops();
    }
  }

  // ---- The registrar's callbacks

  private NpiProviderCharacteristics characteristics() {
    return new NpiProviderCharacteristics(
        0,
        this::attachClient,
        this::detachClient,
        null,
        new NpiRegistrationInstance(
            0,
            WskProviderCharacteristics.NPI_WSK_INTERFACE_ID,
            MODULE_ID,
            0,
            new WskProviderCharacteristics(VERSION, VERSION)));
  }

  private NtStatus attachClient(
      NmrBindingHandle binding,
      @Nullable Object providerContext,
      NpiRegistrationInstance client,
      @Nullable Object clientBindingContext,
      @Nullable Object clientDispatch,
      Out<Object> providerBindingContext,
      Out<Object> providerDispatch) {
    if (!(clientDispatch instanceof WskClientDispatch dispatch) || dispatch.version() != VERSION) {
      return NtStatus.NOINTERFACE;
    }
    ProviderFunctions offered;
    try {
      offered = functions();
    } catch (TransportUnavailableException unavailable) {
      LOG.error("{}", unavailable.getMessage());
      return NtStatus.NOT_SUPPORTED;
    }
    NetworkModuleRegistrar where = registrar();
    providerBindingContext.set(
        new ClientObject(clientBindingContext, () -> where.providerDetachClientComplete(binding)));
    providerDispatch.set(offered);
    return NtStatus.SUCCESS;
  }

  /** The provider's half ends when the client has closed its sockets and its requests are done. */
  private NtStatus detachClient(@Nullable Object providerBindingContext) {
    if (providerBindingContext instanceof ClientObject client) {
      functions().detach(client);
    }
    return NtStatus.PENDING;
  }

  // ---- Parts made on first use

  /** Clients attach only after a start, so there is a registrar. */
  private synchronized NetworkModuleRegistrar registrar() {
    NetworkModuleRegistrar where = registrar;
    if (where == null) {
      throw new IllegalStateException("the provider was not started");
    }
    return where;
  }

  private synchronized ProviderFunctions functions() {
    ProviderFunctions made = functions;
    if (made == null) {
      LocalInterfaces.known(); // while nobody is in a hurry
      SocketServices services =
          new SocketServices(channels(), statistics, ExtensionTable.ofServices());
      made = new ProviderFunctions(VERSION, services, names());
      functions = made;
    }
    return made;
  }

  private Channels channels() {
    TransportChoice choice = Transports.choose(configuration.transport());
    LOG.info("{}; {} event loops", choice.describe(), configuration.loops());
    WskEventLoopGroup made = new WskEventLoopGroup(choice.transport(), configuration.loops());
    loops = made;
    return new Channels(made, statistics, configuration.limits(), configuration.listening());
  }

  private Names names() {
    Names made = new Names(configuration.names(), LocalFamilies::ofInterfaces);
    names = made;
    return made;
  }

  private void endLoops() {
    WskEventLoopGroup running;
    Names answering;
    synchronized (this) {
      running = loops;
      answering = names;
      loops = null;
      names = null;
      functions = null;
    }
    if (running != null) {
      ShutdownResult result = running.shutdown(LOOPS_END_WITHIN);
      if (!result.drained()) {
        LOG.warn("Event loops did not end within {}: {}", LOOPS_END_WITHIN, result.stillRunning());
      }
    }
    if (answering != null && !answering.close(LOOPS_END_WITHIN)) {
      LOG.warn("The thread of names did not end within {}", LOOPS_END_WITHIN);
    }
  }
}
