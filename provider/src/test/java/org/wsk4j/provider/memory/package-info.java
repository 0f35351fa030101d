/** Tests of received memory and of who keeps it. */
@NullMarked
package org.wsk4j.provider.memory;

import org.jspecify.annotations.NullMarked;
