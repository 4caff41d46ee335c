package dev.millrace.handover;

import dev.millrace.feed.VenueLimits;

/**
 * What the running daemon takes of the venue's limits, which are one for both: its connections and all that is held on them,
 * twice where it comes twice.
 */
public record Occupancy(int connections, int subscriptions) {

    /**
     * What a successor may take until the other is gone.
     *
     * @param own what it may take alone
     * @param asked how many subscriptions it needs
     * @throws HandoverException when they do not fit, saying what to do instead
     */
    public VenueLimits leaves(VenueLimits own, int asked) {
        VenueLimits left =
                VenueLimits.HYPERLIQUID.beside(connections, subscriptions).within(own);
        if (asked > left.subscriptions()) {
            throw new HandoverException(asked + " subscriptions do not fit beside the " + subscriptions
                    + " of the running daemon: the venue allows one address "
                    + VenueLimits.HYPERLIQUID.subscriptions() + ", feed.budget-percent " + own.subscriptions()
                    + "; stop it and use millrace run");
        }
        return left;
    }
}
