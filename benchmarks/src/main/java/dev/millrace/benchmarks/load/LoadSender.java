package dev.millrace.benchmarks.load;

import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * The sender, in a process of its own: an open loop. Message i is due at the start + i ÷ rate, whatever the client does;
 * what is due goes out in one write. Prints its ports, streams to the one client that connects, closes, and prints when
 * the first message was written and the close was answered.
 *
 * <p>Arguments: workload, {@code max} or messages a second, how many, how often the workload is played, and the folder for
 * the moments at which each message was due and was written, or {@code -}.
 */
final class LoadSender {

    private static final long SETTLE_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int WRITE_BYTES = 1 << 16;
    private static final long ANSWER_S = 120;

    static final String DUE = "due";
    static final String WRITTEN = "written";

    private final Workload workload;
    private final double perSecond;
    private final long spanMs;
    private final Stamps due;
    private final Stamps written;

    private LoadSender(Workload workload, double perSecond, int stamps) {
        this.workload = workload;
        this.perSecond = perSecond;
        spanMs = workload.spanMs();
        due = new Stamps(stamps);
        written = new Stamps(stamps);
    }

    public static void main(String[] args)
            throws IOException, ExecutionException, InterruptedException, TimeoutException {
        Workload workload = Workload.open(Path.of(args[0]));
        double perSecond = args[1].equals("max") ? Double.POSITIVE_INFINITY : Double.parseDouble(args[1]);
        int messages = Integer.parseInt(args[2]);
        int rounds = Integer.parseInt(args[3]);
        boolean stamped = !args[4].equals("-");
        LoadSender sender = new LoadSender(workload, perSecond, stamped ? messages : 0);
        sender.serve(messages, rounds);
        if (stamped) {
            sender.due.save(Path.of(args[4], DUE));
            sender.written.save(Path.of(args[4], WRITTEN));
        }
    }

    private void serve(int messages, int rounds)
            throws IOException, ExecutionException, InterruptedException, TimeoutException {
        // Its WebSocket is not used: it answers what the daemon asks over REST.
        try (Simulator rest = Simulator.start(SimulatorConfig.of(WorkloadWriter.model()))) {
            ServerSide client = accept(rest.port());
            awaitSubscriptions(client);
            long firstNs = System.nanoTime();
            for (int round = 0; round < rounds; round++) {
                play(client, messages, round);
            }
            client.write(WireFrames.of(WireFrames.CLOSE, new byte[] {3, (byte) 0xE8}));
            long answeredNs = client.closed().get(ANSWER_S, TimeUnit.SECONDS);
            System.out.println(firstNs + " " + answeredNs);
        }
    }

    /** The first client alone: one that comes back later finds nobody. */
    private static ServerSide accept(int restPort) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            System.out.println(server.socket().getLocalPort() + " " + restPort);
            return new ServerSide(server.accept());
        }
    }

    /** What a client asks for in one go starts together. */
    private static void awaitSubscriptions(ServerSide client) {
        while (client.subscriptions() == 0 || System.nanoTime() - client.lastSubscribedNs() < SETTLE_NS) {
            LockSupport.parkNanos(POLL_NS);
        }
    }

    private void play(ServerSide client, int messages, int round) throws IOException {
        long startNs = System.nanoTime();
        int sent = 0;
        while (sent < messages) {
            long nowNs = System.nanoTime();
            int ready = perSecond == Double.POSITIVE_INFINITY
                    ? messages
                    : (int) Math.min(messages, (nowNs - startNs) / 1e9 * perSecond + 1);
            if (ready == sent) {
                LockSupport.parkNanos(dueNs(startNs, sent) - nowNs);
            } else {
                int to = workload.upTo(sent, ready, WRITE_BYTES);
                prepare(sent, to, round, startNs);
                client.write(workload.wire(sent, to));
                sent = to;
            }
        }
    }

    private void prepare(int from, int to, int round, long startNs) {
        if (round > 0) {
            for (int i = from; i < to; i++) {
                workload.shift(i, spanMs);
            }
        }
        long nowNs = System.nanoTime();
        for (int i = from; i < to && written.capacity() > 0; i++) {
            due.add(dueNs(startNs, i));
            written.add(nowNs);
        }
    }

    private long dueNs(long startNs, int message) {
        return startNs + (long) (message / perSecond * 1e9);
    }
}
