package dev.millrace.tools;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The universe: which coins are worth recording, and why. */
@Command(
        name = "universe",
        description = {
            "Shows the members of the universe by rank, as they were decided last, with their scores. "
                    + "The daemon decides once a day where universe.enabled or feed.coins = universe.",
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace universe",
            "  millrace universe --all --format csv",
            "  millrace universe --at 2026-11-20 --explain SOL",
        })
final class UniverseCommand implements Callable<Integer> {

    private static final String SCORES = "rank, symbol, round(composite, 3) AS score, round(liquidity, 3) AS liquidity,"
            + " round(volatility, 3) AS volatility, round(volume_usd) AS volume_usd,"
            + " round(open_interest_usd) AS open_interest_usd, round(spread_bp, 2) AS spread_bp,"
            + " round(depth_usd) AS depth_usd, reason";

    @Mixin
    private TableOptions options;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "As it was known then: 2026-11-23, 2026-11-23T10:30, UTC unless a zone is given.")
    private Instant at;

    @Option(names = "--explain", paramLabel = "COIN", description = "All that was decided about one coin, and by what.")
    private String coin;

    @Option(names = "--all", description = "Every coin that was looked at, not the members alone.")
    private boolean all;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Counted counted = new Counted();
        options.answer((tables, sink) -> tables.query(sql(), options.limits(), counted.into(sink)));
        if (counted.rows() == 0) {
            spec.commandLine().getErr().println(nothing());
        }
        return ExitCode.DONE;
    }

    private String nothing() {
        String when = at == null ? "" : " at " + at;
        return coin == null
                ? "no members" + when + "; millrace universe --all shows what was decided, if anything was: the daemon"
                        + " decides once a day, and a coin enters at its second decision"
                : "no decision" + when + " knows " + coin;
    }

    private String sql() {
        String decision =
                "universe_as_of(" + (at == null ? "'infinity'::TIMESTAMPTZ" : "'" + at + "'::TIMESTAMPTZ") + ")";
        if (coin != null) {
            return explanation(decision);
        }
        return "SELECT " + SCORES + " FROM " + decision + (all ? "" : " WHERE member")
                + " ORDER BY rank NULLS LAST, symbol";
    }

    /** What was measured, a line each; then each reason, which a table would cut. */
    private String explanation(String decision) {
        String row = "(FROM " + decision + " WHERE symbol = '" + coin.replace("'", "''") + "')";
        return "SELECT what, value FROM (SELECT 0 AS place, what, value FROM"
                + " (SELECT CAST(COLUMNS(* EXCLUDE (reason, note, received_ns, journal_seq)) AS VARCHAR) FROM " + row
                + ") UNPIVOT INCLUDE NULLS (value FOR what IN (*))"
                + " UNION ALL SELECT 1, 'reason', unnest(string_split(reason, '; ')) FROM " + row
                + " UNION ALL SELECT 2, 'decision', unnest(string_split(note, ', ')) FROM " + row
                + ") ORDER BY place";
    }
}
