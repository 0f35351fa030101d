package org.wsk4j.provider.core;

import org.wsk4j.control.WskInspectId;
import org.wsk4j.listen.WskInspectAction;

/**
 * The arguments of one request to decide about a pended connection.
 *
 * @param id the connection
 * @param action ACCEPT or REJECT
 */
public record InspectDecision(WskInspectId id, WskInspectAction action) {}
