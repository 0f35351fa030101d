package org.wsk4j.provider.boot;

import org.wsk4j.provider.channel.ConnectionLimits;
import org.wsk4j.provider.channel.InspectLimits;
import org.wsk4j.provider.channel.ListenerLimits;
import org.wsk4j.provider.resolve.NameSettings;
import org.wsk4j.provider.transport.Transports;

/**
 * How the provider is set up, from system properties.
 *
 * @param transport the transport, or {@code auto} ({@code wsk4j.transport})
 * @param loops how many event loops ({@code wsk4j.loops}; one for each processor)
 * @param limits what bounds connections: bytes read ahead ({@code wsk4j.receive.ahead}, 65,536),
 *     retained bytes above which indications ask to be released soon ({@code wsk4j.retain.soft}, 1
 *     MiB) and at which reading stops ({@code wsk4j.retain.hard}, 4 MiB), and how long a connect
 *     may take in milliseconds ({@code wsk4j.connect.timeout}, 21,000), and how long a graceful
 *     disconnect may take in milliseconds before the connection is aborted ({@code
 *     wsk4j.disconnect.timeout}; 0, the default, for no bound)
 * @param listening what bounds listeners: how many connections the system may hold for one ({@code
 *     wsk4j.listen.backlog}, 4,096), and how many it takes from the system while nobody accepts
 *     them ({@code wsk4j.listen.waiting}, 128). Under conditional accept: how many it keeps that
 *     are pended, or accepted and not delivered ({@code wsk4j.inspect.hidden}, 4,096); whether a
 *     peer that ends its side meanwhile, and has sent nothing, counts as gone ({@code
 *     wsk4j.inspect.abort.ended}, true); and whether it is offered at all ({@code wsk4j.inspect},
 *     true): a program that can do nothing with inspection after the handshake is told by
 *     NOT_SUPPORTED then
 * @param names how names are found: the servers, with commas between ({@code wsk4j.dns.servers};
 *     those of the system), the domains that complete a name ({@code wsk4j.dns.search}; those of
 *     the system), how long one server has for an answer in milliseconds ({@code
 *     wsk4j.dns.timeout}, 5,000), how often all are asked ({@code wsk4j.dns.attempts}; what the
 *     system says, usually 2), how long a request may take in milliseconds ({@code
 *     wsk4j.names.timeout}, 30,000), how many look-ups run at a time ({@code wsk4j.names.running},
 *     64) and how many more wait ({@code wsk4j.names.waiting}, 1,024), and other files than the
 *     system's ({@code wsk4j.names.hosts}, {@code wsk4j.names.services}, {@code
 *     wsk4j.names.resolver})
 */
public record ProviderConfiguration(
    String transport,
    int loops,
    ConnectionLimits limits,
    ListenerLimits listening,
    NameSettings names) {

  /** {@return what the system properties say} */
  public static ProviderConfiguration fromSystemProperties() {
    ConnectionLimits limits =
        new ConnectionLimits(
            Long.getLong("wsk4j.receive.ahead", 64 * 1024),
            Long.getLong("wsk4j.retain.soft", 1024 * 1024),
            Long.getLong("wsk4j.retain.hard", 4 * 1024 * 1024),
            Integer.getInteger("wsk4j.connect.timeout", 21_000),
            Long.getLong("wsk4j.disconnect.timeout", 0));
    return new ProviderConfiguration(
        System.getProperty("wsk4j.transport", Transports.AUTO),
        Integer.getInteger("wsk4j.loops", Runtime.getRuntime().availableProcessors()),
        limits,
        listenerLimits(),
        NameProperties.read());
  }

  private static ListenerLimits listenerLimits() {
    return new ListenerLimits(
        Integer.getInteger("wsk4j.listen.backlog", 4096),
        Integer.getInteger("wsk4j.listen.waiting", 128),
        new InspectLimits(
            isOn("wsk4j.inspect"),
            Integer.getInteger("wsk4j.inspect.hidden", 4096),
            isOn("wsk4j.inspect.abort.ended")));
  }

  /** On unless it says otherwise. */
  private static boolean isOn(String property) {
    return !"false".equalsIgnoreCase(System.getProperty(property));
  }

  /**
   * {@return this configuration with another transport}
   *
   * @param name the transport, or {@code auto}
   */
  public ProviderConfiguration withTransport(String name) {
    return new ProviderConfiguration(name, loops, limits, listening, names);
  }

  /**
   * {@return this configuration with other bounds of listeners}
   *
   * @param bounds what bounds listeners
   */
  public ProviderConfiguration withListening(ListenerLimits bounds) {
    return new ProviderConfiguration(transport, loops, limits, bounds, names);
  }

  /**
   * {@return this configuration with another bound on graceful disconnects}
   *
   * @param millis how long one may take; 0 for no bound
   */
  public ProviderConfiguration withDisconnectTimeout(long millis) {
    return new ProviderConfiguration(
        transport, loops, limits.withDisconnectTimeout(millis), listening, names);
  }

  /**
   * {@return this configuration with another way to find names}
   *
   * @param settings how names are found
   */
  public ProviderConfiguration withNames(NameSettings settings) {
    return new ProviderConfiguration(transport, loops, limits, listening, settings);
  }
}
