package dev.millrace.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each value that cannot work is refused, with its key, itself and what would be valid. */
class BadValueTest {

    /** Key, value, and a word of what would be valid. */
    private static final String CASES = """
            data.dir                  |                    | folder
            data.journal              | {a=1}              | folder
            data.state                | [a]                | folder
            data.bars                 |                    | folder
            data.lake                 |                    | folder
            data.database             |                    | folder
            data.spill                | [a]                | folder
            data.log                  |                    | folder
            hyperliquid.environment   | mainet             | mainnet or testnet
            hyperliquid.ws-url        | https://host/ws    | wss://
            hyperliquid.ws-url        | wss:///ws          | wss://
            hyperliquid.ws-url        | not a url          | auto
            hyperliquid.rest-url      | ftp://host         | https://
            hyperliquid.rest-url      | https://host/info  | without a path
            hyperliquid.tls.trust     | /none/such.pem     | PEM
            feed.coins                |                    | names
            feed.coins                | BTC,BTC            | twice
            feed.coins                | top:0              | top:N
            feed.coins                | BTC ETH            | names
            feed.channels             | trade              | trades
            feed.channels             | []                 | trades
            feed.channels             | bbo,bbo            | twice
            feed.candle-intervals     | 7m                 | 1m
            feed.check-names          | maybe              | true or false
            feed.ping-interval        | 0 s                | longer than 0
            feed.ping-interval        | 60 s               | shorter than 60 s
            feed.ping-interval        | 20                 | unit
            feed.silence-limit        | -1 s               | longer than 0
            feed.silence-limit        | 20 s               | feed.ping-interval
            feed.silence-limit        | soon               | duration
            feed.ack-timeout          | 0 s                | longer than 0
            feed.connect-timeout      | 0 s                | longer than 0
            feed.subscribe-per-second | 0                  | from 1
            feed.subscribe-per-second | 2.5                | whole
            feed.probe-interval       | 0 s                | longer than 0
            freshness.grace           | 0 s                | longer than 0
            freshness.min-cadence     | 0 s                | longer than 0
            freshness.max-cadence     | 1 ms               | freshness.min-cadence
            freshness.max-lag         | 0 s                | longer than 0
            freshness.min-retry       | 0 s                | longer than 0
            freshness.max-retry       | 1 ms               | freshness.min-retry
            feed.reconnect.min-delay  | 0 s                | longer than 0
            feed.reconnect.max-delay  | 1 ms               | min-delay
            feed.connection.max-subscriptions | 0          | from 1 to 1000
            feed.redundancy           | some               | none, trades or all
            feed.rolling-reconnect    | 10 ms              | off or at least 1 s
            feed.rolling-reconnect    | sometimes          | duration
            feed.quarantine-retry     | 0 s                | longer than 0
            feed.budget-percent       | 0                  | from 40
            pipeline.profile          | big                | small, pinned or auto
            rest.account-info         | maybe              | true or false
            rest.headroom             | 1200               | to 1000
            rest.timeout              | 0 s                | longer than 0
            rest.tries                | 0                  | from 1
            rest.min-pause            | 0 s                | longer than 0
            rest.max-pause            | 100 ms             | longer than rest.min-pause
            collect.every             | -1 s               | 0 s or longer
            collect.timeframes        | []                 | one or more
            collect.timeframes        | 1h,1h              | twice
            collect.timeframes        | 1H                 | 1m 3m 5m
            collect.bars              | 5001               | to 5000
            collect.funding           | often              | true or false
            quality.repair            | now                | true or false
            quality.check-every       | -1 s               | 0 s or longer
            pipeline.profile          | pinned             | pipeline.cores
            pipeline.ring-bytes       | 4 KiB              | two slots
            pipeline.ring-bytes       | 64 MiBi            | size
            pipeline.inline-bytes     | 1 B                | from 64
            pipeline.inline-bytes     | 4096               | unit
            pipeline.pool-bytes       | 0 B                | from 1
            pipeline.cores            | [1, 2]             | [1, 2, 3]
            pipeline.cores            | [1, 2, -3]         | [1, 2, 3]
            pipeline.cores            | [1, 1, 2]          | twice
            pipeline.cores            | one                | core number
            pipeline.clock-interval   | 0 s                | longer than 0
            pipeline.anchor-interval  | 0 s                | longer than 0
            journal.sync-interval     | 0 s                | longer than 0
            journal.index-interval    | 0                  | from 1
            journal.index-interval    | 99999999999        | whole
            journal.compress          | lz4                | true or false
            journal.keep              | 0 s                | longer than 0
            journal.keep              | 7                  | unit
            journal.max-bytes         | 0 B                | from 1
            journal.max-bytes         | 100                | unit
            journal.max-bytes         | none               | unlimited
            journal.min-free          | 1 MiB              | 64 MiB or more
            journal.min-free          | 100                | unit
            snapshot.interval         | 0 s                | longer than 0
            snapshot.keep             | 0                  | from 1
            handover.max-bytes        | 1000 B             | 1 MiB or more
            handover.timeout          | 0 s                | longer than 0
            roles                     | []                 | capture, store
            roles                     | collect            | capture or store
            roles                     | store,store        | twice
            store.flush-interval      | 0 s                | longer than 0
            store.flush-rows          | 0                  | from 1
            store.flush-bytes         | 0 B                | from 1
            store.keep                | -1 s               | 0 s or longer
            lake.compression          | gzip               | zstd or snappy
            lake.roll-interval        | 0 s                | longer than 0
            lake.hourly               | often              | true or false
            lake.keep                 | 0 s                | longer than 0
            lake.keep                 | 7                  | unit
            store.memory-limit        | 1 MiB              | 64 MiB or more
            store.threads             | 0                  | from 1
            store.spill-limit         | 1                  | unit
            store.full-books          | perhaps            | true or false
            sentiment.enabled         | perhaps            | true, false or auto
            sentiment.url             | ftp://host         | https://
            sentiment.url             | https://           | auto
            sentiment.url             | https://h/fng/?a=b | https://
            sentiment.poll-interval   | 999 ms             | 1 s or longer
            sentiment.poll-interval   | 60                 | unit
            sentiment.limits          | 25, 45, 54         | four numbers
            sentiment.limits          | 25, 45, 45, 75     | ascend
            sentiment.limits          | 0, 45, 54, 75      | from 1 to 98
            sentiment.limits          | 25, 45, 54, 99     | from 1 to 98
            sentiment.limits          | 25, 45, 54, x      | whole number
            order.window-trades       | 0                  | from 1
            order.window-max-trades   | 1                  | order.window-trades
            order.fresh-for           | 0 s                | longer than 0
            clock.max-carry           | -1 s               | 0 s or longer
            clock.max-step            | -1 s               | 0 s or longer
            clock.max-ahead           | 0 s                | longer than 0
            bars.timeframes           | []                 | at least one
            bars.timeframes           | 1m,1s              | ascend
            bars.timeframes           | 60s,1m             | ascend
            bars.timeframes           | 7m                 | divide a day
            bars.timeframes           | minute             | number and s, m, h or d
            bars.basis                | []                 | trade, mid
            bars.basis                | trades             | trade or mid
            bars.basis                | mid,mid            | twice
            bars.close-delay          | -1 s               | 0 s or longer
            bars.revision-window      | -1 s               | 0 s or longer
            bars.empty                | zero               | none, carry or null
            instruments.poll-interval | 0 s | longer than 0
            universe.enabled | often | true or false
            universe.decide-at | 24 h | less than a day
            universe.sample-interval | 0 s | longer than 0
            universe.gates.allow-isolated | 1 | true or false
            universe.gates.min-leverage | -1 | from 0
            universe.gates.candle-days | 7 | from 8
            universe.gates.min-candles | 31 | from 1 to 30
            universe.gates.min-returns | 30 | from 2 to 29
            universe.gates.samples | 0 | from 1
            universe.gates.min-samples | 11 | from 1 to 10
            universe.gates.min-sample-span | -1 s | 0 s or longer
            universe.volume.low | 0.0 | above 0
            universe.volume.high | 1000.0 | universe.volume.low
            universe.open-interest.low | -1.0 | above 0
            universe.open-interest.high | much | a number
            universe.depth.low | 0.0 | above 0
            universe.depth.high | 1.0 | universe.depth.low
            universe.spread.low | 0.0 | above 0
            universe.spread.high | 0.5 | universe.spread.low
            universe.volatility.low | 0.0 | above 0
            universe.volatility.high | 0.001 | universe.volatility.low
            universe.members.size | 0 | from 1
            universe.members.relevance | 1.1 | from 0 to 1
            universe.members.max-correlation | -0.1 | from 0 to 1
            universe.members.enter-after | 0 | from 1
            universe.members.leave-rank | 0.9 | 1 to 100
            universe.members.leave-after | 0 | from 1
            universe.members.fail-after | 0 | from 1
            strategies                | a.B                | class
            strategies                | [{klass = a.B}]    | class and parameters
            strategies                | [{parameters {}}]  | full name
            strategies                | [{class = 1a}]     | full name
            strategies                | [{class = a.B, parameters = 1}]       | section
            strategies                | [{class = a.B, parameters {x = [1]}}] | a text
            ops.port                  | 65536              | from 0 to 65535
            ops.port                  | -1                 | from 0 to 65535
            ops.port                  | http               | whole
            ops.health-interval       | 0 s                | longer than 0
            shutdown.deadline         | 0 s                | longer than 0
            """;

