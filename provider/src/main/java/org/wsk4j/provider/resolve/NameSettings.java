package org.wsk4j.provider.resolve;

/**
 * How names are found.
 *
 * @param dns how name servers are asked
 * @param files the files of the system
 * @param limits what bounds the requests
 */
public record NameSettings(DnsSettings dns, NameFiles files, NameLimits limits) {}
