package dev.millrace.discovery;

import dev.millrace.config.MembershipConfig;
import dev.millrace.market.Standing;

/**
 * Membership that does not flap: a coin enters at rank N or better in so many decisions running, and leaves beyond a
 * multiple of N in so many running, or after failing a gate in so many running. A delisting ends it at once.
 */
final class Hysteresis {

    private final MembershipConfig members;

    Hysteresis(MembershipConfig members) {
        this.members = members;
    }

    /** Of a coin that passed its gates; a rank of 0, one that moves as another does, is beyond any. */
    Standing afterRank(Standing before, int rank) {
        boolean ranked = rank > 0;
        int entering = ranked && rank <= members.size() ? before.entering() + 1 : 0;
        boolean beyond = !ranked || rank > members.leaveRank() * members.size();
        int leaving = beyond ? before.leaving() + 1 : 0;
        boolean member = before.member() ? leaving < members.leaveAfter() : entering >= members.enterAfter();
        return new Standing(member, entering, leaving, 0);
    }

    /** Of a coin that failed a gate: it has no rank, so it is beyond any too. */
    Standing afterFailure(Standing before) {
        int failing = before.failing() + 1;
        int leaving = before.leaving() + 1;
        boolean member = before.member() && failing < members.failAfter() && leaving < members.leaveAfter();
        return new Standing(member, 0, leaving, failing);
    }

    /** Of a coin that was delisted. */
    Standing afterDelisting() {
        return Standing.OUTSIDE;
    }
}
