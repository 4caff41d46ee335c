package dev.millrace.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * {@code sentiment.*}: the Fear & Greed index.
 *
 * @param enabled whether it is asked for
 * @param url where, path included
 * @param pollInterval at most this long between two questions
 * @param limits highest value of each regime but the last
 */
public record SentimentConfig(boolean enabled, URI url, Duration pollInterval, List<Integer> limits) {

    private static final int REGIMES = 5;

    public SentimentConfig {
        boolean address = ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
                && url.getHost() != null
                && url.getPort() <= 65_535
                && url.getUserInfo() == null
                && url.getQuery() == null;
        Check.that(address, "sentiment.url", url, "must be https://host/fng/, http://host:port/fng/ or auto");
        Check.that(
                pollInterval.compareTo(Duration.ofSeconds(1)) >= 0,
                "sentiment.poll-interval",
                pollInterval,
                "must be 1 s or longer");
        limits = List.copyOf(limits);
        Check.that(ascend(limits), "sentiment.limits", limits, "must be four numbers from 1 to 98 that ascend");
    }

    private static boolean ascend(List<Integer> limits) {
        boolean valid = limits.size() == REGIMES - 1;
        for (int i = 0; valid && i < limits.size(); i++) {
            int least = i == 0 ? 1 : limits.get(i - 1) + 1;
            valid = limits.get(i) >= least && limits.get(i) <= 98;
        }
        return valid;
    }
}
