/** ACC rules: connections that arrive. */
@NullMarked
package org.wsk4j.contract.accepting;

import org.jspecify.annotations.NullMarked;
