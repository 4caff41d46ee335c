package dev.millrace.codec.hyperliquid;

import dev.millrace.Recordings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jpountz.lz4.LZ4FrameInputStream;

/** Recorded messages, which stay outside the repository. */
final class RecordedFiles {

    /** An archive's line: the text of {@code raw} is the frame. */
    private static final Pattern WRAPPED = Pattern.compile("\\{\"time\":\"[^\"]*\",\"ver_num\":1,\"raw\":(.*)}");

    private static final Pattern STAMPED = Pattern.compile("[0-9]{19} (.*)");

    private RecordedFiles() {}

    /** Those of a folder such as {@code hyperliquid/ws}; none where there are no recordings. */
    static List<Path> ifPresent(String name) throws IOException {
        Optional<Path> folder = Recordings.folderIfPresent();
        return folder.isPresent() ? in(folder.get().resolve(name)) : List.of();
    }

    /** Those of a folder such as {@code hyperliquid/ws}. */
    static List<Path> of(String name) throws IOException {
        return in(Recordings.folder().resolve(name));
    }

    private static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** The frames of a file, one a line, in any of the forms in use. */
    static List<String> frames(Path file) throws IOException {
        return text(file).lines().map(RecordedFiles::frame).toList();
    }

    private static String text(Path file) throws IOException {
        if (!file.toString().endsWith(".lz4")) {
            return Files.readString(file);
        }
        try (InputStream in = new LZ4FrameInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String frame(String line) {
        for (Pattern form : List.of(WRAPPED, STAMPED)) {
            Matcher matcher = form.matcher(line);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        return line;
    }
}
