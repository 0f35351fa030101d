package org.wsk4j.provider.socket;

import java.time.Duration;
import org.wsk4j.provider.channel.Channels;
import org.wsk4j.provider.control.ChangeWatch;
import org.wsk4j.provider.control.ExtensionTable;
import org.wsk4j.provider.stats.ProviderStatistics;

/**
 * What all sockets of a provider share.
 *
 * @param channels makes their network ends
 * @param statistics counts what they do
 * @param changes holds the requests that wait for changes of the system
 * @param extensions what sockets can be extended by
 */
public record SocketServices(
    Channels channels,
    ProviderStatistics statistics,
    ChangeWatch changes,
    ExtensionTable extensions) {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /**
   * Makes the services.
   *
   * @param channels makes network ends
   * @param statistics counts what sockets do
   * @param extensions what sockets can be extended by
   */
  public SocketServices(
      Channels channels, ProviderStatistics statistics, ExtensionTable extensions) {
    this(channels, statistics, new ChangeWatch(channels::execute, BETWEEN_LOOKS), extensions);
  }
}
