package dev.millrace.ops;

import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A health report as JSON. */
final class HealthPage {

    private final DslJson<Object> json = new DslJson<>();

    byte[] render(HealthReport report) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("healthy", report.healthy());
        page.put("state", report.state());
        page.put("problems", report.problems());
        page.put("warnings", report.warnings());
        page.put("version", report.version());
        page.put("java", Runtime.version().toString());
        page.put("uptime_seconds", report.uptime().toSeconds());
        page.put("feed", report.feed());
        if (!report.universe().isEmpty()) {
            page.put("universe", report.universe());
        }
        page.put("rates", new TreeMap<>(report.rates()));
        page.put("sequences", new TreeMap<>(report.sequences()));
        page.put("disk_free_bytes", report.diskFreeBytes());
        JsonWriter writer = json.newWriter();
        try {
            json.serialize(writer, page);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the health report", e);
        }
        return writer.toByteArray();
    }
}
