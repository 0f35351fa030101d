package org.wsk4j.provider.socket;

import org.jspecify.annotations.Nullable;
import org.wsk4j.client.WskClient;
import org.wsk4j.provider.control.DescriptorCache;
import org.wsk4j.provider.control.StaticEvents;
import org.wsk4j.rundown.RundownProtection;

/**
 * The binding of one client: what counts its sockets and requests, and what it has set for all of
 * them.
 *
 * <p>Each open socket and each request under way holds a reference; when the client is detached,
 * the rundown of these references is the provider's half of the detachment.
 *
 * <p>Threads: any.
 */
public final class ClientObject implements WskClient {
  private final @Nullable Object clientContext;
  private final Runnable detached;
  private final RundownProtection references = new RundownProtection();
  private final StaticEvents staticEvents = new StaticEvents();
  private final DescriptorCache descriptors = new DescriptorCache();

  /**
   * Makes the binding of a client.
   *
   * @param clientContext the context that the client gave
   * @param detached runs once, when the client was detached and nothing of it is left
   */
  public ClientObject(@Nullable Object clientContext, Runnable detached) {
    this.clientContext = clientContext;
    this.detached = detached;
  }

  /** {@return the references of sockets and requests} */
  RundownProtection references() {
    return references;
  }

  /** Begins the end: no new sockets and requests, and those that there are run down. */
  public void detach() {
    references.beginRundown(detached);
  }

  /** {@return the events that the client has enabled for all its sockets} */
  StaticEvents staticEvents() {
    return staticEvents;
  }

  /** {@return the security descriptors that the client has cached} */
  DescriptorCache descriptors() {
    return descriptors;
  }

  @Override
  public String toString() {
    return "WskClient[context=" + clientContext + ", " + references + "]";
  }
}
