package dev.millrace.journal;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/** Calls of the C library that Java has no words for; only where {@link #AVAILABLE}. Any thread. */
final class LibC {

    /** On 64-bit Linux, whose constants these are. */
    static final boolean AVAILABLE = Platform.isLinux() && Platform.is64Bit();

    static final int READ_ONLY = 0;
    /** {@code POSIX_FADV_DONTNEED}. */
    static final int DONT_NEED = 4;

    static final int SEEK_DATA = 3;
    static final int SEEK_HOLE = 4;

    static {
        if (AVAILABLE) {
            Native.register(LibC.class, Platform.C_LIBRARY_NAME);
        }
    }

    private LibC() {}

    /** Opens the file; -1 where it cannot. */
    static native int open(String path, int flags);

    /** The place found; -1 where there is none or the file system does not know. */
    static native long lseek(int file, long offset, int whence);

    /** Advises the system; gives 0, or the error. */
    static native int posix_fadvise(int file, long offset, long length, int advice);

    static native int close(int file);
}
