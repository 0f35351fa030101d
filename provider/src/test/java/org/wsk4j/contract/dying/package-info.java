/** Rules of sockets whose transport has failed under them. */
@NullMarked
package org.wsk4j.contract.dying;

import org.jspecify.annotations.NullMarked;
