/**
 * Requests in flight: how they wait, how they get to the event loop of their socket, and how they
 * complete inside a call.
 *
 * <ul>
 *   <li>{@link org.wsk4j.provider.completion.IrpQueue}: requests that wait, in order
 *   <li>{@link org.wsk4j.provider.completion.SubmissionQueue}: from any thread to the loop
 *   <li>{@link org.wsk4j.provider.completion.Completions}: inline completion of bounded depth
 *   <li>{@link org.wsk4j.provider.completion.InlineCall}: calls whose work may end inside them
 * </ul>
 *
 * <p>That a request completes exactly once is the business of {@link org.wsk4j.irp.Irp}. Threads:
 * stated on each type.
 */
@NullMarked
package org.wsk4j.provider.completion;

import org.jspecify.annotations.NullMarked;
