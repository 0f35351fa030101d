package org.wsk4j.provider.channel;

/**
 * What bounds a listener.
 *
 * @param backlog how many connections the system may hold for it
 * @param mostWaiting how many it takes from the system while nobody accepts them
 * @param inspection what bounds it under conditional accept
 */
public record ListenerLimits(int backlog, int mostWaiting, InspectLimits inspection) {}