    static Stream<String[]> cases() {
        return CASES.lines()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::trim).toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldRefuse(String key, String value, String valid) {
        String message = refusal(key + "=" + value);
        assertTrue(message.startsWith(key + " = "), message);
        assertTrue(message.contains(valid), message);
        assertTrue(message.endsWith(" (--set)"), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void shouldHaveACaseForEveryKey() {
        TreeSet<String> refused = cases().map(row -> row[0]).collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> shipped = ConfigFiles.defaults().effective().stream()
                .map(LoadedConfig.Setting::key)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(shipped, refused);
    }

    @Test
    void shouldNameTheBadValueOfEverySectionAtOnce() {
        String message = refusal("ops.port=-1", "feed.coins=top:x");
        assertTrue(message.contains("ops.port = -1") && message.contains("feed.coins = [top:x]"), message);
    }

    @Test
    void shouldAskForAnIntervalWhenCandlesAreSubscribed() {
        String message = refusal("feed.channels=candle", "feed.candle-intervals=[]");
        assertTrue(message.contains("feed.candle-intervals = []: must name at least one"), message);
    }

    @ParameterizedTest
    @CsvSource({"1, SMALL", "4, SMALL", "5, PINNED"})
    void shouldPinOnMoreThanFourCoresWhenCoresAreNamed(int processors, PipelineConfig.Profile expected) {
        ConfigLoader loader = new ConfigLoader(Map.of(), processors);
        EngineConfig config =
                loader.load(List.of(), List.of("pipeline.cores=[0, 1, 2]")).engine();
        assertEquals(expected, config.pipeline().profile());
    }

    private static String refusal(String... assignments) {
        return assertThrows(ConfigException.class, () -> ConfigFiles.set(assignments))
                .getMessage();
    }
}
