package dev.millrace.benchmarks.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.control.ControlClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks the daemon how it is, as a user can: the control socket, {@code /health}, {@code /metrics}. One thread. */
final class Watch {

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ControlClient control;
    private final String ops;
    private final List<Look> looks = new ArrayList<>();

    /** @param ops address of its pages */
    Watch(Path controlSocket, String ops) {
        control = new ControlClient(controlSocket);
        this.ops = ops;
    }

    Look look() throws IOException, InterruptedException {
        Map<String, Object> status = new HashMap<>();
        control.ask(Map.of("command", "status"), status::putAll);
        JsonNode health = json.readTree(page("/health"));
        Map<?, ?> feed = (Map<?, ?>) status.get("feed");
        Map<?, ?> streams = (Map<?, ?>) status.get("streams");
        Look look = new Look(
                System.currentTimeMillis(),
                number(feed, "subscriptions"),
                number(feed, "acknowledged"),
                number(streams, "live"),
                number(streams, "mute") + number(streams, "slow") + number(streams, "pending"),
                texts(health.get("problems")),
                texts(health.get("warnings")));
        looks.add(look);
        return look;
    }

    private static long number(Map<?, ?> section, String key) {
        return ((Number) section.get(key)).longValue();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** Each counter by its name in {@code /metrics}. */
    Map<String, Double> counters() throws IOException, InterruptedException {
        Map<String, Double> counters = new HashMap<>();
        page("/metrics")
                .lines()
                .filter(line -> line.matches("[a-z0-9_]+ [-0-9.E]+"))
                .forEach(line -> {
                    String[] words = line.split(" ", -1);
                    counters.put(words[0], Double.parseDouble(words[1]));
                });
        return counters;
    }

    private String page(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(ops + path)).build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    List<Look> between(long fromMs, long toMs) {
        return looks.stream()
                .filter(look -> look.atMs() >= fromMs && look.atMs() < toMs)
                .toList();
    }
}
