package org.wsk4j.provider.boot;

import org.wsk4j.provider.channel.ConnectionLimits;
import org.wsk4j.provider.transport.Transports;

/**
 * How the provider is set up, from system properties.
 *
 * @param transport the transport, or {@code auto} ({@code wsk4j.transport})
 * @param loops how many event loops ({@code wsk4j.loops}; one for each processor)
 * @param limits what bounds connections: bytes read ahead ({@code wsk4j.receive.ahead}, 65,536),
 *     retained bytes above which indications ask to be released soon ({@code wsk4j.retain.soft}, 1
 *     MiB) and at which reading stops ({@code wsk4j.retain.hard}, 4 MiB), and how long a connect
 *     may take in milliseconds ({@code wsk4j.connect.timeout}, 21,000)
 * @param backlog how many connections the system may hold for a listener ({@code
 *     wsk4j.listen.backlog}, 4,096)
 * @param mostWaiting how many a listener takes from the system while nobody accepts them ({@code
 *     wsk4j.listen.waiting}, 128)
 */
public record ProviderConfiguration(
    String transport, int loops, ConnectionLimits limits, int backlog, int mostWaiting) {

  /** {@return what the system properties say} */
  public static ProviderConfiguration fromSystemProperties() {
    ConnectionLimits limits =
        new ConnectionLimits(
            Long.getLong("wsk4j.receive.ahead", 64 * 1024),
            Long.getLong("wsk4j.retain.soft", 1024 * 1024),
            Long.getLong("wsk4j.retain.hard", 4 * 1024 * 1024),
            Integer.getInteger("wsk4j.connect.timeout", 21_000));
    return new ProviderConfiguration(
        System.getProperty("wsk4j.transport", Transports.AUTO),
        Integer.getInteger("wsk4j.loops", Runtime.getRuntime().availableProcessors()),
        limits,
        Integer.getInteger("wsk4j.listen.backlog", 4096),
        Integer.getInteger("wsk4j.listen.waiting", 128));
  }

  /**
   * {@return this configuration with another transport}
   *
   * @param name the transport, or {@code auto}
   */
  public ProviderConfiguration withTransport(String name) {
    return new ProviderConfiguration(name, loops, limits, backlog, mostWaiting);
  }
}
