package dev.millrace.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The paths of a JSON document with the types found there; array elements share a path. */
final class Shape {

    private final Map<String, Set<String>> types = new TreeMap<>();

    static Shape of(JsonNode node) {
        Shape shape = new Shape();
        shape.add("", node);
        return shape;
    }

    Map<String, Set<String>> types() {
        return types;
    }

    private void add(String path, JsonNode node) {
        types.computeIfAbsent(path, key -> new TreeSet<>()).add(type(node));
        if (node.isArray()) {
            node.forEach(element -> add(path + "[]", element));
        } else if (node.isObject()) {
            node.properties().forEach(field -> add(path + '.' + field.getKey(), field.getValue()));
        }
    }

    private static String type(JsonNode node) {
        boolean decimal = node.isTextual() && node.textValue().matches("-?[0-9]+\\.[0-9]+");
        return decimal ? "DECIMAL" : node.getNodeType().name();
    }
}
