package org.wsk4j.control;

/**
 * Identifies a request for a connection under conditional accept (WSK_INSPECT_ID). Two are the same
 * request if both numbers are equal (INS-22).
 *
 * @param key the first number
 * @param serialNumber the second number, to be read without sign
 */
public record WskInspectId(long key, int serialNumber) {}
