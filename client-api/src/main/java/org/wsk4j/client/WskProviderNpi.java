package org.wsk4j.client;

/**
 * What a capture gives (WSK_PROVIDER_NPI).
 *
 * @param client the client object, first argument of all functions
 * @param dispatch the functions
 */
public record WskProviderNpi(WskClient client, WskProviderDispatch dispatch) {}
