package dev.millrace.handover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.config.Role;
import dev.millrace.control.ControlReply;
import dev.millrace.feed.FeedStatus;
import dev.millrace.feed.FeedStatus.State;
import dev.millrace.feed.LaneStatus;
import dev.millrace.feed.VenueLimits;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two daemons at one address share the venue's limits. */
class OccupancyTest {

    private static final VenueLimits OWN = VenueLimits.HYPERLIQUID.percent(90);

    @Test
    void shouldLeaveWhatTheOtherDoesNotTake() {
        assertEquals(new VenueLimits(7, 27, 600, 1_800), new Occupancy(3, 400).leaves(OWN, 600));
        assertEquals(OWN, new Occupancy(1, 4).leaves(OWN, 4), "no more than it takes alone");
    }

    @Test
    void shouldRefuseInWordsWhatDoesNotFit() {
        assertEquals(
                "713 subscriptions do not fit beside the 713 of the running daemon: the venue allows one address 1000,"
                        + " feed.budget-percent 900; stop it and use millrace run",
                assertThrows(HandoverException.class, () -> new Occupancy(4, 713).leaves(OWN, 713))
                        .getMessage());
    }

    @Test
    void shouldBeToldAsItIsNow() throws Exception {
        Predecessor running = new Predecessor();
        running.ready(
                () -> new Predecessor.Facts(
                        "1", 1, "mainnet", Path.of("journal"), List.of(), List.of(), List.of(), Set.of(Role.CAPTURE)),
                CompletableFuture::new,
                () -> status(lane(1, 300), lane(2, 75)),
                time -> {});
        Map<String, Object> told = new HashMap<>();
        ControlReply reply = told::putAll;
        running.commands().get("handover").answer(Map.of("pid", 7L), reply);
        assertEquals(2, told.get("connections"));
        assertEquals(375, told.get("held"));
    }

    private static LaneStatus lane(int number, int asked) {
        return new LaneStatus(number, State.CONNECTED, number, asked, asked, "", "", false, false);
    }

    private static FeedStatus status(LaneStatus... lanes) {
        return new FeedStatus(State.CONNECTED, 2, 0, 0, "", "", 300, 300, List.of(), List.of(), List.of(lanes));
    }
}
