/** Tests of counters and events. */
@NullMarked
package org.wsk4j.provider.stats;

import org.jspecify.annotations.NullMarked;
