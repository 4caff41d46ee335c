package dev.millrace.codec.hyperliquid;

import dev.millrace.codec.hyperliquid.FrameMutator.Seed;
import dev.millrace.market.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Frames to begin with, by kind: the recorded ones, and generated ones of a kind that no recording shows. */
final class FrameKinds {

    private static final int GENERATED = 40;

    private final Map<String, List<Seed>> byKind = new TreeMap<>();
    private final Fixture fixture = new Fixture();
    private int recorded;

    static FrameKinds read() throws IOException {
        FrameKinds kinds = new FrameKinds();
        for (String folder : List.of("hyperliquid/ws", "hyperliquid/s3-archive")) {
            for (Path file : RecordedFiles.ifPresent(folder)) {
                if (!file.toString().contains(".csv")) {
                    RecordedFiles.frames(file).forEach(kinds::add);
                }
            }
        }
        kinds.recorded = kinds.byKind.values().stream().mapToInt(List::size).sum();
        kinds.generate();
        return kinds;
    }

    /** By kind, in order of its name. */
    Map<String, List<Seed>> byKind() {
        return byKind;
    }

    /** How many of them were recorded. */
    int recorded() {
        return recorded;
    }

    private void generate() {
        Random random = new Random(1);
        FrameGenerator generator = new FrameGenerator(random);
        Map<String, List<Seed>> missing = new TreeMap<>();
        for (int i = 0; i < 100 * GENERATED; i++) {
            String text = new JsonWriter(random, true).write(generator.frame());
            List<Seed> seeds = missing.computeIfAbsent(kind(text), kind -> new ArrayList<>());
            if (seeds.size() < GENERATED) {
                seeds.add(Seed.of(text));
            }
        }
        missing.forEach(byKind::putIfAbsent);
    }

    private void add(String text) {
        byKind.computeIfAbsent(kind(text), kind -> new ArrayList<>()).add(Seed.of(text));
    }

    private String kind(String text) {
        Channel channel = fixture.decode(text.getBytes(StandardCharsets.UTF_8)).channel();
        if (channel == Channel.L2_BOOK && fixture.frame.book.fast) {
            return "l2Book fast";
        }
        return channel.wireName().isEmpty()
                ? channel.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                : channel.wireName();
    }
}
