/** Tests of the decisions of a socket, with fakes in place of client and network. */
@NullMarked
package org.wsk4j.provider.core;

import org.jspecify.annotations.NullMarked;
