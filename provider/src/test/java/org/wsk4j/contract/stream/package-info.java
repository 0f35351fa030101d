/** STM rules: stream sockets, undecided and in each role. */
@NullMarked
package org.wsk4j.contract.stream;

import org.jspecify.annotations.NullMarked;
