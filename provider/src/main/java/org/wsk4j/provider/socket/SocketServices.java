package org.wsk4j.provider.socket;

import java.time.Duration;
import org.wsk4j.provider.channel.Channels;
import org.wsk4j.provider.control.ChangeWatch;
import org.wsk4j.provider.stats.ProviderStatistics;

/**
 * What all sockets of a provider share.
 *
 * @param channels makes their network ends
 * @param statistics counts what they do
 * @param changes holds the requests that wait for changes of the system
 */
public record SocketServices(
    Channels channels, ProviderStatistics statistics, ChangeWatch changes) {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /**
   * Makes the services.
   *
   * @param channels makes network ends
   * @param statistics counts what sockets do
   */
  public SocketServices(Channels channels, ProviderStatistics statistics) {
    this(channels, statistics, new ChangeWatch(channels::execute, BETWEEN_LOOKS));
  }
}
