package org.wsk4j.provider.stats;

public record StatisticsSnapshot(long open, long faults) {}
