/**
 * The request: how a program asks, and how it is told.
 *
 * <ul>
 *   <li>{@link org.wsk4j.irp.Irp}: the request with its life cycle
 *   <li>{@link org.wsk4j.irp.IoStatusBlock}: its result as a value
 *   <li>{@link org.wsk4j.irp.IoCompletionRoutine}: told when it completes
 *   <li>{@link org.wsk4j.irp.IrpCancelRoutine}, {@link org.wsk4j.irp.IrpContext}: a provider's side
 * </ul>
 *
 * <p>Threads: an IRP has one owner at a time; cancelling, waiting and looking may come from
 * anywhere. No completion routine is called with a lock held.
 */
@NullMarked
package org.wsk4j.irp;

import org.jspecify.annotations.NullMarked;
