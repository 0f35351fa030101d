/**
 * Every claim about threads that meet without locks, as a case that lists what may come out and
 * what must not. The short form of these runs in each build; {@code -Djcstress.long} runs them at
 * length.
 */
@NullMarked
package org.wsk4j.benchmarks.jcstress;

import org.jspecify.annotations.NullMarked;
