/** Tests of the network end of sockets, without a network. */
@NullMarked
package org.wsk4j.provider.channel;

import org.jspecify.annotations.NullMarked;
