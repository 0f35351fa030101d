package org.wsk4j.nmr;

/**
 * What the registrar gives out and takes back; compared by identity, without any content of its
 * own. The functions that end a registration take this type, so that a handle of the wrong kind
 * gets its status (NMR-75, OP-21) as in C, where all kinds are the same.
 */
public sealed interface NmrHandle permits NmrClientHandle, NmrProviderHandle, NmrBindingHandle {}
