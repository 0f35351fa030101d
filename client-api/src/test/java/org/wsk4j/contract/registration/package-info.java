/**
 * The rules of registration, proved with a provider that knows no network and a clock that tests
 * move.
 */
package org.wsk4j.contract.registration;
