package org.wsk4j.provider.resolve;

import java.net.InetAddress;
import java.util.List;

/**
 * A host that was found.
 *
 * @param addresses its addresses, in the order in which they were found
 * @param canonicalName what it is really called
 * @param fullName the name that was asked for, completed by its domain
 */
record Host(List<InetAddress> addresses, String canonicalName, String fullName) {}
