package dev.millrace.codec.hyperliquid;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Strict JSON tokens of one frame, over the reused bytes.
 *
 * <p>One rule holds everywhere: before a value {@link #token()} is its first byte; whoever reads or skips the value leaves
 * {@link #token()} at the byte after it. A frame passes exactly when it is JSON in UTF-8; an {@link IOException}, without
 * a stack trace, says that it is not.
 *
 * <p>Not dsl-json, which reads every other JSON here: what it leaves unchecked (white space, the inside of what is
 * skipped, depth, a string's end) cost a second pass over each frame, and its tokens half of the decoder's time; see
 * {@code benchmarks/results/capture-rate.md}.
 */
final class FrameReader {

    /** Deeper frames are refused, as other readers do; the venue's reach 6. */
    static final int MAX_DEPTH = 64;

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final Text skipped = new Text();
    private final PlainDecimal skippedNumber = new PlainDecimal();
    private byte[] bytes;
    private int length;
    private int depth;
    /** Index of the byte after the token. */
    private int at;

    private byte token;
    /** Whether the bytes of the string passed last are its text. */
    private boolean plain;

    /** Moves to the first token of a frame. */
    void start(byte[] frame, int frameLength) throws IOException {
        bytes = frame;
        length = frameLength;
        depth = 0;
        at = 0;
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
        return at;
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
        int from = passQuotes();
        int to = at - 1;
        if (plain) {
            colon();
            return keys.find(bytes, from, to);
        }
        takeText(skipped, from, to);
        colon();
        return keys.find(skipped.bytes, skipped.start, skipped.end);
    }

    /** Reads a member's name up to its value. */
    void name(Text into) throws IOException {
        int from = passQuotes();
        takeText(into, from, at - 1);
        colon();
    }

    /** Reads the string at {@link #token()}. */
    void string(Text into) throws IOException {
        int from = passQuotes();
        takeText(into, from, at - 1);
        next();
    }

    /** Passes a string whose inside is known to be plain and to end at this quote. */
    void passString(int quote) throws IOException {
        at = quote + 1;
        next();
    }

    /**
     * Reads the bare number at {@link #token()}; its grammar is for the caller to check.
     *
     * @param known where it goes on at the least
     */
    void number(Text into, int known) throws IOException {
        int from = at - 1;
        int to = known;
        while (to < length && !isDelimiter(bytes[to])) {
            to++;
        }
        into.set(bytes, from, to);
        at = Math.max(to, at);
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
        return new NotJson();
    }

    private void skipObject() throws IOException {
        for (boolean more = enterObject(); more; more = nextMember()) {
            checkString();
            colon();
            skip();
        }
    }

    private void skipArray() throws IOException {
        for (boolean more = enterArray(); more; more = nextElement()) {
            skip();
        }
    }

    private void skipString() throws IOException {
        checkString();
        next();
    }

    /** Passes null, true or false. */
    private void literal() throws IOException {
        byte[] word = token == 'n' ? NULL : token == 't' ? TRUE : FALSE;
        int from = at - 1;
        int to = from + word.length;
        if (to > length || !Arrays.equals(bytes, from, to, word, 0, word.length)) {
            throw new NotJson();
        }
        at = to;
        next();
    }

    /** The text of the string just passed. */
    private void takeText(Text into, int from, int to) throws IOException {
        if (plain) {
            into.set(bytes, from, to);
        } else {
            checkUncommon(from, to);
            byte[] decoded = StringRules.decode(bytes, from, to);
            into.set(decoded, 0, decoded.length);
        }
    }

    private void checkString() throws IOException {
        int from = passQuotes();
        if (!plain) {
            checkUncommon(from, at - 1);
        }
    }

    private void checkUncommon(int from, int to) throws IOException {
        if (!StringRules.isValid(bytes, from, to)) {
            throw new NotJson();
        }
    }

    /** Moves behind the string at the token and says whether it is plain. Gives where its inside starts. */
    private int passQuotes() throws IOException {
        expect('"');
        int from = at;
        int end = StringRules.plainEnd(bytes, from, length);
        plain = end < length && bytes[end] == '"';
        if (!plain) {
            end = StringRules.end(bytes, end, length);
            if (end == length) {
                throw new NotJson();
            }
        }
        at = end + 1;
        return from;
    }

    private void colon() throws IOException {
        next();
        expect(':');
        next();
    }

    private void enter(char opening) throws IOException {
        expect(opening);
        if (++depth > MAX_DEPTH) {
            throw new NotJson();
        }
        next();
    }

    private void leave() throws IOException {
        if (--depth > 0) {
            next();
        } else {
            checkEnd();
        }
    }

    private void next() throws IOException {
        int i = at;
        while (i < length && isWhiteSpace(bytes[i])) {
            i++;
        }
        if (i == length) {
            throw new NotJson();
        }
        token = bytes[i];
        at = i + 1;
    }

    /** Nothing but white space may follow. */
    private void checkEnd() throws IOException {
        for (int i = at; i < length; i++) {
            if (!isWhiteSpace(bytes[i])) {
                throw new NotJson();
            }
        }
    }

    private void expect(char wanted) throws IOException {
        if (token != wanted) {
            throw new NotJson();
        }
    }

    private static boolean isWhiteSpace(byte b) {
        // The first question answers all but white space and what is not JSON anyway.
        return b <= ' ' && (b == ' ' || b == '\n' || b == '\r' || b == '\t');
    }

    private static boolean isDelimiter(byte b) {
        return b == ',' || b == '}' || b == ']' || isWhiteSpace(b);
    }

    /** Data are the reason, not a bug: no stack trace. */
    private static final class NotJson extends IOException {

        private static final long serialVersionUID = 1;

        NotJson() {
            super("not JSON");
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
