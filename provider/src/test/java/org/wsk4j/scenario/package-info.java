/**
 * Whole programs, from their registration to their end, in the ways in which WSK programs are
 * written: an echo server, a tunnel, a message transport. {@code docs/scenarios.md} lists them.
 *
 * <p>{@link org.wsk4j.scenario.Scenario} holds every request and every callback of such a program
 * against what is true of all of them.
 */
@NullMarked
package org.wsk4j.scenario;

import org.jspecify.annotations.NullMarked;
