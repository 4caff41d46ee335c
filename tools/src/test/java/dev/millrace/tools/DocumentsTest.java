package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the documents name is there: commands with their options, classes in their packages, files and headings. */
class DocumentsTest {

    private static final Path ROOT = Path.of("..");
    private static final CommandLine COMMANDS = Main.commands();
    /** What DuckDB says where a file was replaced, and the end of a test's name. */
    private static final Set<String> NO_CLASSES = Set.of("TProtocolException", "Test");

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    /** {@code feed.FeedClient}, {@code Engine.start}: packages, class, member; in code marks. */
    private static final Pattern CLASS =
            Pattern.compile("`((?:[a-z]+\\.)*)([A-Z][a-z]\\w*)(?:\\.([a-z]\\w*))?(?:\\(\\))?`");

    private static final Pattern LINK = Pattern.compile("]\\(([^)#]*)(?:#([^)]*))?\\)");

    static Stream<Path> documents() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("benchmarks/README.md")));
        for (String folder : List.of(".github", "engine/doc", "benchmarks/results")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        pages.add(ROOT.resolve("engine/ARCHITECTURE.md"));
        return pages.stream();
    }

    /** Of README and of the examples in every help. */
    static Stream<String> commands() throws IOException {
        Stream<String> readme = code(Files.readString(ROOT.resolve("README.md")))
                .filter(line -> line.startsWith("tools/millrace "))
                .map(line -> line.replaceFirst(" +# .*", ""));
        return Stream.concat(readme, examples(COMMANDS))
                .map(line -> line.replaceFirst("^\\S+ ", ""))
                .distinct();
    }

    private static Stream<String> examples(CommandLine command) {
        Stream<String> own = Stream.of(command.getCommandSpec().usageMessage().footer())
                .map(String::strip)
                .filter(line -> line.startsWith("millrace "));
        return Stream.concat(
                own, command.getSubcommands().values().stream().distinct().flatMap(DocumentsTest::examples));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldKnowEveryCommandAndItsOptions(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        assertDoesNotThrow(() -> COMMANDS.parseArgs(words.toArray(String[]::new)));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldLinkToWhatIsThere(Path page) throws IOException {
        Matcher link = LINK.matcher(withoutCode(Files.readString(page)));
        List<String> broken = new ArrayList<>();
        while (link.find()) {
            Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
            boolean here = !link.group(1).startsWith("http");
            if (here && !(Files.exists(target) && (link.group(2) == null || hasHeading(target, link.group(2))))) {
                broken.add(link.group());
            }
        }
        assertEquals(List.of(), broken);
    }

    /** Results are of their commit, and name what it had. */
    @Test
    void shouldNameClassesThatThereAre() throws IOException {
        Map<String, List<Path>> sources = sources();
        Set<String> wrong = new TreeSet<>();
        for (Path page :
                documents().filter(page -> !page.toString().contains("results")).toList()) {
            Matcher name = CLASS.matcher(withoutCode(Files.readString(page)));
            while (name.find()) {
                List<Path> files = sources.getOrDefault(name.group(2), List.of()).stream()
                        .filter(file ->
                                file.toString().contains("/" + name.group(1).replace('.', '/')))
                        .toList();
                if (!NO_CLASSES.contains(name.group(2)) && !hasMember(files, name.group(3))) {
                    wrong.add(page + ": " + name.group());
                }
            }
        }
        assertEquals(Set.of(), wrong);
    }

    /** Without a member: whether there is a file at all. */
    private static boolean hasMember(List<Path> files, String member) throws IOException {
        for (Path file : files) {
            if (member == null || Files.readString(file).contains(" " + member + "(")) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, List<Path>> sources() throws IOException {
        Map<String, List<Path>> found = new TreeMap<>();
        for (String module : List.of("engine", "tools", "benchmarks")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> found.computeIfAbsent(
                                        file.getFileName().toString().replace(".java", ""), key -> new ArrayList<>())
                                .add(file));
            }
        }
        return found;
    }

    private static boolean hasHeading(Path page, String anchor) throws IOException {
        try (Stream<String> lines = Files.lines(page)) {
            return lines.filter(line -> line.startsWith("#"))
                    .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                    .map(line -> line.replaceAll("[^\\w -]", "").replace(' ', '-'))
                    .anyMatch(anchor::equals);
        }
    }

    private static Stream<String> code(String text) {
        return Pattern.compile("(?s)```[a-z]*\\n(.*?)```")
                .matcher(text)
                .results()
                .flatMap(block -> block.group(1).lines());
    }

    private static String withoutCode(String text) {
        return text.replaceAll("(?s)```.*?```", "");
    }
}
