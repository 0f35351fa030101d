/** DGB, DGS, DGR and DGX rules: datagram sockets, their requests, and their event. */
@NullMarked
package org.wsk4j.contract.datagram;

import org.jspecify.annotations.NullMarked;
