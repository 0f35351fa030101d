package org.wsk4j.net;

import java.util.UUID;

/**
 * Names a provider of names, to which a question for addresses can be restricted.
 *
 * @param id the GUID
 */
public record NameSpaceProvider(UUID id) {}
