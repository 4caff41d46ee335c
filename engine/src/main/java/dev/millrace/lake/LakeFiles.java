package dev.millrace.lake;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Steps on files that are on the disk when they return. */
final class LakeFiles {

    private LakeFiles() {}

    /** Creates a folder and those above it; their names are on the disk too. */
    static void createFolders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.toAbsolutePath().getParent();
            createFolders(parent);
            Files.createDirectories(folder);
            force(parent);
        }
    }

    /** Gives a file its lasting name, instead of the file that has it. */
    static void publish(Path temporary, Path file) throws IOException {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        force(file.getParent());
    }

    /** Deletes a file, then the folders above it that are empty now, up to the given one. */
    static void delete(Path file, Path upTo) throws IOException {
        Files.delete(file);
        Path folder = file.getParent();
        force(folder);
        while (!folder.equals(upTo) && isEmpty(folder)) {
            Files.delete(folder);
            folder = folder.getParent();
            force(folder);
        }
    }

    /** Why a step on a file failed, in words; file-system exceptions carry the bare path as their message. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no file " + e.getMessage();
        }
        if (e instanceof AccessDeniedException) {
            return "no permission for " + e.getMessage();
        }
        return e.getMessage();
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var entries = Files.newDirectoryStream(folder)) {
            return !entries.iterator().hasNext();
        }
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
