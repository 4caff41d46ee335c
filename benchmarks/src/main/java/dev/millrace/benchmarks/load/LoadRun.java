package dev.millrace.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One measured run: a sender and a client, each a new process.
 *
 * @param workload its file
 * @param messages of it, from the first
 * @param rounds it is played
 * @param rate {@code max} or messages a second
 * @param folder where the run's own folder is made, and removed
 */
record LoadRun(Path workload, int messages, int rounds, String rate, Path folder) {

    /**
     * What a run showed.
     *
     * @param seconds from the first message written to the later of the answered close and the last callback
     * @param cpuNs of the client's process
     * @param bars closed by the client
     * @param cpu of the client's threads, start of the process included; empty for a bare client
     * @param latencies of callbacks, where they were asked for
     */
    record Result(long messages, double seconds, long cpuNs, int bars, CpuByThread cpu, Optional<Latencies> latencies) {

        double perSecond() {
            return messages / seconds;
        }

        double cpuUs() {
            return cpuNs / 1e3 / messages;
        }
    }

    LoadRun {
        if (!rate.equals("max") && rounds != 1) {
            throw new IllegalArgumentException("at a rate the workload is played once, not " + rounds + " times");
        }
    }

    Result of(Client client) throws IOException, InterruptedException {
        return of(client, List.of());
    }

    /** @param flags of the client's JVM besides, for a recording */
    Result of(Client client, List<String> flags) throws IOException, InterruptedException {
        Path own = Files.createTempDirectory(folder, "run-");
        try {
            return run(client, flags, own);
        } finally {
            delete(own);
        }
    }

    private Result run(Client client, List<String> flags, Path own) throws IOException, InterruptedException {
        boolean stamped = !rate.equals("max") && client.hasCallbacks();
        Workload content = Workload.open(workload);
        List<String> what = List.of(
                workload.toString(),
                rate,
                Integer.toString(messages),
                Integer.toString(rounds),
                stamped ? own.toString() : "-");
        try (ChildJvm sender = ChildJvm.start(LoadSender.class, what, List.of())) {
            String[] ports = sender.line().split(" ", -1);
            ClientArguments arguments = new ClientArguments(
                    Integer.parseInt(ports[0]),
                    Integer.parseInt(ports[1]),
                    own,
                    content.tradesIn(messages) * rounds,
                    content.booksIn(messages) * rounds,
                    stamped,
                    client.extra());
            try (ChildJvm receiver = ChildJvm.start(client.main, arguments.words(), flags)) {
                return finish(client, sender, receiver, content, stamped ? Optional.of(own) : Optional.empty());
            }
        }
    }

    private Result finish(Client client, ChildJvm sender, ChildJvm receiver, Workload content, Optional<Path> stamps)
            throws IOException, InterruptedException {
        String[] sent = sender.line().split(" ", -1);
        long firstNs = Long.parseLong(sent[0]);
        long answeredNs = Long.parseLong(sent[1]);
        CpuByThread cpu = new CpuByThread(Map.of());
        if (client.hasCallbacks()) {
            cpu = CpuByThread.of(receiver.pid());
            receiver.say("stop\n");
        }
        Outcome outcome = Outcome.parse(receiver.line());
        receiver.join();
        sender.join();
        Optional<Latencies> latencies = Optional.empty();
        if (stamps.isPresent()) {
            latencies = Optional.of(Latencies.of(content, messages, stamps.get()));
        }
        double seconds = (Math.max(answeredNs, outcome.lastNs()) - firstNs) / 1e9;
        return new Result((long) messages * rounds, seconds, outcome.cpuNs(), outcome.bars(), cpu, latencies);
    }

    static void delete(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.sorted(Comparator.reverseOrder()).forEach(all::add);
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
