package org.wsk4j.control;

/** Flags for {@link WskClientControls#TDI_BEHAVIOR} (WSK_TDI_BEHAVIOR_XXX). */
public final class WskTdiBehavior {
  /** Network traffic goes past TDI filters. */
  public static final int BYPASS_TDI = 0x00000001;

  private WskTdiBehavior() {}
}
