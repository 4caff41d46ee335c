package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.codec.hyperliquid.AccountAddress;
import dev.millrace.config.EngineConfig;
import dev.millrace.control.ControlClient;
import dev.millrace.journal.JournalReader;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.rest.InfoException;
import dev.millrace.simulator.Conduct;
import dev.millrace.simulator.LoggedRequest;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import dev.millrace.store.RefusedException;
import dev.millrace.store.ResultColumn;
import dev.millrace.store.ResultSink;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts of the local exchange, asked for over the daemon's socket and by itself. */
class AccountTest {

    private static final long START_MS = 1_790_233_230_000L;
    private static final AccountAddress SOMEBODY = new AccountAddress("0x" + "5e".repeat(20));
    private static final AccountAddress NOBODY = new AccountAddress("0x" + "00".repeat(20));

    @TempDir
    private Path folder;

    /** Keeps the rows. */
    private static final class Rows implements ResultSink {
        private final List<String> names = new ArrayList<>();
        private final List<List<Object>> rows = new ArrayList<>();
        private final List<String> leftOut = new ArrayList<>();

        @Override
        public void columns(List<ResultColumn> columns) {
            columns.forEach(column -> names.add(column.name()));
        }

        @Override
        public void row(List<Object> values) {
            rows.add(values);
        }

        @Override
        public void leftOut(String why) {
            leftOut.add(why);
        }
    }

    @Test
    void shouldTellEachPartOfAnAccountAndPageWithoutRepeats() throws Exception {
        long asked;
        try (Simulator venue = Simulator.start(SimulatorConfig.of(MarketModel.of(5, START_MS)));
                Engine engine = Engine.launchWithoutFeed(config(venue, true))) {
            Rows positions = ask(engine, SOMEBODY, AccountPart.POSITIONS, Duration.ZERO);
            assertEquals(
                    List.of("BTC", "ETH", "SOL"),
                    positions.rows.stream().map(row -> row.get(0)).toList());
            assertTrue((Double) positions.rows.get(0).get(1) > 0
                    && (Double) positions.rows.get(1).get(1) < 0);
            for (AccountPart part : AccountPart.values()) {
                Rows rows = ask(engine, SOMEBODY, part, Duration.ofDays(2));
                assertTrue(!rows.rows.isEmpty(), part.label());
                assertEquals(rows.names.size(), rows.rows.get(0).size(), part.label());
            }
            assertEquals(List.of(), ask(engine, NOBODY, AccountPart.FILLS, Duration.ofDays(9)).rows);
            assertEquals(List.of(), ask(engine, NOBODY, AccountPart.POSITIONS, Duration.ZERO).rows);

            Rows fills = ask(engine, SOMEBODY, AccountPart.FILLS, Duration.ofDays(30));
            assertEquals(30 * 24 * 6, fills.rows.size());
            assertEquals(fills.rows.size(), new HashSet<>(fills.rows).size(), "each once");
            Rows funding = ask(engine, SOMEBODY, AccountPart.FUNDING, Duration.ofDays(30));
            assertEquals(30 * 24 * 3, funding.rows.size(), "a page of 500 ends within an hour's three payments");
            assertEquals(funding.rows.size(), new HashSet<>(funding.rows).size(), "each once");
            asked = requests(venue, "userFunding");
            assertTrue(requests(venue, "userFillsByTime") >= 4 && asked >= 6);
            assertTrue(
                    venue.requests().stream().mapToInt(LoggedRequest::weight).sum()
                            <= engine.counters().value("rest.weight"),
                    "counted at least as the venue does");
        }
        assertEquals(asked, journaled("userFunding"), "journaled as every reply is");
    }

    @Test
    void shouldAnswerOverTheSocketAndOnlyWhereItIsAllowed() throws Exception {
        AccountQuestion question =
                new AccountQuestion(SOMEBODY, AccountPart.BALANCES, Optional.empty(), Optional.empty());
        try (Simulator venue = Simulator.start(SimulatorConfig.of(MarketModel.of(5, START_MS)))) {
            try (Engine allowed = Engine.launchWithoutFeed(config(venue, true))) {
                assertTrue(allowed.opsPort() > 0);
                List<Map<String, Object>> lines = told(question.request());
                assertEquals(List.of("USDC", 14.625485, 0.0, 0.0), numbers(lines.get(1)));
                Map<String, Object> none = Map.of("command", "account", "address", "0x12", "part", "orders");
                assertTrue(told(none).get(0).get("refused").toString().contains("40 hexadecimal digits"));
                Map<String, Object> odd = Map.of("command", "account", "address", SOMEBODY.text(), "part", "secrets");
                assertTrue(told(odd).get(0).get("refused").toString().contains("there are summary positions"));
            }
            try (Engine engine = Engine.launchWithoutFeed(config(venue, false))) {
                assertEquals(
                        AccountQuestion.OFF, told(question.request()).get(0).get("refused"));
                assertThrows(RefusedException.class, () -> engine.account(question, new Rows()));
            }
            assertEquals(1, requests(venue, "spotClearinghouseState"));
        }
    }

