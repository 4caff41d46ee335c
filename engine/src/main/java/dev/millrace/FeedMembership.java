package dev.millrace;

import dev.millrace.codec.hyperliquid.SubscriptionText;
import dev.millrace.config.FeedConfig;
import dev.millrace.feed.FeedClient;
import dev.millrace.feed.SubscriptionPlan;
import dev.millrace.market.Instrument;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.Subscription;
import dev.millrace.rest.InfoException;
import dev.millrace.rest.VenueInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is subscribed in step with what the venue lists and the universe holds. Each change is a record before it is made.
 * A coin that is delisted is retired, also one that was named; what could not be read changes nothing. One thread.
 */
final class FeedMembership {

    private static final Logger LOG = LoggerFactory.getLogger(FeedMembership.class);

    private final FeedConfig config;
    private final VenueInfo venue;
    private final FeedClient feed;
    private final OwnRecords records;
    private final Set<Subscription> subscribed;
    private final Map<String, Instrument> listed = new HashMap<>();
    private volatile List<String> members;
    private volatile List<String> coins;
    private volatile List<String> texts;
    private boolean pending;

    /**
     * @param plan what the feed began with, before any member of the universe
     * @param members of the universe so far
     */
    FeedMembership(
            FeedConfig config,
            VenueInfo venue,
            FeedClient feed,
            OwnRecords records,
            FeedPlan plan,
            List<String> members) {
        this.config = config;
        this.venue = venue;
        this.feed = feed;
        this.records = records;
        this.members = members;
        subscribed = new LinkedHashSet<>(plan.subscriptions());
        plan.instruments().forEach(instrument -> listed.put(instrument.name(), instrument));
        tellSubscribed();
        coins = Stream.concat(plan.coins().stream(), followed(config, members))
                .distinct()
                .toList();
    }

    private static Stream<String> followed(FeedConfig config, List<String> members) {
        return config.coins().contains("universe") ? members.stream() : Stream.empty();
    }

    /** What is subscribed now, each as it is sent. Any thread. */
    List<String> subscriptions() {
        return texts;
    }

    /** Members of the universe that are recorded now. Any thread. */
    List<String> members() {
        return followed(config, members).toList();
    }

    private void tellSubscribed() {
        texts = subscribed.stream().map(SubscriptionText::text).toList();
    }

    /** Wire names of what is recorded now. Any thread. */
    List<String> coins() {
        return coins;
    }

    /** Whether something has changed that could not be followed. */
    boolean isPending() {
        return pending;
    }

    /** Reads what the venue lists, and follows it where it has changed, or in any case. */
    void poll(boolean inAnyCase) throws InfoException, InterruptedException {
        pending |= inAnyCase;
        pending |= read();
        if (pending) {
            apply();
            pending = false;
        }
    }

    /** The universe has new members. */
    void follow(List<String> newMembers) throws InfoException, InterruptedException {
        members = newMembers;
        poll(true);
    }

    /** Whether anything is described differently than before. */
    private boolean read() throws InfoException, InterruptedException {
        Map<String, Instrument> now = new HashMap<>();
        for (Instrument instrument : FeedPlan.read(venue, config.coins())) {
            now.put(instrument.name(), instrument);
        }
        requireNoListGone(now.values());
        listed.forEach((name, before) -> now.putIfAbsent(name, before.gone()));
        boolean changed =
                now.values().stream().anyMatch(instrument -> !instrument.isLike(listed.get(instrument.name())));
        listed.putAll(now);
        return changed;
    }

    /** A list that names nothing any more is a fault of the venue, not the end of all that it named. */
    private void requireNoListGone(Collection<Instrument> now) throws InfoException {
        Set<String> lists = now.stream().map(FeedMembership::list).collect(Collectors.toSet());
        for (Instrument before : listed.values()) {
            if (!before.delisted() && !lists.contains(list(before))) {
                throw InfoException.ofReply(
                        "the venue lists no " + list(before) + " at all, and did before: taken for a failure");
            }
        }
    }

    private static String list(Instrument instrument) {
        String dex =
                instrument.name().substring(0, Math.max(0, instrument.name().indexOf(':')));
        return instrument.spot() ? "spot pair" : ("perpetual " + dex).strip();
    }

    private void apply() {
        SubscriptionPlan plan;
        try {
            plan = SubscriptionPlan.of(config, List.copyOf(listed.values()), members);
        } catch (IllegalArgumentException e) {
            LOG.warn("what is subscribed stays as it is: {}", e.getMessage());
            return;
        }
        Set<Subscription> wanted = new LinkedHashSet<>(plan.subscriptions());
        wanted.removeIf(subscription -> isDelisted(subscription.coin()));
        List<Subscription> leaving = new ArrayList<>(subscribed);
        leaving.removeAll(wanted);
        List<Subscription> entering = new ArrayList<>(wanted);
        entering.removeAll(subscribed);
        if (!leaving.isEmpty() || !entering.isEmpty()) {
            change(entering, leaving);
        }
        coins = plan.coins().stream().filter(coin -> !isDelisted(coin)).toList();
    }

    private void change(List<Subscription> entering, List<Subscription> leaving) {
        String what = text(entering, leaving);
        records.tell(Lifecycle.MEMBERSHIP, what);
        LOG.info("subscriptions change: {}", what);
        feed.retire(leaving);
        leaving.forEach(subscribed::remove);
        feed.subscribe(entering);
        subscribed.addAll(entering);
        tellSubscribed();
    }

    private boolean isDelisted(String coin) {
        Instrument instrument = listed.get(coin);
        return instrument != null && instrument.delisted();
    }

    /** {@code +SOL 5, -MATIC 5}: coins with the number of their streams. */
    private static String text(List<Subscription> entering, List<Subscription> leaving) {
        List<String> words = new ArrayList<>();
        count(entering).forEach((coin, streams) -> words.add("+" + coin + " " + streams));
        count(leaving).forEach((coin, streams) -> words.add("-" + coin + " " + streams));
        return String.join(", ", words);
    }

    private static Map<String, Integer> count(List<Subscription> subscriptions) {
        Map<String, Integer> counts = new TreeMap<>();
        subscriptions.forEach(
                one -> counts.merge(one.coin().isEmpty() ? "mids:" + one.dex() : one.coin(), 1, Integer::sum));
        return counts;
    }
}
