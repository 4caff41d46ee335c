package dev.millrace.config;

import java.time.Duration;

/**
 * {@code universe.*}: which coins are worth recording, decided once a day.
 *
 * @param enabled whether the daemon decides at all; always where {@code feed.coins} names the universe
 * @param decideAt time after midnight UTC from which the day's decision is made
 * @param sampleInterval time between two samples of the books
 * @param gates what must be so before a coin is ranked
 * @param scores where its scores begin and are full
 * @param members how the ranked become members
 */
public record UniverseConfig(
        boolean enabled,
        Duration decideAt,
        Duration sampleInterval,
        GateConfig gates,
        ScoreConfig scores,
        MembershipConfig members) {

    public UniverseConfig {
        Check.notNegative("universe.decide-at", decideAt);
        Check.that(
                decideAt.compareTo(Duration.ofDays(1)) < 0, "universe.decide-at", decideAt, "must be less than a day");
        Check.positive("universe.sample-interval", sampleInterval);
    }
}
