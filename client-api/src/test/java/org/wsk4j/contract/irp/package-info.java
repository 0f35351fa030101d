/** Proves the rules of IRPs that hold for every function, on a provider that only completes. */
@NullMarked
package org.wsk4j.contract.irp;

import org.jspecify.annotations.NullMarked;
