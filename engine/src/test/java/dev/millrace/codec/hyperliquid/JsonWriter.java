package dev.millrace.codec.hyperliquid;

import dev.millrace.codec.hyperliquid.Json.Arr;
import dev.millrace.codec.hyperliquid.Json.Bool;
import dev.millrace.codec.hyperliquid.Json.Member;
import dev.millrace.codec.hyperliquid.Json.Null;
import dev.millrace.codec.hyperliquid.Json.Num;
import dev.millrace.codec.hyperliquid.Json.Obj;
import dev.millrace.codec.hyperliquid.Json.Str;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Spells a JSON value in one of the many ways that mean the same. */
final class JsonWriter {

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");

    private final Random random;
    private final boolean plain;
    private final StringBuilder out = new StringBuilder();

    /** @param plain as the venue writes; else keys in any order, white space, escapes, strings for numbers and back */
    JsonWriter(Random random, boolean plain) {
        this.random = random;
        this.plain = plain;
    }

    String write(Json json) {
        out.setLength(0);
        space();
        value(json);
        space();
        return out.toString();
    }

    private void value(Json json) {
        if (json instanceof Obj object) {
            object(object);
        } else if (json instanceof Arr array) {
            array(array);
        } else if (json instanceof Str string) {
            string(string.text());
        } else if (json instanceof Num number) {
            number(number.text());
        } else if (json instanceof Bool bool) {
            out.append(bool.value());
        } else if (json instanceof Null) {
            out.append("null");
        }
    }

    private void object(Obj object) {
        List<Member> members = new ArrayList<>(object.members());
        if (!plain) {
            Collections.shuffle(members, random);
        }
        out.append('{');
        for (int i = 0; i < members.size(); i++) {
            separate(i);
            escaped(members.get(i).name());
            space();
            out.append(':');
            space();
            value(members.get(i).value());
        }
        space();
        out.append('}');
    }

    private void array(Arr array) {
        out.append('[');
        for (int i = 0; i < array.elements().size(); i++) {
            separate(i);
            value(array.elements().get(i));
        }
        space();
        out.append(']');
    }

    private void string(String text) {
        if (sometimes(4) && NUMBER.matcher(text).matches()) {
            out.append(text);
        } else {
            escaped(text);
        }
    }

    private void number(String text) {
        if (sometimes(4)) {
            escaped(text);
        } else {
            out.append(text);
        }
    }

    private void escaped(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || sometimes(50)) {
                out.append(String.format("\\u%04" + (random.nextBoolean() ? 'x' : 'X'), (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private void separate(int index) {
        space();
        if (index > 0) {
            out.append(',');
        }
        space();
    }

    private void space() {
        while (sometimes(8)) {
            out.append(" \t\r\n".charAt(random.nextInt(4)));
        }
    }

    private boolean sometimes(int oneIn) {
        return !plain && random.nextInt(oneIn) == 0;
    }
}