    /** A word stands where a fill's first number should. */
    @Test
    void shouldLeaveOutAnOddRowAndNameIt() throws Exception {
        Conduct odd = Conduct.good().with("rest-odd:type=userFillsByTime,row=5");
        try (Simulator venue = Simulator.start(
                        SimulatorConfig.of(MarketModel.of(5, START_MS)).withConduct(odd));
                Engine engine = Engine.launchWithoutFeed(config(venue, true))) {
            Rows fills = ask(engine, SOMEBODY, AccountPart.FILLS, Duration.ofDays(1));
            assertEquals(24 * 6 - 1, fills.rows.size());
            assertEquals(1, fills.leftOut.size());
            assertTrue(fills.leftOut.get(0).startsWith("userFillsByTime[5]."), fills.leftOut::toString);
            assertEquals(1, requests(venue, "userFillsByTime"), "not asked for again");
        }
        try (Simulator venue = Simulator.start(SimulatorConfig.of(MarketModel.of(5, START_MS))
                        .withConduct(Conduct.good().with("rest-odd:type=openOrders,row=1")));
                Engine engine = Engine.launchWithoutFeed(config(venue, true))) {
            assertTrue(engine.opsPort() > 0);
            List<Map<String, Object>> lines = told(
                    new AccountQuestion(SOMEBODY, AccountPart.ORDERS, Optional.empty(), Optional.empty()).request());
            assertTrue(
                    lines.stream().anyMatch(line -> ("" + line.get("left_out")).startsWith("openOrders[1].")),
                    lines::toString);
        }
    }

    @Test
    void shouldTellOfABuilderDeployedExchangeApart() throws Exception {
        MarketModel market = MarketModel.of(5, START_MS)
                .withCoins(List.of(SimulatedCoin.named("BTC"), SimulatedCoin.named("xyz:TSLA")));
        try (Simulator venue = Simulator.start(SimulatorConfig.of(market));
                Engine engine = Engine.launchWithoutFeed(config(venue, true))) {
            for (AccountPart part : List.of(AccountPart.POSITIONS, AccountPart.ORDERS)) {
                Rows own = new Rows();
                engine.account(new AccountQuestion(SOMEBODY, part, Optional.empty(), Optional.empty()), own);
                assertEquals(List.of("BTC"), column(own, "symbol"), part.label());
                Rows deployed = new Rows();
                engine.account(of("xyz", part), deployed);
                assertEquals(List.of("xyz:TSLA"), column(deployed, "symbol"), part.label());
            }
            assertThrows(InfoException.class, () -> engine.account(of("abc", AccountPart.SUMMARY), new Rows()));
        }
        RefusedException all = assertThrows(RefusedException.class, () -> of("xyz", AccountPart.FILLS));
        assertTrue(all.getMessage().contains("of all exchanges at once"), all::getMessage);
        assertThrows(RefusedException.class, () -> of("xyz:TSLA", AccountPart.ORDERS));
    }

    private static AccountQuestion of(String dex, AccountPart part) {
        return new AccountQuestion(SOMEBODY, part, dex, Optional.empty(), Optional.empty());
    }

    private static List<Object> column(Rows rows, String name) {
        return rows.rows.stream().map(row -> row.get(rows.names.indexOf(name))).toList();
    }

    @Test
    void shouldRefuseAStretchOfTimeThatIsNone() {
        Instant now = Instant.ofEpochMilli(START_MS);
        assertThrows(
                RefusedException.class,
                () -> new AccountQuestion(SOMEBODY, AccountPart.FILLS, Optional.of(now), Optional.of(now)));
        assertThrows(
                RefusedException.class,
                () -> new AccountQuestion(
                        SOMEBODY, AccountPart.FILLS, Optional.of(Instant.ofEpochMilli(-1)), Optional.empty()));
    }

    private static List<Object> numbers(Map<String, Object> line) {
        return ((List<?>) line.get("values"))
                .stream()
                        .map(value -> value instanceof Number number ? (Object) number.doubleValue() : value)
                        .toList();
    }

    private List<Map<String, Object>> told(Map<String, Object> request) {
        List<Map<String, Object>> lines = new ArrayList<>();
        assertTrue(new ControlClient(folder.resolve(Engine.CONTROL_SOCKET)).ask(request, lines::add));
        return lines;
    }

    private static Rows ask(Engine engine, AccountAddress address, AccountPart part, Duration back) throws Exception {
        Rows rows = new Rows();
        Instant to = Instant.ofEpochMilli(START_MS);
        Optional<Instant> from = back.isZero() ? Optional.empty() : Optional.of(to.minus(back));
        engine.account(new AccountQuestion(address, part, from, Optional.of(to)), rows);
        return rows;
    }

    private static long requests(Simulator venue, String type) {
        return venue.requests().stream()
                .filter(request -> request.type().equals(type))
                .count();
    }

    private long journaled(String type) {
        long count = 0;
        MarketEvent event = new MarketEvent(1 << 20);
        try (JournalReader reader = JournalReader.open(Daemon.journal(folder))) {
            while (reader.read(event)) {
                String head = new String(event.bytes(), 0, Math.min(80, event.length()), StandardCharsets.UTF_8);
                count += event.kind() == RecordKind.REST && head.startsWith("200 {\"type\":\"" + type + '"') ? 1 : 0;
            }
        }
        return count;
    }

    private EngineConfig config(Simulator venue, boolean allowed) {
        return Daemon.config(folder, venue.wsUrl(), venue.restUrl(), "rest.account-info=" + allowed);
    }
}
