/** What the parts may know of each other, and how long they may be, held by tests. */
@NullMarked
package org.wsk4j.arch;

import org.jspecify.annotations.NullMarked;
