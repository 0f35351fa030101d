/** Tests of the transports, with real sockets and real errors. */
@NullMarked
package org.wsk4j.provider.transport;

import org.jspecify.annotations.NullMarked;
