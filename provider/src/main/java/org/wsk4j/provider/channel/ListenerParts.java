package org.wsk4j.provider.channel;

import java.util.function.LongSupplier;

/**
 * What a listener shares with others or is set up with.
 *
 * @param limits what bounds it
 * @param hiding how it keeps connections that are inspected
 * @param inspectKeys gives a new number for each of these
 * @param meters count what it does
 */
record ListenerParts(
    ListenerLimits limits, Hiding hiding, LongSupplier inspectKeys, LoopMeters meters) {}
