/** The rules of the WSK subsystem as a module of the registrar. */
@NullMarked
package org.wsk4j.contract.subsystem;

import org.jspecify.annotations.NullMarked;
