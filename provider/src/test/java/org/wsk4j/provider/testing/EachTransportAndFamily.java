package org.wsk4j.provider.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A test that runs on each available transport and for each of IPv4 and IPv6, which are its first
 * two arguments: a {@code Transport} and a {@link java.net.StandardProtocolFamily}.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "[{0}] {1}")
@MethodSource("org.wsk4j.provider.testing.TransportMatrix#transportsAndFamilies")
public @interface EachTransportAndFamily {}
