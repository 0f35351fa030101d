package org.wsk4j.provider.channel;

/**
 * What bounds conditional accept.
 *
 * @param isOffered whether listeners can be asked for it at all
 * @param mostHidden how many connections a listener keeps that are pended, or accepted and not
 *     delivered; more are not taken from the system
 * @param endAborts whether a peer that ends its side before it is accepted, and has sent nothing,
 *     counts as gone
 */
public record InspectLimits(boolean isOffered, int mostHidden, boolean endAborts) {}
