/** INS rules: conditional accept, with the inspect and abort events. */
@NullMarked
package org.wsk4j.contract.inspecting;

import org.jspecify.annotations.NullMarked;
