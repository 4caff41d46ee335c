package dev.millrace.journal;

import com.dslplatform.json.BoolConverter;
import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonWriter;
import com.dslplatform.json.NumberConverter;
import dev.millrace.market.Gap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The payload of a {@link dev.millrace.market.RecordKind#GAP} record: one JSON object with exactly the keys
 * {@code symbol, stream, from_ms, to_ms, cause, evidence, repaired}, and {@code missing}, a list of {@code [from_ms, to_ms]},
 * where the exchange was asked for it and not all was filled. Any thread; allocates, gaps are rare.
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

    /** The members, without the braces around them. */
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
        if (!gap.missing().isEmpty()) {
            json.writeAscii(",\"missing\":");
            writeParts(gap.missing(), json);
        }
    }

    private static void writeParts(List<Gap.Part> parts, JsonWriter json) {
        byte before = JsonWriter.ARRAY_START;
        for (Gap.Part part : parts) {
            json.writeByte(before);
            json.writeByte(JsonWriter.ARRAY_START);
            NumberConverter.serialize(part.fromMs(), json);
            json.writeByte(JsonWriter.COMMA);
            NumberConverter.serialize(part.toMs(), json);
            json.writeByte(JsonWriter.ARRAY_END);
            before = JsonWriter.COMMA;
        }
        json.writeByte(JsonWriter.ARRAY_END);
    }

    /**
     * The gap of these bytes.
     *
     * @throws JournalException when they are not such an object
     */
    public static Gap decode(byte[] payload, int length) {
        try {
            Map<?, ?> members = JSON.deserialize(Map.class, payload, length);
            boolean isPart = members != null && members.containsKey("missing");
            if (members == null || members.size() != (isPart ? 8 : 7)) {
                throw new JournalException(
                        "a gap record must be an object of seven members, and missing, this is " + members);
            }
            return new Gap(
                    member(members, "symbol", String.class),
                    member(members, "stream", String.class),
                    member(members, "from_ms", Long.class),
                    member(members, "to_ms", Long.class),
                    member(members, "cause", String.class),
                    evidence(member(members, "evidence", String.class)),
                    member(members, "repaired", Boolean.class),
                    isPart ? parts(member(members, "missing", List.class)) : List.of());
        } catch (IOException e) {
            throw new JournalException("a gap record must be a JSON object: " + e.getMessage(), e);
        }
    }

    private static List<Gap.Part> parts(List<?> pairs) {
        List<Gap.Part> parts = new ArrayList<>();
        for (Object pair : pairs) {
            if (!(pair instanceof List<?> ends)
                    || ends.size() != 2
                    || !(ends.get(0) instanceof Long fromMs)
                    || !(ends.get(1) instanceof Long toMs)) {
                throw new JournalException("gap record: 'missing' must be a list of [from_ms, to_ms], not " + pairs);
            }
            parts.add(new Gap.Part(fromMs, toMs));
        }
        return parts;
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
        throw new JournalException("gap record: 'evidence' must be proven, unproven or disproven, not " + label);
    }
}
