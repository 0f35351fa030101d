package org.wsk4j.control;

import java.util.List;

/**
 * Maps transports to TDI devices (WSK_TDI_MAP_INFO), for {@link
 * WskClientControls#TDI_DEVICENAME_MAPPING}.
 *
 * @param maps the mappings; the list is copied
 */
public record WskTdiMapInfo(List<WskTdiMap> maps) {
  /**
   * Copies the list.
   *
   * @param maps the mappings
   */
  public WskTdiMapInfo {
    maps = List.copyOf(maps);
  }
}
