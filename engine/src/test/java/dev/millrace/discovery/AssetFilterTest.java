package dev.millrace.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.MembershipConfig;
import dev.millrace.market.AssetVerdict;
import dev.millrace.market.Standing;
import dev.millrace.market.UniverseDecision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AssetFilterTest {

    private static final long DAY_MS = 86_400_000;
    private static final long TEN_PAST_MS = 600_000;
    private static final long START = 20_000;
    private static final int COINS = 40;

    private final AssetFilter filter = new AssetFilter(Samples.config(new MembershipConfig(10, .7, .95, 2, 1.2, 3, 2)));

    @Test
    void shouldLetGoodCoinsEnterAtTheSecondDecision() {
        UniverseDecision first = filter.decide(UniverseDecision.NONE, day(0, 7), at(0));
        assertEquals(List.of(), first.members());
        assertEquals("40 of 40 coins eligible, 0 members", first.note());
        assertEquals(
                "rank 1: enters after 2 such decisions running, this is number 1",
                first.verdicts().get(0).reason());
        UniverseDecision second = filter.decide(first, day(1, 7), at(1));
        Set<String> both = top(first);
        both.retainAll(top(second));
        assertEquals(both, new HashSet<>(second.members()));
        assertTrue(both.size() > 5, both.toString());
        assertEquals("rank 1: enters", second.verdicts().get(0).reason());
    }

    /** Noise of a third in volume, depth and spread each day moves coins at the edge up and down the ranks. */
    @Test
    void shouldNotFlapOverAMonth() {
        long seed = 11;
        UniverseDecision decision = UniverseDecision.NONE;
        Set<String> members = new HashSet<>();
        int changes = 0;
        int rankChanges = 0;
        Set<String> top = new HashSet<>();
        for (int day = 0; day < 30; day++) {
            decision = filter.decide(decision, day(day, seed), at(day));
            Set<String> now = new HashSet<>(decision.members());
            changes += day < 2 ? 0 : differences(members, now);
            members = now;
            Set<String> nowTop = top(decision);
            rankChanges += day < 2 ? 0 : differences(top, nowTop);
            top = nowTop;
        }
        assertTrue(rankChanges > 30, "the ranks hardly move, which proves nothing: " + rankChanges + ", seed " + seed);
        assertTrue(changes * 5 < rankChanges, changes + " changes of " + rankChanges + ", seed " + seed);
        assertTrue(members.size() >= 10 && members.size() <= 14, members.toString());
    }

    @Test
    void shouldExplainThatNoCoinIsEligible() {
        List<AssetInputs> thin = day(0, 1).stream()
                .map(asset -> new AssetInputs(asset.instrument(), 5e5, asset.candles(), asset.books()))
                .toList();
        UniverseDecision decision = filter.decide(UniverseDecision.NONE, thin, at(0));
        assertEquals(List.of(), decision.members());
        assertEquals("0 of 40 coins eligible, 0 members; most often: open interest … USD (40 coins)", decision.note());
        assertEquals(
                "open interest 500,000 USD, needs more than 1,000,000 USD",
                decision.verdicts().get(0).reason());
    }

    @Test
    void shouldChangeNothingWithoutAReply() {
        UniverseDecision before = settled();
        UniverseDecision after = filter.decide(before, List.of(), at(2));
        assertEquals(before.verdicts(), after.verdicts());
        assertEquals("nothing was read of the venue: nothing changes", after.note());
    }

    @Test
    void shouldKeepTheStandingOfACoinThatWasNotRead() {
        UniverseDecision before = settled();
        String unread = before.members().get(0);
        List<AssetInputs> others = day(2, 7).stream()
                .filter(asset -> !asset.instrument().name().equals(unread))
                .toList();
        AssetVerdict verdict = verdict(filter.decide(before, others, at(2)), unread);
        assertEquals(verdict(before, unread).standing(), verdict.standing());
        assertEquals("not read: unchanged", verdict.reason());
    }

    @Test
    void shouldRemoveADelistedCoinAtOnceAndThenForgetIt() {
        UniverseDecision before = settled();
        String gone = before.members().get(0);
        UniverseDecision after = filter.decide(before, delist(day(2, 7), gone), at(2));
        assertEquals(Standing.OUTSIDE, verdict(after, gone).standing());
        assertEquals("delisted: leaves", verdict(after, gone).reason());
        List<AssetInputs> others = day(3, 7).stream()
                .filter(asset -> !asset.instrument().name().equals(gone))
                .toList();
        UniverseDecision later = filter.decide(after, others, at(3));
        assertTrue(
                later.verdicts().stream().noneMatch(verdict -> verdict.symbol().equals(gone)));
    }

    private UniverseDecision settled() {
        return filter.decide(filter.decide(UniverseDecision.NONE, day(0, 7), at(0)), day(1, 7), at(1));
    }

    private static List<AssetInputs> delist(List<AssetInputs> assets, String name) {
        List<AssetInputs> after = new ArrayList<>();
        for (AssetInputs asset : assets) {
            boolean gone = asset.instrument().name().equals(name);
            after.add(
                    gone ? new AssetInputs(asset.instrument().gone(), Double.NaN, asset.candles(), List.of()) : asset);
        }
        return after;
    }

    /** Coins of falling volume whose figures are disturbed anew each day; their returns are noise and last. */
    private static List<AssetInputs> day(int day, long seed) {
        Random noise = new Random(seed * 1_000 + day);
        List<AssetInputs> assets = new ArrayList<>();
        for (int coin = 0; coin < COINS; coin++) {
            double volume = 4e8 * Math.pow(.9, coin);
            Random past = new Random(coin);
            double[] returns = past.doubles(60, -.07, .07).toArray();
            double[] month = Arrays.copyOfRange(returns, day, day + 30);
            assets.add(new AssetInputs(
                    Samples.perp("C" + coin),
                    volume * disturbed(noise),
                    Samples.candles(START + day, volume * disturbed(noise), month),
                    Samples.books(at(day), 2 * disturbed(noise), volume / 500 * disturbed(noise))));
        }
        return assets;
    }

    private static double disturbed(Random noise) {
        return Math.exp(.3 * noise.nextGaussian());
    }

    private static long at(int day) {
        return (START + day) * DAY_MS + TEN_PAST_MS;
    }

    private static Set<String> top(UniverseDecision decision) {
        Set<String> names = new HashSet<>();
        decision.verdicts().stream().filter(v -> v.rank() > 0 && v.rank() <= 10).forEach(v -> names.add(v.symbol()));
        return names;
    }

    private static int differences(Set<String> one, Set<String> other) {
        Set<String> all = new HashSet<>(one);
        all.addAll(other);
        return (int) all.stream()
                .filter(name -> one.contains(name) != other.contains(name))
                .count();
    }

    private static AssetVerdict verdict(UniverseDecision decision, String name) {
        return decision.verdicts().stream()
                .filter(verdict -> verdict.symbol().equals(name))
                .findAny()
                .orElseThrow();
    }
}
