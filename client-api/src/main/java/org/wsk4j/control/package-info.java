/** Typed keys for options, ioctls and client control codes, and the values they carry. */
@NullMarked
package org.wsk4j.control;

import org.jspecify.annotations.NullMarked;
