package org.wsk4j.provider.resolve;

import org.jspecify.annotations.Nullable;

/**
 * The names of an address and port.
 *
 * @param node the name of the host, if it was wanted
 * @param service the name of the service, if it was wanted
 */
record NamePair(@Nullable String node, @Nullable String service) {}
