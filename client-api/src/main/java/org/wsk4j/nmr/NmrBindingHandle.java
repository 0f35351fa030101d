package org.wsk4j.nmr;

/**
 * One pair of a client and a provider, from the offer until both are cleaned up; each pair has its
 * own (NMR-15). Both sides are given the same object (NMR-18).
 */
public sealed interface NmrBindingHandle extends NmrHandle permits Binding {}
