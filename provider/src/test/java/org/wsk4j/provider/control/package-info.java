/** Tests of control operations, with a fake in place of the socket. */
@NullMarked
package org.wsk4j.provider.control;

import org.jspecify.annotations.NullMarked;
