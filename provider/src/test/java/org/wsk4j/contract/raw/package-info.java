/**
 * Raw sockets: which can be made, who may make them, and what they send and receive. Their peers
 * are UDP sockets of the JDK, for which they write and read the headers.
 */
@NullMarked
package org.wsk4j.contract.raw;

import org.jspecify.annotations.NullMarked;
