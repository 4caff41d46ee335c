package dev.millrace;

import dev.millrace.config.EngineConfig;
import dev.millrace.discovery.Universe;
import dev.millrace.feed.FeedClient;
import dev.millrace.journal.JournalWriter;
import dev.millrace.market.CandleRead;
import dev.millrace.market.NanoClock;
import dev.millrace.market.UniverseDecision;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.rest.Priority;
import dev.millrace.rest.VenueInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Builds what asks the venue's REST interface while the daemon runs, all through the one client with the one budget. */
record VenueParts(EngineConfig config, FeedStart feedStart, NanoClock clock, Counters counters, ErrorLog errors) {

    /**
     * What is recorded, as it changes.
     *
     * @param last the decision that the recovered state holds
     */
    FeedMembership membership(FeedClient feed, OwnRecords records, UniverseDecision last) {
        VenueInfo venue = new VenueInfo(feedStart.venue(), Priority.START);
        return new FeedMembership(config.feed(), venue, feed, records, feedStart.plan(), last.members());
    }

    /**
     * Follows what the venue lists, and the universe where one is kept.
     *
     * @param last the decision that the recovered state holds
     */
    VenueWatch watch(FeedMembership membership, OwnRecords records, UniverseDecision last) {
        boolean followed = config.feed().coins().contains("universe");
        VenueAssets assets = new VenueAssets(new VenueInfo(feedStart.venue(), Priority.COLLECTION));
        Optional<Universe> universe = followed || config.universe().enabled()
                ? Optional.of(new Universe(config.universe(), assets, last))
                : Optional.empty();
        VenueWatch watch = new VenueWatch(
                universe, last, membership, records, config.instruments().pollInterval(), clock, errors);
        return watch.start(followed && !last.members().isEmpty());
    }

    /**
     * Collects history that the tables lack.
     *
     * @param coins what is recorded now
     */
    Collector collector(JournalWriter journal, StoreRole tables, Supplier<List<String>> coins) {
        StoredHistory stored = stored(journal, tables);
        VenueHistory history = new VenueHistory(feedStart.venue(), stored);
        return new Collector(config.collect(), history, stored, coins, clock, errors);
    }

    /**
     * Asks for the candles that our bars are compared with.
     *
     * @param coins what is recorded now
     */
    CandleReads candleReads(JournalWriter journal, StoreRole tables, Supplier<List<String>> coins) {
        return new CandleReads(
                config.quality().checkEvery(),
                new VenueInfo(feedStart.venue(), CandleReads.priority()),
                stored(journal, tables)::awaitAll,
                coins,
                clock,
                errors);
    }

    /** Asks for accounts when somebody asks for them. */
    Accounts accounts() {
        return new Accounts(config.rest().accountInfo(), feedStart.venue());
    }

    /** Asks for the candles that would fill gaps. */
    RepairReads repairReads(Supplier<List<CandleRead>> due) {
        return new RepairReads(due, new VenueInfo(feedStart.venue(), CandleReads.priority()), clock, errors).start();
    }

    private StoredHistory stored(JournalWriter journal, StoreRole tables) {
        return new StoredHistory(
                journal::lastSequence, () -> counters.value("store.sequence"), tables::reading, tables::standstill);
    }
}
