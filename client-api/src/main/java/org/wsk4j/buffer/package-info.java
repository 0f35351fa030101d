/**
 * The memory of requests and indications, and who owns it when.
 *
 * <ul>
 *   <li>{@link org.wsk4j.buffer.Mdl}: describes memory, and chains
 *   <li>{@link org.wsk4j.buffer.WskBuf}: a region of such a chain
 *   <li>{@link org.wsk4j.buffer.WskBufList}: a list of regions, one datagram each
 * </ul>
 *
 * <p>The rules of ownership, for all of the library:
 *
 * <ol>
 *   <li>Memory given with a request is lent to the provider from the call until the IRP completes,
 *       whatever the call returns and however the request ends.
 *   <li>Memory that arrives with a callback belongs to the provider. Answering SUCCESS gives it
 *       back at once; answering PENDING keeps it, element by element, until {@code release};
 *       answering DATA_NOT_ACCEPTED leaves it with the provider.
 *   <li>What is released is not looked at again. Releasing what was not retained is refused.
 * </ol>
 *
 * <p>Threads: nothing here is synchronised; handing a request over and being told of its completion
 * order the accesses.
 */
@NullMarked
package org.wsk4j.buffer;

import org.jspecify.annotations.NullMarked;
