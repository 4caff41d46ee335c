package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the values of one path of a document have in common: the fields of all objects, the magnitudes of numbers. */
final class Traits {

    private static final double FACTOR = 1_000;

    private Set<String> fields;
    private double least = Double.MAX_VALUE;
    private double most;

    /** By path; array elements share one. */
    static Map<String, Traits> of(JsonNode node) {
        Map<String, Traits> traits = new HashMap<>();
        collect("", node, traits);
        return traits;
    }

    static boolean isDecimal(JsonNode node) {
        return node.isTextual() && node.textValue().matches("-?[0-9]+\\.[0-9]+");
    }

    private static void collect(String path, JsonNode node, Map<String, Traits> traits) {
        Traits here = traits.computeIfAbsent(path, key -> new Traits());
        if (node.isArray()) {
            node.forEach(element -> collect(path + "[]", element, traits));
        } else if (node.isObject()) {
            here.addFields(node);
            node.properties().forEach(field -> collect(path + '.' + field.getKey(), field.getValue(), traits));
        } else if (node.isNumber() || isDecimal(node)) {
            here.addNumber(Math.abs(Double.parseDouble(node.asText())));
        }
    }

    private void addFields(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        if (fields == null) {
            fields = names;
        } else {
            fields.retainAll(names);
        }
    }

    private void addNumber(double value) {
        if (value > 0) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
    }

    /** Every field that all recorded objects have, and no number far from the recorded ones. */
    void assertLike(Traits recorded, String what) {
        if (fields != null && recorded.fields != null) {
            assertTrue(fields.containsAll(recorded.fields), () -> what + ' ' + fields + " lacks of " + recorded.fields);
        }
        if (most > 0 && recorded.most > 0) {
            assertTrue(
                    least >= recorded.least / FACTOR && most <= recorded.most * FACTOR,
                    () -> what + ' ' + least + " to " + most + ", recorded " + recorded.least + " to " + recorded.most);
        }
    }
}
