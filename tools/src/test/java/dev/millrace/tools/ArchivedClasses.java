package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Waiting;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The program with its classes archived by the JVM, which halves what a start costs. */
final class ArchivedClasses {

    private final Path dir;
    private final String classPath;

    /** @param dir for the archive, and for the jars that it needs in place of folders of classes */
    ArchivedClasses(Path dir) throws IOException {
        this.dir = dir;
        Files.createDirectories(dir);
        List<String> entries = new ArrayList<>();
        Pattern separator = Pattern.compile(File.pathSeparator, Pattern.LITERAL);
        for (String entry : separator.split(System.getProperty("java.class.path", ""), -1)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path) && !path.endsWith("test-classes")) {
                entries.add(jar(path, entries.size()).toString());
            } else if (path.getFileName().toString().startsWith("duckdb_jdbc-")) {
                entries.add(withoutNatives(path).toString());
            } else if (Files.isRegularFile(path) && !path.toString().endsWith("-tests.jar")) {
                entries.add(entry);
            }
        }
        classPath = String.join(File.pathSeparator, entries);
    }

    /** What a daemon may do while classes are loaded. */
    interface Patience {
        void last() throws InterruptedException;
    }

    /** Archives what a daemon has loaded once it has been connected for a while. */
    void archive(List<String> run, Patience recording) throws IOException, InterruptedException {
        Process daemon = jvm().with("-Xlog:disable", "-XX:ArchiveClassesAtExit=" + archive())
                .start(run);
        try (BufferedReader err = daemon.errorReader(StandardCharsets.UTF_8)) {
            String line = err.readLine();
            while (line != null && !line.contains("feed connected")) {
                line = err.readLine();
            }
            recording.last();
            daemon.toHandle().destroy(); // unlike the process, it leaves the streams open
            assertTrue(daemon.waitFor(Waiting.PATIENCE_S, TimeUnit.SECONDS), "ends within shutdown.deadline");
            assertEquals(0, daemon.exitValue());
        } finally {
            daemon.destroyForcibly();
        }
    }

    /** Uses the archive; a JVM that cannot starts as without one. */
    ChildJvm using() {
        return jvm().with("-XX:SharedArchiveFile=" + archive());
    }

    private ChildJvm jvm() {
        return ChildJvm.shortLived(classPath).with("-XX:+UseSerialGC", "-Xmx192m");
    }

    private Path archive() {
        return dir.resolve("classes.jsa");
    }

    /** DuckDB's library beside its jar: from within it would be unpacked at each start, 60 MB that a kill leaves behind. */
    private Path withoutNatives(Path library) throws IOException {
        Path jar = dir.resolve(library.getFileName());
        String platform = System.getProperty("os.name", "") + System.getProperty("os.arch", "");
        try (ZipFile from = new ZipFile(library.toFile());
                OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (ZipEntry entry : Collections.list(from.entries())) {
                try (InputStream in = from.getInputStream(entry)) {
                    if (!entry.getName().startsWith("libduckdb_java")) {
                        out.putNextEntry(new ZipEntry(entry.getName()));
                        in.transferTo(out);
                        out.closeEntry();
                    } else if (isOf(platform.toLowerCase(Locale.ROOT), entry.getName())) {
                        Files.copy(in, dir.resolve(entry.getName()));
                    }
                }
            }
        }
        return jar;
    }

    private static boolean isOf(String platform, String library) {
        return (platform.startsWith("mac") && library.endsWith("_osx_universal"))
                || (platform.equals("linuxamd64") && library.endsWith("_linux_amd64"))
                || (platform.equals("linuxaarch64") && library.endsWith("_linux_arm64"));
    }

    private Path jar(Path classes, int number) throws IOException {
        Path jar = dir.resolve("classes-" + number + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            out.setLevel(Deflater.NO_COMPRESSION);
            files.filter(Files::isRegularFile).forEach(each -> add(out, classes, each));
        }
        return jar;
    }

    private static void add(JarOutputStream out, Path classes, Path file) {
        try {
            out.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
            Files.copy(file, out);
            out.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
