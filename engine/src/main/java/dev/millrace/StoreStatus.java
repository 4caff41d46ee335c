package dev.millrace;

import dev.millrace.config.DataConfig;
import dev.millrace.metrics.Counters;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code millrace status} shows of the tables and the lake. Cold. */
final class StoreStatus {

    private static final double MS_PER_SECOND = 1e3;

    private StoreStatus() {}

    /** Figures by name. Any thread. */
    static Map<String, Object> of(DataConfig data, Counters counters, long nowMs) {
        Map<String, Object> store = new LinkedHashMap<>();
        store.put("database", data.database().toAbsolutePath().toString());
        store.put("lake", data.lake().toAbsolutePath().toString());
        store.put("committed_sequence", counters.value("store.sequence"));
        store.put("behind_s", behind(counters.value("store.received-ns"), nowMs));
        store.put("commits", counters.value("store.commits"));
        store.put("rows", counters.value("store.rows"));
        store.put("bars_refused", counters.value("store.refused"));
        store.put("lake_files_written", counters.value("lake.files"));
        store.put("partitions_moved_to_lake", counters.value("lake.flips"));
        store.put("certificates_written", counters.value("quality.certificates"));
        store.put("certificates_pending", counters.value("quality.certificates-pending"));
        store.put("days_uncertified", counters.value("quality.days-uncertified"));
        long certified = counters.value("quality.certified-day");
        store.put(
                "certified_up_to",
                certified == 0 ? "" : LocalDate.ofEpochDay(certified).toString());
        return store;
    }

    /** Age of the last committed record; in a journal that is being written there is one every moment. */
    private static double behind(long receivedNs, long nowMs) {
        return receivedNs == 0 ? 0 : Math.round(Math.max(0, nowMs - receivedNs / 1e6) / MS_PER_SECOND * 10) / 10.0;
    }
}
