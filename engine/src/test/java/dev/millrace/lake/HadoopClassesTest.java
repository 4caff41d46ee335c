package dev.millrace.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.tables.Dataset;
import dev.millrace.tables.Row;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lake works with the classes of Hadoop that the package carries, and they are no more than it needs. */
class HadoopClassesTest {

    @TempDir
    Path folder;

    @Test
    void shouldWriteAndReadWithThePackagedClassesAlone() throws Exception {
        Set<String> packaged = packaged();
        try (Loader loader = new Loader(packaged)) {
            run(loader, folder);
            assertEquals(packaged, loader.loaded);
        }
    }

    @Test
    void shouldNoticeAClassThatIsMissing() throws Exception {
        Set<String> fewer = packaged();
        fewer.remove("org.apache.hadoop.io.compress.zlib.ZlibCompressor$CompressionLevel");
        try (Loader loader = new Loader(fewer)) {
            InvocationTargetException e = assertThrows(InvocationTargetException.class, () -> run(loader, folder));
            assertTrue(e.getCause() instanceof NoClassDefFoundError, e.toString());
        }
    }

    /** Runs in the narrow class loader. */
    public static void writeAndRead(Path folder) {
        for (Compression compression : Compression.values()) {
            Partition partition = new Partition(Dataset.OHLCV, compression.name(), LocalDate.EPOCH);
            List<Row> rows = new RandomRows(1, Dataset.OHLCV.schema(), partition).rows(1_000);
            LakeWriter writer = new LakeWriter(folder, compression, "test 1");
            writer.merge(partition, new ListCursor(rows), SequenceRange.NONE);
            writer.merge(partition, new ListCursor(rows), SequenceRange.NONE);
            List<String> read = ListCursor.texts(writer.lake().read(partition));
            if (!read.equals(ListCursor.texts(rows))
                    || writer.lake().facts(partition).rows() != rows.size()) {
                throw new AssertionError("read back otherwise with " + compression);
            }
        }
    }

    private static void run(Loader loader, Path folder) throws Exception {
        Class<?> there = loader.loadClass(HadoopClassesTest.class.getName());
        assertNotSame(HadoopClassesTest.class, there);
        Method method = there.getMethod("writeAndRead", Path.class);
        method.setAccessible(true);
        method.invoke(null, folder);
    }

    private static Set<String> packaged() throws IOException {
        Path descriptor = Path.of(System.getProperty("millrace.root"), "tools/src/main/assembly/hadoop.xml");
        return Pattern.compile("<include>(org/apache/hadoop/.*)\\.class</include>")
                .matcher(Files.readString(descriptor))
                .results()
                .map(match -> match.group(1).replace('/', '.'))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** The test's class path, of Hadoop only the named classes. */
    private static final class Loader extends URLClassLoader {

        private final Set<String> allowed;
        private final Set<String> loaded = new HashSet<>();

        Loader(Set<String> allowed) {
            super(urls(), ClassLoader.getPlatformClassLoader());
            this.allowed = allowed;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("org.apache.hadoop.")) {
                if (!allowed.contains(name)) {
                    throw new ClassNotFoundException(name + " is not packaged");
                }
                loaded.add(name);
            }
            return super.findClass(name);
        }

        private static URL[] urls() {
            String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
            return Arrays.stream(entries).map(Loader::url).toArray(URL[]::new);
        }

        private static URL url(String entry) {
            try {
                return Path.of(entry).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException(entry, e);
            }
        }
    }
}
