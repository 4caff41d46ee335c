package dev.millrace.codec.hyperliquid;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A JSON value as Jackson reads it, number texts and repeated keys kept: what the decoder is compared with. */
sealed interface Json {

    record Obj(List<Member> members) implements Json {
        /** The value of a key that stands exactly once; null otherwise. */
        Json get(String name) {
            List<Json> found = all(name);
            return found.size() == 1 ? found.get(0) : null;
        }

        List<Json> all(String name) {
            return members.stream()
                    .filter(member -> member.name.equals(name))
                    .map(Member::value)
                    .toList();
        }
    }

    record Member(String name, Json value) {}

    record Arr(List<Json> elements) implements Json {}

    record Str(String text) implements Json {}

    record Num(String text) implements Json {}

    record Bool(boolean value) implements Json {}

    record Null() implements Json {}

    JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(FrameReader.MAX_DEPTH)
                    .build())
            .build();

    /**
     * Reads one value and nothing behind it.
     *
     * @throws IOException when Jackson says that this is not JSON in UTF-8
     */
    static Json parse(byte[] bytes, int length) throws IOException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes, 0, length))
                .toString();
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new IOException("empty");
            }
            Json value = value(parser);
            if (parser.nextToken() != null) {
                throw new IOException("something follows the value");
            }
            return value;
        }
    }

    static Json parse(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return parse(bytes, bytes.length);
    }

    private static Json value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new Str(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Num(parser.getText());
            case VALUE_TRUE -> new Bool(true);
            case VALUE_FALSE -> new Bool(false);
            case VALUE_NULL -> new Null();
            default -> throw new IOException("unexpected " + parser.currentToken());
        };
    }

    private static Json object(JsonParser parser) throws IOException {
        List<Member> members = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.add(new Member(name, value(parser)));
        }
        return new Obj(members);
    }

    private static Json array(JsonParser parser) throws IOException {
        List<Json> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == null) {
                throw new IOException("the array has no end");
            }
            elements.add(value(parser));
        }
        return new Arr(elements);
    }
}
