package dev.millrace.codec.hyperliquid;

import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonReader;
import java.io.IOException;

/**
 * Strict JSON tokens of one frame, over dsl-json and the reused bytes.
 *
 * <p>One rule holds everywhere: before a value {@link #token()} is its first byte; whoever reads or skips the value leaves
 * {@link #token()} at the byte after it. dsl-json's own walk takes more for white space than JSON does, skips numbers and
 * strings without looking into them, recurses without a limit and seeks the end of a string up to the end of the array;
 * here a frame passes exactly when it is JSON in UTF-8. An {@link IOException}, without a stack trace, says that it is not.
 */
final class FrameReader {

    /** Deeper frames are refused, as other readers do; the venue's reach 6. */
    static final int MAX_DEPTH = 64;

    private final JsonReader<Object> reader =
            new DslJson<>(new DslJson.Settings<>().errorInfo(JsonReader.ErrorInfo.MINIMAL)).newReader(new byte[0]);
    private final Text skipped = new Text();
    private final PlainDecimal skippedNumber = new PlainDecimal();
    private byte[] bytes;
    private int length;
    private int depth;
    private byte token;

    /** Moves to the first token of a frame. */
    void start(byte[] frame, int frameLength) throws IOException {
        bytes = frame;
        length = frameLength;
        depth = 0;
        reader.process(frame, frameLength);
        next();
    }

    byte token() {
        return token;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Index of the byte after {@link #token()}. */
    int position() {
        return reader.getCurrentIndex();
    }

    /** Enters the object at {@link #token()}; false when it is empty and thereby passed. */
    boolean enterObject() throws IOException {
        enter('{');
        if (token == '}') {
            leave();
            return false;
        }
        return true;
    }

    /** Moves to the next name after a value; false behind the object's end. */
    boolean nextMember() throws IOException {
        if (token == ',') {
            next();
            return true;
        }
        expect('}');
        leave();
        return false;
    }

    /** Enters the array at {@link #token()}; false when it is empty and thereby passed. */
    boolean enterArray() throws IOException {
        enter('[');
        if (token == ']') {
            leave();
            return false;
        }
        return true;
    }

    /** Moves to the next element after one; false behind the array's end. */
    boolean nextElement() throws IOException {
        if (token == ',') {
            next();
            return true;
        }
        expect(']');
        leave();
        return false;
    }

    /** Reads a member's name up to its value; {@link Keys#UNKNOWN} for one that is not among the keys. */
    int name(Keys keys) throws IOException {
        expect('"');
        int index = keys.find(reader);
        int from = reader.getTokenStart();
        int to = reader.getCurrentIndex() - 1;
        colon();
        if (index == Keys.UNKNOWN && takeText(skipped, from, to)) {
            return keys.find(skipped);
        }
        return index;
    }

    /** Reads a member's name up to its value. */
    void name(Text into) throws IOException {
        int from = passQuotes();
        int to = reader.getCurrentIndex() - 1;
        colon();
        takeText(into, from, to);
    }

    /** Reads the string at {@link #token()}. */
    void string(Text into) throws IOException {
        int from = passQuotes();
        int to = reader.getCurrentIndex() - 1;
        next();
        takeText(into, from, to);
    }

    /** Passes a string whose inside is known to be plain. */
    void passString() throws IOException {
        passQuotes();
        next();
    }

    /** Reads the bare number at {@link #token()}; its grammar is for the caller to check. */
    void number(Text into) throws IOException {
        int from = reader.scanNumber();
        int to = reader.getCurrentIndex();
        while (to > from && isWhiteSpace(bytes[to - 1])) {
            to--;
        }
        into.set(bytes, from, to);
        next();
    }

    /** Passes a value of any kind. */
    void skip() throws IOException {
        switch (token) {
            case '{' -> skipObject();
            case '[' -> skipArray();
            case '"' -> skipString();
            case 'n', 't', 'f' -> literal();
            default -> skippedNumber.readBare(this);
        }
    }

    /** What to throw where the bytes are not JSON. */
    IOException notJson() {
        return reader.newParseErrorAt("Not JSON", 0);
    }

    private void skipObject() throws IOException {
        for (boolean more = enterObject(); more; more = nextMember()) {
            int from = passQuotes();
            int to = reader.getCurrentIndex() - 1;
            colon();
            checkText(from, to);
            skip();
        }
    }

    private void skipArray() throws IOException {
        for (boolean more = enterArray(); more; more = nextElement()) {
            skip();
        }
    }

    private void skipString() throws IOException {
        int from = passQuotes();
        int to = reader.getCurrentIndex() - 1;
        next();
        checkText(from, to);
    }

    /** Passes null, true or false. */
    private void literal() throws IOException {
        if (reader.wasNull() || reader.wasTrue() || reader.wasFalse()) {
            next();
        }
    }

    /** Gives the text of a string that ends within the frame; true when it had to be decoded. */
    private boolean takeText(Text into, int from, int to) throws IOException {
        if (StringRules.isPlain(bytes, from, to)) {
            into.set(bytes, from, to);
            return false;
        }
        checkUncommon(from, to);
        byte[] decoded = StringRules.decode(bytes, from, to);
        into.set(decoded, 0, decoded.length);
        return true;
    }

    private void checkText(int from, int to) throws IOException {
        if (!StringRules.isPlain(bytes, from, to)) {
            checkUncommon(from, to);
        }
    }

    private void checkUncommon(int from, int to) throws IOException {
        if (!StringRules.isValid(bytes, from, to)) {
            throw notJson();
        }
    }

    /** Moves behind a string; its end is only proved to lie in the frame by the next token. Gives where it starts. */
    private int passQuotes() throws IOException {
        expect('"');
        // dsl-json's cheapest way to a string's end; the sum is not used.
        reader.calcWeakHash();
        return reader.getTokenStart();
    }

    private void colon() throws IOException {
        next();
        expect(':');
        next();
    }

    private void enter(char opening) throws IOException {
        expect(opening);
        if (++depth > MAX_DEPTH) {
            throw notJson();
        }
        next();
    }

    private void leave() throws IOException {
        if (--depth > 0) {
            next();
        } else {
            requireEnd();
        }
    }

    private void requireEnd() throws IOException {
        for (int i = reader.getCurrentIndex(); i < length; i++) {
            if (!isWhiteSpace(bytes[i])) {
                throw notJson();
            }
        }
    }

    private void next() throws IOException {
        byte read = reader.read();
        while (isWhiteSpace(read)) {
            read = reader.read();
        }
        token = read;
    }

    private void expect(char wanted) throws IOException {
        if (token != wanted) {
            throw notJson();
        }
    }

    private static boolean isWhiteSpace(byte b) {
        return b <= ' ' && (b == ' ' || b == '\n' || b == '\r' || b == '\t');
    }
}
