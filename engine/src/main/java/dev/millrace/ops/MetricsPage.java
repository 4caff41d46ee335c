package dev.millrace.ops;

import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.metrics.LatencyHistogram;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * All counters, latencies and errors in Prometheus' text format, read at the moment of the request. A counter
 * {@code feed.frames} is {@code millrace_feed_frames_total}, a gauge {@code ring.depth} is {@code millrace_ring_depth},
 * a latency {@code frame.to.callback} is the summary {@code millrace_frame_to_callback_seconds}. What is
 * counted by symbol has the label {@code symbol}.
 */
public final class MetricsPage {

    static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final double[] QUANTILES = {0.5, 0.9, 0.99, 0.999, 1.0};
    private static final double NANOS = 1e9;

    private final Counters counters;
    private final Map<String, LatencyHistogram> latencies;
    private final ErrorLog errors;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    /** Shows these from now on; {@code latencies} by name. */
    public MetricsPage(Counters counters, Map<String, LatencyHistogram> latencies, ErrorLog errors) {
        this.counters = counters;
        this.latencies = Map.copyOf(latencies);
        this.errors = errors;
    }

    byte[] render() {
        List<MetricSnapshot> all = new ArrayList<>(JvmMetrics.read());
        counters.all().forEach(counter -> all.add(snapshot(counter)));
        counters.namesOfSymbols().forEach(name -> all.add(ofSymbols(name)));
        counters.observed()
                .forEach(one -> all.add(
                        gauge(one.name(), one.help(), (double) one.value().getAsLong())));
        latencies.forEach((name, histogram) -> all.add(summary(name, histogram.snapshot())));
        all.add(errors());
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 14);
        try {
            writer.write(out, new MetricSnapshots(all), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the metrics", e);
        }
        return out.toByteArray();
    }

    static String name(String name) {
        return "millrace_" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    }

    static GaugeSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name(name))
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }

    static CounterSnapshot counter(String name, String help, double value) {
        return CounterSnapshot.builder()
                .name(name(name))
                .help(help)
                .dataPoint(CounterDataPointSnapshot.builder().value(value).build())
                .build();
    }

    private static MetricSnapshot snapshot(Counter counter) {
        double value = (double) counter.get();
        return counter.isGauge()
                ? gauge(counter.name(), counter.help(), value)
                : counter(counter.name(), counter.help(), value);
    }

    private CounterSnapshot ofSymbols(String name) {
        CounterSnapshot.Builder builder = CounterSnapshot.builder().name(name(name));
        counters.ofSymbols(name)
                .forEach((symbol, counter) -> builder.help(counter.help())
                        .dataPoint(CounterDataPointSnapshot.builder()
                                .labels(Labels.of("symbol", symbol))
                                .value((double) counter.get())
                                .build()));
        return builder.build();
    }

    private static MetricSnapshot summary(String name, Histogram histogram) {
        Quantile[] quantiles = Arrays.stream(QUANTILES)
                .mapToObj(q -> new Quantile(q, histogram.getValueAtPercentile(q * 100) / NANOS))
                .toArray(Quantile[]::new);
        return SummarySnapshot.builder()
                .name(name(name) + "_seconds")
                .help("Latency since the start")
                .dataPoint(SummaryDataPointSnapshot.builder()
                        .quantiles(Quantiles.of(quantiles))
                        .count(histogram.getTotalCount())
                        .sum(histogram.getMean() * histogram.getTotalCount() / NANOS)
                        .build())
                .build();
    }

    private MetricSnapshot errors() {
        CounterSnapshot.Builder builder =
                CounterSnapshot.builder().name(name("errors")).help("Exceptions by place and type");
        for (Map.Entry<Labels, Long> error : errorCounts().entrySet()) {
            builder.dataPoint(CounterDataPointSnapshot.builder()
                    .labels(error.getKey())
                    .value(error.getValue())
                    .build());
        }
        return builder.build();
    }

    /** Kinds that differ only in their line share a label, and Prometheus wants each label once. */
    private Map<Labels, Long> errorCounts() {
        Map<Labels, Long> counts = new TreeMap<>();
        for (ErrorLog.Entry entry : errors.entries()) {
            counts.merge(Labels.of("where", entry.where(), "type", entry.type()), entry.count(), Long::sum);
        }
        return counts;
    }
}
