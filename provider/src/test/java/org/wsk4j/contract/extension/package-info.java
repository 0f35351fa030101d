/** EXT rules: extension interfaces. */
@NullMarked
package org.wsk4j.contract.extension;

import org.jspecify.annotations.NullMarked;
