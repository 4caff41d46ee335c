package dev.millrace.feed;

import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;

/** The feed's counters; written by the event loop alone. */
final class FeedCounters {

    final Counter frames;
    final Counter bytes;
    final Counter connects;
    final Counter reconnects;
    final Counter lost;
    final Counter pings;
    final Counter acks;
    final Counter ackTimeouts;
    final Counter unmatchedAcks;
    final Counter venueErrors;
    final Counter ringFull;
    final Counter ringFullNs;

    final Counter budgetWaits;
    final Counter replacements;
    final Counter resubscribed;
    final Counter trials;
    final Counter quarantines;
    final Counter quarantined;
    final Counter connections;
    final Counter redundant;

    FeedCounters(Counters counters) {
        frames = counters.counter("feed.frames", "messages handed to the engine");
        bytes = counters.counter("feed.bytes", "payload bytes of these messages");
        connects = counters.counter("feed.connects", "WebSocket handshakes done");
        reconnects = counters.counter("feed.reconnects", "connection attempts after the first");
        lost = counters.counter("feed.lost", "connections lost, failed attempts included");
        pings = counters.counter("feed.pings", "JSON pings sent");
        acks = counters.counter("feed.acks", "subscriptions acknowledged");
        ackTimeouts = counters.counter("feed.ack-timeouts", "acknowledgements that did not come in time");
        unmatchedAcks = counters.counter("feed.acks-unmatched", "acknowledgements of something not asked for");
        venueErrors = counters.counter("feed.venue-errors", "error messages of the venue");
        ringFull = counters.counter("feed.ring-full", "times the socket was not read because the ring was full");
        budgetWaits = counters.counter("feed.budget-waits", "times something waited for the venue's limits");
        replacements = counters.counter("feed.replacements", "connections replaced without a break");
        resubscribed = counters.counter("feed.resubscribed", "subscriptions ended and asked for again");
        trials = counters.counter("feed.trials", "connections opened to find what closes a socket");
        quarantines = counters.counter("feed.quarantines", "times a subscription was found to close sockets");
        quarantined = counters.gauge("feed.quarantined", "Subscriptions left alone because they close sockets");
        connections = counters.gauge("feed.connections", "Connections that are open");
        redundant = counters.gauge("feed.redundant", "Subscriptions that are asked for on a second connection");
        ringFullNs = counters.counter("feed.ring-full-ns", "nanoseconds the socket was not read for that reason");
    }
}
