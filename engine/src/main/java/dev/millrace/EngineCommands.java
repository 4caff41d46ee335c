package dev.millrace;

import dev.millrace.config.Role;
import dev.millrace.control.ControlCommand;
import dev.millrace.handover.Predecessor;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What the command line may ask of the daemon; see {@code doc/formats/control.md}. It may ask before all parts have started. */
record EngineCommands(
        Supplier<Optional<Status>> status,
        Supplier<Optional<StoreRole>> store,
        Supplier<Optional<Collector>> collector,
        Supplier<Optional<CandleReads>> candleReads,
        Supplier<Optional<Accounts>> accounts) {

    Map<String, ControlCommand> all(Collection<Role> roles, Predecessor predecessor, SentimentStart sentiment) {
        Map<String, ControlCommand> commands = new HashMap<>(predecessor.commands());
        commands.putAll(TableCommands.of(roles, store));
        commands.put("sentiment", sentiment.command());
        commands.put(
                "status",
                (request, reply) -> reply.send(status.get()
                        .orElseThrow(() -> new IllegalStateException("the daemon is still starting"))
                        .now()));
        commands.put(
                "account",
                (request, reply) -> accounts.get()
                        .orElseThrow(() -> new IllegalStateException("the daemon is still starting"))
                        .command()
                        .answer(request, reply));
        commands.put(
                "collect",
                (request, reply) -> orWords(collector.get().map(Collector::command), "collect needs")
                        .answer(request, reply));
        commands.put(
                "candles",
                (request, reply) -> orWords(candleReads.get().map(CandleReads::command), "candles need")
                        .answer(request, reply));
        return Map.copyOf(commands);
    }

    private static ControlCommand orWords(Optional<ControlCommand> started, String what) {
        return started.orElse((request, reply) -> reply.send(Map.of(
                "failed", "this daemon is still starting, or has no tables: " + what + " roles = [capture, store]")));
    }
}
