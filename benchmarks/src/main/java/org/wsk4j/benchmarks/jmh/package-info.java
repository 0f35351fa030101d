/**
 * What single steps cost, measured by JMH. Run with {@code java -cp <class path>
 * org.openjdk.jmh.Main <pattern> -prof gc}.
 */
@NullMarked
package org.wsk4j.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
