/** Tests of the examples: in process, against a real provider and real peers on the loopback. */
@NullMarked
package org.wsk4j.examples;

import org.jspecify.annotations.NullMarked;
