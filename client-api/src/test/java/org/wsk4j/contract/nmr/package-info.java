/**
 * Proves the rules of the Network Module Registrar on modules that remember what they are called
 * with. {@code World} is a registrar with its modules, {@code TestClient} and {@code TestProvider}
 * do what a test tells them, {@code Journal} keeps the calls in order, {@code OtherThread} shows
 * what blocks and what doesn't.
 */
package org.wsk4j.contract.nmr;
