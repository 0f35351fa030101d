/** IRP rules that need a provider: every function of every table, and requests on real sockets. */
@NullMarked
package org.wsk4j.contract.request;

import org.jspecify.annotations.NullMarked;
