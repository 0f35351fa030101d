/** LSN rules: sockets that listen. */
@NullMarked
package org.wsk4j.contract.listening;

import org.jspecify.annotations.NullMarked;
