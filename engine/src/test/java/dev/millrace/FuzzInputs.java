package dev.millrace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The inputs that fuzzing found worth keeping: one file each below {@code src/test/resources}, in the folder that Jazzer
 * names after the class of the target, {@code FrameFuzzTestInputs}.
 */
public final class FuzzInputs {

    private FuzzInputs() {}

    /** All that are kept for this class; none where there is no folder. */
    public static List<byte[]> kept(Class<?> target) {
        Path folder = Path.of(System.getProperty("millrace.root", ".."))
                .resolve("engine/src/test/resources")
                .resolve(target.getName().replace('.', '/') + "Inputs");
        List<byte[]> inputs = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    inputs.add(Files.readAllBytes(file));
                }
            } catch (IOException e) {
                throw new IllegalStateException("the inputs kept in " + folder + " cannot be read", e);
            }
        }
        return inputs;
    }
}
