package org.wsk4j.benchmarks.run;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.w3c.dom.Document;

/**
 * Draws a chart for each work and metric: the median of each server, with bars from the lowest to
 * the highest round.
 */
final class Charts {
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final int WIDTH = 900;
  private static final int HEIGHT = 420;

  private final Path directory;

  Charts(Path directory) {
    this.directory = directory;
    System.setProperty("java.awt.headless", "true");
  }

  /** Draws one work, each metric into a file of its own. */
  void draw(Result result) throws IOException {
    Files.createDirectories(directory);
    Map<Metric, List<Comparison>> byMetric = new LinkedHashMap<>();
    for (Comparison each : Comparison.of(result)) {
      byMetric.computeIfAbsent(each.metric(), none -> new ArrayList<>()).add(each);
    }
    for (Map.Entry<Metric, List<Comparison>> each : byMetric.entrySet()) {
      write(result.work(), each.getKey(), chart(result.work(), each.getKey(), each.getValue()));
    }
  }

  private static CategoryChart chart(Work work, Metric metric, List<Comparison> servers) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(work.name() + ": " + metric.name())
            .yAxisTitle(metric.unit())
            .build();
    chart.getStyler().setXAxisLabelRotation(30).setLegendVisible(false);
    chart.addSeries(
        metric.name(),
        servers.stream().map(each -> each.server().name()).toList(),
        servers.stream().map(each -> each.figures().median()).toList(),
        servers.stream().map(each -> halfRange(each.figures())).toList());
    return chart;
  }

  private static double halfRange(Spread figures) {
    return (figures.max() - figures.min()) / 2;
  }

  private void write(Work work, Metric metric, CategoryChart chart) throws IOException {
    String name = metric.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    SVGGraphics2D graphics = new SVGGraphics2D(document());
    chart.paint(graphics, WIDTH, HEIGHT);
    Path file = directory.resolve(work.name() + "." + name + ".svg");
    try (Writer writer = Files.newBufferedWriter(file)) {
      graphics.stream(writer, true);
    }
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(SVG, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }
}
