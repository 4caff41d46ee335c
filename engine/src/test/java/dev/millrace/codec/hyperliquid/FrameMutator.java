package dev.millrace.codec.hyperliquid;

import dev.millrace.codec.hyperliquid.Json.Arr;
import dev.millrace.codec.hyperliquid.Json.Member;
import dev.millrace.codec.hyperliquid.Json.Obj;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a frame that nearly is what the venue sends: bytes, numbers, or parts of the tree are other ones. Seeded. */
final class FrameMutator {

    private static final byte[] JSON_BYTES = "0123456789.-+eE\"\\{}[]:, \tntfAB".getBytes(StandardCharsets.US_ASCII);
    /** With the quotes where it stands in quotes. */
    private static final Pattern NUMBER = Pattern.compile("\"?-?[0-9]+(\\.[0-9]+)?\"?");

    private final Random random;
    private final FrameGenerator generator;

    FrameMutator(Random random) {
        this.random = random;
        generator = new FrameGenerator(random);
    }

    /** One to four changes, mostly one; sometimes only another spelling of the same. */
    byte[] mutated(Seed seed) {
        byte[] bytes = switch (random.nextInt(4)) {
            case 0 -> seed.tree() == null ? seed.bytes() : respelled(generator.disturbed(seed.tree()));
            case 1, 2 -> otherNumber(seed);
            default -> damaged(seed.bytes());
        };
        for (int more = random.nextInt(8); more > 4; more--) {
            bytes = damaged(bytes);
        }
        return bytes;
    }

    private byte[] respelled(Json tree) {
        return utf8(new JsonWriter(random, random.nextBoolean()).write(tree));
    }

    /** A number of the frame becomes an odd one, or another number of the same frame: levels cross, times go back. */
    private byte[] otherNumber(Seed seed) {
        List<MatchResult> numbers = seed.numbers();
        if (numbers.isEmpty()) {
            return damaged(seed.bytes());
        }
        MatchResult old = numbers.get(random.nextInt(numbers.size()));
        String other = random.nextBoolean()
                ? numbers.get(random.nextInt(numbers.size())).group()
                : respelledNumber(generator.oddNumberText());
        return utf8(seed.text().substring(0, old.start()) + other + seed.text().substring(old.end()));
    }

    private String respelledNumber(String text) {
        return random.nextInt(3) == 0 ? text : "\"" + text + "\"";
    }

    /** One change of bytes: a bit, a byte, a cut, a part left out or repeated. */
    byte[] damaged(byte[] original) {
        if (original.length == 0) {
            return original;
        }
        byte[] bytes = original.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(6)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> bytes[at] = JSON_BYTES[random.nextInt(JSON_BYTES.length)];
            case 3 -> bytes = Arrays.copyOf(bytes, at);
            case 4 -> bytes = spliced(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)));
            default -> bytes = spliced(bytes, at, Math.max(0, at - random.nextInt(8)));
        }
        return bytes;
    }

    /** The bytes up to {@code at}, followed by those from {@code from}: a cut, or a repetition. */
    private static byte[] spliced(byte[] bytes, int at, int from) {
        byte[] result = Arrays.copyOf(bytes, at + bytes.length - from);
        System.arraycopy(bytes, from, result, at, bytes.length - from);
        return result;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A frame to begin with.
     *
     * @param tree null when it is not JSON
     */
    record Seed(String text, Json tree, List<MatchResult> numbers) {

        private static final int SHORT = 6;

        static Seed of(String text) {
            List<MatchResult> numbers = new ArrayList<>();
            for (Matcher matcher = NUMBER.matcher(text); matcher.find(); ) {
                numbers.add(matcher.toMatchResult());
            }
            return new Seed(text, tree(text), numbers);
        }

        byte[] bytes() {
            return utf8(text);
        }

        /** The same with at most six elements in each array and object, so quicker to compare. */
        Seed shortened() {
            return tree == null ? this : of(new JsonWriter(new Random(0), true).write(shortened(tree)));
        }

        private static Json shortened(Json json) {
            if (json instanceof Arr array) {
                return new Arr(array.elements().stream()
                        .limit(SHORT)
                        .map(Seed::shortened)
                        .toList());
            }
            if (json instanceof Obj object && object.members().size() > 12) { // an entry for each coin, not fields
                return new Obj(object.members().subList(0, SHORT));
            }
            if (json instanceof Obj object) {
                return new Obj(object.members().stream()
                        .map(member -> new Member(member.name(), shortened(member.value())))
                        .toList());
            }
            return json;
        }

        private static Json tree(String text) {
            try {
                return Json.parse(text);
            } catch (IOException ignored) { // the venue's greeting is no JSON
                return null;
            }
        }
    }
}
