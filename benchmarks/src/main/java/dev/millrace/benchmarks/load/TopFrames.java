package dev.millrace.benchmarks.load;

import dev.millrace.benchmarks.Markdown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** Where the time of a recorded process went: the methods in which JFR's samples of Java code stood. */
final class TopFrames {

    private static final int MOST = 15;

    private final Map<String, Integer> samples = new HashMap<>();
    private int total;

    private TopFrames() {}

    static TopFrames of(Path recording) throws IOException {
        TopFrames top = new TopFrames();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample")) {
                    top.add(event);
                }
            }
        }
        return top;
    }

    private void add(RecordedEvent sample) {
        total++;
        String thread = Optional.ofNullable(sample.getThread("sampledThread"))
                .map(t -> t.getJavaName())
                .orElse("?");
        String method = Optional.ofNullable(sample.getStackTrace())
                .flatMap(trace -> trace.getFrames().stream().findFirst())
                .map(RecordedFrame::getMethod)
                .map(TopFrames::name)
                .orElse("?");
        samples.merge(thread + " | `" + method + "`", 1, Integer::sum);
    }

    private static String name(RecordedMethod method) {
        String type = method.getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
    }

    void print(Markdown page) {
        page.line("%,d samples of Java code, by the method on top:", total);
        page.table(List.of("thread", "method", "share"));
        samples.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(MOST)
                .forEach(entry -> page.row(entry.getKey() + " | "
                        + String.format(Locale.ROOT, "%.1f %%", 100.0 * entry.getValue() / total)));
    }
}
