/** What the parts of the provider may know of each other, held by tests. */
@NullMarked
package org.wsk4j.arch;

import org.jspecify.annotations.NullMarked;
