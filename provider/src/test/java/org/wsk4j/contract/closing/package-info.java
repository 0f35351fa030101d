/** CLS rules: the end of a socket. */
@NullMarked
package org.wsk4j.contract.closing;

import org.jspecify.annotations.NullMarked;
