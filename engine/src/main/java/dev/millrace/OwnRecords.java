package dev.millrace;

import dev.millrace.market.EventSink;
import dev.millrace.market.IntakeSwitch;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.NanoClock;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.pipeline.Pipeline;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What the engine itself puts into the journal, waiting for room where there is none. Any thread but the handlers'. */
final class OwnRecords implements IntakeSwitch {

    private static final long SOURCE = Source.of(Source.ENGINE, 0, 0);
    private static final long CLAIM_PAUSE_NS = 1_000_000L;

    private final Pipeline pipeline;
    private final NanoClock clock;
    private final BooleanSupplier tooLate;

    /** @param tooLate whether to wait no longer */
    OwnRecords(Pipeline pipeline, NanoClock clock, BooleanSupplier tooLate) {
        this.pipeline = pipeline;
        this.clock = clock;
        this.tooLate = tooLate;
    }

    /** The header of this session. */
    void session(byte[] header, long receiveNs) {
        publish(RecordKind.SESSION, SOURCE, receiveNs, header, header.length);
    }

    /** Connections that a killed session left open. */
    void lost(long... connections) {
        for (long connection : connections) {
            byte[] lost = Lifecycle.LOST.payload("with its session, which was killed");
            publish(RecordKind.LIFECYCLE, connection, clock.nowNs(), lost, lost.length);
        }
    }

    /** False when the pipeline failed or it was too late. */
    boolean tell(Lifecycle what, String detail) {
        byte[] payload = what.payload(detail);
        return publish(RecordKind.LIFECYCLE, SOURCE, clock.nowNs(), payload, payload.length);
    }

    /** A decision about the universe. */
    void universe(byte[] decision) {
        publish(RecordKind.UNIVERSE, SOURCE, clock.nowNs(), decision, decision.length);
    }

    /** A record that was kept until there was a journal; false when the pipeline failed or it was too late. */
    boolean publish(MarketEvent kept) {
        return publish(kept.kind(), kept.source(), kept.receiveNs(), kept.bytes(), kept.length());
    }

    /** The record of a stop is the last that enters, that of the resumption the first. */
    @Override
    public void stop(String why) {
        pipeline.stopIntake();
        tell(Lifecycle.INTAKE_STOPPED, why);
    }

    @Override
    public void resume(String why) {
        tell(Lifecycle.INTAKE_RESUMED, why);
        pipeline.resumeIntake();
    }

    private boolean publish(RecordKind kind, long source, long receiveNs, byte[] payload, int length) {
        EventSink sink = pipeline.ownRecords();
        MarketEvent event = sink.tryClaim(length);
        while (event == null && !pipeline.failure().isDone() && !tooLate.getAsBoolean()) {
            LockSupport.parkNanos(CLAIM_PAUSE_NS);
            event = sink.tryClaim(length);
        }
        if (event != null) {
            System.arraycopy(payload, 0, event.bytes(), 0, length);
            event.set(kind, source, receiveNs, length);
            sink.publish(event);
        }
        return event != null;
    }
}
