package dev.millrace.journal;

import com.dslplatform.json.BoolConverter;
import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonWriter;
import com.dslplatform.json.NumberConverter;
import dev.millrace.market.Gap;
import java.io.IOException;
import java.util.Map;

/**
 * The payload of a {@link dev.millrace.market.RecordKind#GAP} record: one JSON object with exactly the keys
 * {@code symbol, stream, from_ms, to_ms, cause, evidence, repaired}. Any thread; allocates, gaps are rare.
 */
public final class GapRecord {

    private static final DslJson<Object> JSON = new DslJson<>();

    private GapRecord() {}

    /** The bytes of a gap. */
    public static byte[] encode(Gap gap) {
        JsonWriter json = JSON.newWriter();
        json.writeByte(JsonWriter.OBJECT_START);
        writeMembers(gap, json);
        json.writeByte(JsonWriter.OBJECT_END);
        return json.toByteArray();
    }

    /** The seven members, without the braces around them. */
    static void writeMembers(Gap gap, JsonWriter json) {
        json.writeAscii("\"symbol\":");
        json.writeString(gap.symbol());
        json.writeAscii(",\"stream\":");
        json.writeString(gap.stream());
        json.writeAscii(",\"from_ms\":");
        NumberConverter.serialize(gap.fromMs(), json);
        json.writeAscii(",\"to_ms\":");
        NumberConverter.serialize(gap.toMs(), json);
        json.writeAscii(",\"cause\":");
        json.writeString(gap.cause());
        json.writeAscii(",\"evidence\":");
        json.writeString(gap.evidence().label());
        json.writeAscii(",\"repaired\":");
        BoolConverter.serialize(gap.repaired(), json);
    }

    /**
     * The gap of these bytes.
     *
     * @throws JournalException when they are not such an object
     */
    public static Gap decode(byte[] payload, int length) {
        try {
            Map<?, ?> members = JSON.deserialize(Map.class, payload, length);
            if (members == null || members.size() != 7) {
                throw new JournalException("a gap record must be an object of seven members, this is " + members);
            }
            return new Gap(
                    member(members, "symbol", String.class),
                    member(members, "stream", String.class),
                    member(members, "from_ms", Long.class),
                    member(members, "to_ms", Long.class),
                    member(members, "cause", String.class),
                    evidence(member(members, "evidence", String.class)),
                    member(members, "repaired", Boolean.class));
        } catch (IOException e) {
            throw new JournalException("a gap record must be a JSON object: " + e.getMessage(), e);
        }
    }

    private static <T> T member(Map<?, ?> members, String key, Class<T> type) {
        Object value = members.get(key);
        if (!type.isInstance(value)) {
            throw new JournalException(
                    "gap record: '" + key + "' must be a " + type.getSimpleName() + ", not " + value);
        }
        return type.cast(value);
    }

    private static Gap.Evidence evidence(String label) {
        for (Gap.Evidence evidence : Gap.Evidence.values()) {
            if (evidence.label().equals(label)) {
                return evidence;
            }
        }
        throw new JournalException("gap record: 'evidence' must be proven or unproven, not " + label);
    }
}
