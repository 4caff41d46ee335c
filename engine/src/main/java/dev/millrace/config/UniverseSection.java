package dev.millrace.config;

/** {@code universe.*} to its records. */
final class UniverseSection {

    private UniverseSection() {}

    static UniverseConfig read(Settings settings) {
        return new UniverseConfig(
                settings.flag("universe.enabled"),
                settings.duration("universe.decide-at"),
                settings.duration("universe.sample-interval"),
                gates(settings),
                new ScoreConfig(
                        limits(settings, "universe.volume"),
                        limits(settings, "universe.open-interest"),
                        limits(settings, "universe.spread"),
                        limits(settings, "universe.depth"),
                        limits(settings, "universe.volatility")),
                members(settings));
    }

    private static GateConfig gates(Settings settings) {
        return new GateConfig(
                settings.flag("universe.gates.allow-isolated"),
                settings.whole("universe.gates.min-leverage"),
                settings.whole("universe.gates.candle-days"),
                settings.whole("universe.gates.min-candles"),
                settings.whole("universe.gates.min-returns"),
                settings.whole("universe.gates.samples"),
                settings.whole("universe.gates.min-samples"),
                settings.duration("universe.gates.min-sample-span"));
    }

    private static MembershipConfig members(Settings settings) {
        return new MembershipConfig(
                settings.whole("universe.members.size"),
                settings.number("universe.members.relevance"),
                settings.number("universe.members.max-correlation"),
                settings.whole("universe.members.enter-after"),
                settings.number("universe.members.leave-rank"),
                settings.whole("universe.members.leave-after"),
                settings.whole("universe.members.fail-after"));
    }

    private static Limits limits(Settings settings, String key) {
        return Limits.of(key, settings.number(key + ".low"), settings.number(key + ".high"));
    }
}
