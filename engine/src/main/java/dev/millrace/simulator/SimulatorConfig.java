package dev.millrace.simulator;

import dev.millrace.simulator.faults.Fault;
import dev.millrace.simulator.faults.FaultKind;
import java.time.Duration;
import java.util.Optional;

/**
 * What a local exchange serves and how.
 *
 * @param port on 127.0.0.1; 0 for any free one
 * @param tls whether it speaks TLS, with a certificate made at start
 * @param market what is simulated; with a recording only its coins are used, for names and metadata
 * @param pace of the simulated market
 * @param mix what streams at RATE or MAX pace are made of
 * @param duration the sockets are closed this long after the first stream began; empty for never
 * @param recording played instead of the simulated market
 * @param greeting whether each socket gets the plain-text first frame that some connections of the venue get
 * @param realTime whether exchange time follows this machine's clock; otherwise it begins with the first stream and
 *     advances by what is sent, so that equal models and subscriptions give equal bytes. At MAX pace always the latter
 * @param conduct towards its clients: limits and faults
 */
public record SimulatorConfig(
        int port,
        boolean tls,
        MarketModel market,
        Pace pace,
        Mix mix,
        Optional<Duration> duration,
        Optional<Recording> recording,
        boolean greeting,
        boolean realTime,
        Conduct conduct) {

    public SimulatorConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " must be 0 to 65535");
        }
        if (duration.isPresent()
                && (duration.get().isNegative() || duration.get().isZero())) {
            throw new IllegalArgumentException("duration " + duration.get() + " must be above 0");
        }
        if (pace.kind() != Pace.Kind.NATURAL || recording.isPresent()) {
            refuseMarketFaults(conduct);
        }
    }

    private static void refuseMarketFaults(Conduct conduct) {
        for (Fault fault : conduct.faults()) {
            if (fault.kind() == FaultKind.LIST || fault.kind() == FaultKind.DELIST) {
                throw new IllegalArgumentException("fault " + fault.kind().text()
                        + " needs the market's own pace; leave out the rate and the recording");
            }
        }
    }

    /** This market at its natural pace, in its own time, on any free port, without TLS, until closed. */
    public static SimulatorConfig of(MarketModel market) {
        return new SimulatorConfig(
                0,
                false,
                market,
                Pace.natural(),
                Mix.standard(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Conduct.good());
    }

    public SimulatorConfig withPort(int newPort) {
        return new SimulatorConfig(newPort, tls, market, pace, mix, duration, recording, greeting, realTime, conduct);
    }

    public SimulatorConfig withTls(boolean newTls) {
        return new SimulatorConfig(port, newTls, market, pace, mix, duration, recording, greeting, realTime, conduct);
    }

    public SimulatorConfig withPace(Pace newPace) {
        return new SimulatorConfig(port, tls, market, newPace, mix, duration, recording, greeting, realTime, conduct);
    }

    public SimulatorConfig withDuration(Duration newDuration) {
        return new SimulatorConfig(
                port, tls, market, pace, mix, Optional.of(newDuration), recording, greeting, realTime, conduct);
    }

    public SimulatorConfig withRecording(Recording newRecording) {
        return new SimulatorConfig(
                port, tls, market, pace, mix, duration, Optional.of(newRecording), greeting, realTime, conduct);
    }

    public SimulatorConfig withGreeting() {
        return new SimulatorConfig(port, tls, market, pace, mix, duration, recording, true, realTime, conduct);
    }

    /** Exchange time follows this machine's clock from now on. */
    public SimulatorConfig withRealTime() {
        return new SimulatorConfig(port, tls, market, pace, mix, duration, recording, greeting, true, conduct);
    }

    public SimulatorConfig withConduct(Conduct newConduct) {
        return new SimulatorConfig(port, tls, market, pace, mix, duration, recording, greeting, realTime, newConduct);
    }
}
