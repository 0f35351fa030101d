package org.wsk4j.client;

/**
 * Stands for the binding between a program and a provider (WSK_CLIENT). It comes from a capture, or
 * from an attachment through the registrar, and is the first argument of every function of {@link
 * WskProviderDispatch}. It has nothing to read or change (CLI-03).
 */
public interface WskClient {}
