/** What control operations on clients and sockets do. */
@NullMarked
package org.wsk4j.contract.control;

import org.jspecify.annotations.NullMarked;
