/** What threads and peers do to each other at the worst moments. */
@NullMarked
package org.wsk4j.race;

import org.jspecify.annotations.NullMarked;
