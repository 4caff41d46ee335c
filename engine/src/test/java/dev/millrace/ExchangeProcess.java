package dev.millrace;

import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.Pace;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** The local exchange at full speed in a process of its own, so that what is measured here is the daemon's alone. */
final class ExchangeProcess implements AutoCloseable {

    private final Process process;
    private final URI ws;
    private final URI rest;

    private ExchangeProcess(Process process, URI ws, URI rest) {
        this.process = process;
        this.ws = ws;
        this.rest = rest;
    }

    static ExchangeProcess start(long seed, long startMs) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + Path.of(System.getProperty("millrace.root"), "config", "jvm.options"),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExchangeProcess.class.getName(),
                        Long.toString(seed),
                        Long.toString(startMs))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader();
        String ws = out.readLine();
        String rest = out.readLine();
        if (rest == null) {
            process.destroyForcibly();
            throw new IOException("the exchange's process ended before it listened");
        }
        return new ExchangeProcess(process, URI.create(ws), URI.create(rest));
    }

    URI wsUrl() {
        return ws;
    }

    URI restUrl() {
        return rest;
    }

    /** Its standard input ends, and so does it; at the latest with this process. */
    @Override
    public void close() throws IOException {
        process.outputWriter().close();
        process.onExit().join();
    }

    public static void main(String[] args) throws IOException {
        MarketModel market = MarketModel.of(Long.parseLong(args[0]), Long.parseLong(args[1]));
        try (Simulator exchange = Simulator.start(SimulatorConfig.of(market).withPace(Pace.max()))) {
            System.out.println(exchange.wsUrl());
            System.out.println(exchange.restUrl());
            while (System.in.read() >= 0) {
                // nothing is said; only the end counts
            }
        }
    }
}
